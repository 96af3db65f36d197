/** Network: SNMP, wireless, VPN, file shares, RADIUS; telephones. */
export const NETWORK = `
snmp* snmpusm snmpdf braa snmp-check snmpcheck net-snmp-config net-snmp-create-v3-user: -c!; -A!; -X!; -u.; -a.; -x.; -l.; -v.
snmpusm: passwd $; passwd _ $
check_snmp check_snmp_int check_snmp_load check_snmp_storage check_snmp_mem check_snmp_win check_snmp_process: -C!; -A!; -X!
check_nrpe check_http check_https check_tcp: -a~:
check_mysql check_pgsql check_mssql check_mssql_health check_oracle check_imap check_ldap check_vmware check_esx check_wmi_plus check_nwc_health check_ipmi_sensor check_redis check_mongodb check_smtp check_netapp check_vcenter: -p; -P; -a~:
check_radius check_disk_smb netextender nxcli ncftp ncftpput ncftpget ncftpls ncftpbatch wput curlftpfs yafc fs_cli upscmd upsrw mactelnet routeros-api netmiko-show netmiko-cfg napalm: -p
nmcli: .. @ $; .. wifi-sec.psk|802-11-wireless-security.psk $
wpa_passphrase: _ $; <
wpa_cli: .. psk|password|wep_key0|sae_password $
iwconfig: .. key $
iwctl: -P
connmanctl: .. passphrase $
openvpn openvpn-gui: .. @ $; --askpass.
openconnect: --passwd-on-stdin <
vpncli anyconnect vpnc f5fpc snx: -s <; -p; <
forticlientsslvpn_cli forticlientsslvpn openfortivpn fortisslvpn fortivpn: -p; -u~:; /p
vpncmd vpnclient: .. @ $; /in.
globalprotect gpclient: <
wg awg: pubkey <; set <
warp-cli tailscale netbird zerotier-cli: --authkey; --auth-key; --setup-key
cloudflared: service install $; tunnel run $
ngrok: authtoken $; config add-authtoken $
radtest: _ $; _ _ _ _ $
radclient tacacs_client tac_client: _ _ $
eapol_test radeapclient: -s
strongswan ipsec swanctl charon-cmd: .. secret|psk|eap $
smbclient smbmap rpcclient smbget smbcacls smbcquotas smbtree smbspool smbtar smbcontrol regshell wbinfo net-ads nmblookup ntlm_auth: -U~%; --user~%; -a~%; -p
smbclient: _ $; -L.; -c.; -W.; -m.; -I.
smbpasswd: -s <; -w; <
pdbedit: -t <
samba-tool: user create|add|setpassword|newuser _ $; -U~%; -H.
net: -U~%; rpc|ads password _ $; rpc user add _ $
mount mount.cifs mount_smbfs mount.davfs: -t.
lftp open: -u~,; --user~,
sipsak svcrack pjsua sipp linphonec linphonecsh baresip: -a; -ap; -p; -P
kamctl opensipsctl opensips-cli kamcli: add _ $; passwd _ $
fwconsole asterisk freepbx amportal: .. @ $; .. secret $
`
