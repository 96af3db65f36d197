/** Virtual machines, storage, backup. */
export const STORAGE = `
vmrun: -gp; -vp; -p
esxcli vicfg-user vicfg-nics vicfg-hostops esxcfg-vswitch resxtop vmkfstools vihostupdate vifs dcli: -p; -u.; -s.
esxcli: account -c; .. @ $; -a.; --authentication.
govc: -u~@
virsh: .. set-user-password _ _ $; .. secret-set-value _ $
xe: -pw
virt-customize virt-builder virt-sysprep: --root-password~:; --password~:
vboxmanage: controlvm _ setcredentials _ $; -passwordfile.
prlctl: --userpasswd~:
rclone: obscure $; .. @ $; .. key|pass|access_key_id|secret_access_key $
borgmatic duplicity kopia duplicacy bupstash attic rustic: -p; .. repository.password $
restic borg: .. repository.password $; -p.
veeamconfig veeamcli bpnbat urbackupclientctl: -p
acrocmd acropsh: --credentials~:
mc minio-client: alias|config set|s|add _ _ _ $; config host add _ _ _ $; admin user add _ _ $
s3cmd s3fs s5cmd: --secret_key
b2 backblaze-b2: authorize-account|authorize_account _ $; account authorize _ $
swift openstack: -K; -P
cryptsetup cryptmount: <; --key-file <
veracrypt truecrypt: -p; /p
hdparm: --security-unlock; --security-erase; --security-erase-enhanced; --security-disable
sedutil-cli: --initialsetup; --loadpbaimage; --setlockingrange; --setmbrdone; --yesireallywanttoeraseallmydatausingthepsid; .. @ $
iscsiadm: -n>-v; --name>--value
iscsicli: chapsecret $; qlogintarget _ _ $; qaddtarget _ _ _ _ $
targetcli: password=; mutual_password=
zfs zpool: load-key <; create <; change-key <
encfs gocryptfs ecryptfs-unwrap-passphrase ecryptfs-add-passphrase: <; -S <
synouser: --add _ $; --setpw _ $
synoshare synowebapi qcli ontap: .. @ $
omreport omconfig: .. @ $; password=
naviseccli uemcli navicli: -p; -User.
drbdsetup: --shared-secret
qlogin qcommand: -p; -sp; -clp
`
