/** Management of servers, controllers, firmware. */
export const HARDWARE = `
ipmitool ipmiutil ipmicfg: -P; user set password _ $; -U.; -H.; -I.; -L.
ipmi-* ipmipower ipmiconsole bmc-config bmc-info bmc-device: -p; -P.; -k
ipmicfg: setpwd _ $; add _ _ $; -user.
smcipmitool: _ _ $
racadm idracadm idracadm7: -p; .. @ $; -o>$; -u.; -r.; -i.; -g.; -s.
hponcfg hprest redfishtool redfish-ctl redfish sum saa ucsm omsacli: -p
ilorest: -p; iloaccounts changepass _ $; iloaccounts add _ _ $; createvolume.; -u.
storcli storcli64 perccli perccli64 megacli megacli64 megaraid: securitykey=; passphrase=; oldsecuritykey=; -securitykey
arcconf ssacli hpssacli: password=; encryptionkey=; encryptionmasterkey=; currentpassword=; newpassword=
onecli asu asu64: .. @ $
cctk: -encryptionkey
srsetup thinkbiosconfig: pass=; .. pass $
`
