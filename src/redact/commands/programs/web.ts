/** HTTP, mail, sites and their panels; agents and anti-virus. */
export const WEB = `
curl: -u~:; --user~:; -U~:; --proxy-user~:; --oauth2-bearer; -E~:; --cert~:
http https xh httpie xhs curlie: -a~:; --auth~:
ab hey oha wrk siege vegeta: -A~:; -P~:; -a~:
nikto gobuster ffuf dirb feroxbuster wpscan: -id~:; -P
grpcurl websocat: -basic-auth~:
cadaver zmmailbox dovecotpw smc: -p
wp: user create --user_pass; user update --user_pass
drush: upwd|user-password|user:password _ $; .. @ $
occ: .. config:app:set _ _ --value
swaks: -ap
sendemail: -xp
blat mailsend mailsend-go cmail smtpsend: -pw
zmprov: ca|createaccount|sp|setpassword|changepassword _ $
plesk: .. @ $
v-add-user v-change-user-password: _ $
v-add-mail-account v-change-mail-account-password: _ _ $
v-add-database: _ $; _ _ _ $
virtualmin webmin changepass.pl usermin: _ _ $
whmapi1 uapi cpapi2: password=; pass=
sentinelctl: -k; -p.; .. @ $
sentineloneinstaller sentinelinstaller sentinelcleaner: -t; -k; /site_token
csuninstalltool falcon-sensor falconctl: maintenance_token=; --provisioning-token; --maintenance-token
sedcli: -overridetpoff; --overridetpoff
ermm ecmd eset: .. password $
avp avp.com klmover klnagchk kavshell: /login.
uninstallcli uninstall_tool bdreinit epsecurityservice: password=
wrsa: -key; /key
frminst maconfig esconfigtool: /lock; /unlock
ntrmv pccntmon ofcscan: -n
repcli: .. @ $; unloadprotectedservice $
cortex cytool xdr: <; -p
splashtopstreamer: dcode=
ninjarmmagent ateraagent ninjaoneagent msiexec: .. @ $; tokenid=
huntressinstaller huntressagent: /acct_key; /org_key.
threatlockerstub: key=; instance=.
autotaskagent screenconnect connectwisecontrol datadog-agent: .. @ $
`
