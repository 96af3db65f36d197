/** Windows: users, directory, tasks, certificates, registry, installers; PowerShell. */
export const WINDOWS = String.raw`
net net1: user|users _ $; use \* $; use _ \* $; use _ http* $
cmdkey: /p
schtasks: /rp; /p; /ru.; /u.; /tn.; /tr.; /s.
sc: password=; obj=.
netdom: /pd; /po; /pt; /pm; /passwordd; /passwordo; /passwordt; /passwordm
djoin ldifde csvde: -b _ _ $; -f.; -s.; -d.; -r.; -l.; -w; /p
dsadd dsmod dsquery dsget dsrm dsmove: -p
ktpass: /in.; -in.; /out.; -out.
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
rasdial rasphone: _ _ $
netsh: key=; keymaterial=; psk=; .. @ $
certutil certreq: -p; /p
pvk2pfx: -pi; -po; /pi; /po
signtool signcode: /p
azuresigntool: -kvs; -kvt.; -kvi.; -kvu.
autologon: _ _ $
licence-key|slmgr: /ipk; -ipk; //b.
licence-key|ospp: /inpkey; -inpkey
licence-key|changepk: /productkey
licence-key|dism: /productkey
dcdiag repadmin nltest dcpromo adprep: /p; /pw
systeminfo driverquery tasklist taskkill wevtutil getmac openfiles eventcreate typeperf lodctr whoami qwinsta qprocess bootcfg eventquery: /p; /u.; /s.
ntdsutil: .. @ $
wmic: /user.
adfind admod: -up; -u.
tabcmd: -p
nircmd: runas _ _ $
runasspc runascs runascs_net: _ $
wbadmin: -user.
fsutil: .. password $
diskshadow vssadmin: .. password $
iissetup appcmd: .. @ $
aspnet_regiis: .. -pwd $
tsm: -p
dsmc dsmadmc: -pa
sqlmaint: -P
setx: @ $
winsat: -p
psappdeploytoolkit: -p
wapt-get choco winget nuget scoop: -p
robocopy: /p
convertto-securestring: $; -String; -SecureString.; -Key.; <
new-pscredential: _ $
get-plaintext: $
invoke-sqlcmd: -P; -U.
protect-cmsmessage: -Content
unprotect-string: $
start-process: -ArgumentList.
set-secret: -Secret; _ $; -Name.; -Vault.
import-pfxcertificate export-pfxcertificate: -FilePath.
add-printerport: -SNMPCommunity
lgpo gpresult: /p; /u.
psremoting: -p
`
