/** Windows: users, directory, tasks, certificates, registry, installers; PowerShell. */
export const WINDOWS = String.raw`
net net1: user|users _ $; use \* $; use _ \* $; use _ http* $
cmdkey: /p
schtasks: /rp; /p
sc: password=; obj=.
netdom: /pd; /po; /pt; /pm; /passwordd; /passwordo; /passwordt; /passwordm
djoin ldifde csvde: -b _ _ $; -f.; -s.; -d.; -r.; -l.; -w; /p
dsadd dsmod dsquery dsget dsrm dsmove tabcmd tsm wapt-get choco winget nuget scoop: -p
setspn: .. -p $
manage-bde: -rp; -recoverykey.; -pw
repair-bde: -rp; -pw
reg: /v>/d
set-itemproperty new-itemproperty: .. @ $
set-itemproperty new-itemproperty set-variable new-variable set-regkey set-registrykey: -Name>-Value
new-regkey: -ValueName>-Value
bitsadmin: /setcredentials _ _ _ _ $; /setproxyusrpwd _ _ $
logman: -u _ $
wecutil: /cup; /up
rasdial rasphone autologon: _ _ $
netsh: key=; keymaterial=; psk=; .. @ $
certutil certreq: -p; /p
pvk2pfx: -pi; -po; /pi; /po
signtool signcode robocopy lgpo gpresult systeminfo driverquery tasklist taskkill wevtutil getmac openfiles eventcreate typeperf bootcfg: /p
azuresigntool: -kvs
licence-key|slmgr: /ipk; -ipk
licence-key|ospp: /inpkey; -inpkey
licence-key|changepk dism: /productkey
dcdiag repadmin nltest dcpromo adprep: /p; /pw
ntdsutil iissetup appcmd: .. @ $
wmic: /user.
adfind admod: -up
nircmd: runas _ _ $
runasspc runascs runascs_net: _ $
fsutil diskshadow vssadmin: .. password $
aspnet_regiis: .. -pwd $
dsmc dsmadmc: -pa
setx: @ $
convertto-securestring: $; -String; -SecureString.; -Key.; <
new-pscredential: _ $
invoke-sqlcmd: -P
protect-cmsmessage: -Content
set-secret: -Secret; _ $; -Name.; -Vault.
add-printerport: -SNMPCommunity
`
