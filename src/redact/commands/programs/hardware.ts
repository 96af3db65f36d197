/** Management of servers, controllers, firmware. */
export const HARDWARE = `
ipmitool ipmiutil ipmicfg: -P; user set password _ $; -U.; -H.; -I.; -L.
ipmipower ipmi-chassis ipmi-sensors ipmi-sel ipmi-fru ipmiconsole bmc-config bmc-info bmc-device ipmi-config: -p; -P.; -k; -u.; -h.
ipmicfg: setpwd _ $; add _ _ $; -user.
smcipmitool: _ _ $
racadm idracadm idracadm7: -p; .. @ $; -o>$; -u.; -r.; -i.; -g.; -s.
hponcfg hprest: -p; -u.
ilorest: -p; iloaccounts changepass _ $; iloaccounts add _ _ $; createvolume.; -u.
storcli storcli64 perccli perccli64 megacli megacli64 megaraid: securitykey=; passphrase=; oldsecuritykey=; -securitykey; -sz.
arcconf ssacli hpssacli: password=; .. password=; encryptionkey=; encryptionmasterkey=; currentpassword=; newpassword=
redfishtool rf_power_reset redfish-ctl redfish: -p; -u.; -r.
onecli asu asu64 uxspi: .. @ $
sum saa: -p; -u.; -i.; -c.
cctk dcu-cli dcucli: -encryptionkey
srsetup thinkbiosconfig: pass=; .. pass $
ucsm: -p
idraccli omsacli: -p
lenovo-xclarity: -p
xscf: -p
poweredge: -p
`
