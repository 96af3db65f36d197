import type { Change } from '../changes/rules.ts'

/** Which commands change what, as data. A command that only reads matches none of them. */

export type ChangeCategory = Exclude<Change['category'], 'database'>

export interface ChangePattern {
  category: ChangeCategory
  /** Of the program and its words, in lower case: `systemctl restart nginx`. */
  pattern: RegExp
  /** Changes the client's tenant of Microsoft 365, when no machine is named. */
  ofTenant?: true
}

const of = (category: ChangeCategory, ...patterns: RegExp[]): ChangePattern[] =>
  patterns.map((pattern) => ({ category, pattern }))
const ofTenant = (category: ChangeCategory, ...patterns: RegExp[]): ChangePattern[] =>
  patterns.map((pattern) => ({ category, pattern, ofTenant: true }))

/** The first that matches says the category. */
export const CHANGE_PATTERNS: readonly ChangePattern[] = [
  ...of(
    'dns',
    /^(?:add|set|remove|import)-dnsserver(?!scavenging)\w+/,
    /^(?:set|remove)-dnsclient(?:serveraddress|nrptrule)\b/,
    /^dnscmd\s.*\/(?:recordadd|recorddelete|nodedelete|zoneadd|zonedelete|config|resetforwarders)\b/,
    /^(?:az network (?:private-)?dns|gcloud dns)\s.*\b(?:add-record|remove-record|create|delete|update|import)\b/,
    /^aws route53 (?:change-resource-record-sets|create-hosted-zone|delete-hosted-zone)\b/,
    /^nsupdate\b/,
    /^(?:rndc|unbound-control) (?:reload|addzone|delzone|local_data|local_data_remove)\b/,
  ),
  ...of(
    'firewall',
    /^netsh advfirewall (?:firewall (?:add|delete|set)|set|reset|import)\b/,
    /^(?:new|set|remove|enable|disable|copy|rename)-netfirewall\w+/,
    /^ufw (?:--force )?(?:allow|deny|reject|limit|delete|insert|enable|disable|reset|reload|route)\b/,
    /^firewall-cmd\b.*--(?:add|remove|set|new|delete|change|reload|complete-reload|runtime-to-permanent)/,
    /^ip6?tables\b(?!.*\s-[vnx]*l[vnx]*\b)(?!.*\s--list).*\s(?:-[adirfpxz]|--(?:append|delete|insert|replace|flush|policy|new-chain))\b/,
    /^nft (?:-\w+ )?(?:add|insert|delete|replace|flush|create)\b/,
    /^config firewall \w+/,
    /^az network nsg rule (?:create|update|delete)\b/,
    /^pfctl\b.*\s-(?:f|e|d)\b/,
  ),
  ...ofTenant(
    'permission',
    /^(?:add|set|remove)-(?:mailbox(?:folder)?permission|recipientpermission|distributiongroupmember|unifiedgrouplinks)\b/,
    /^(?:new|remove)-mg\w*(?:group|role)\w*member\w*/,
    /^(?:add|remove)-(?:mailboxfolder|pnp\w*|spo\w*)permission\b/,
    /^new-mgdirectoryrole\w*/,
    /^az (?:role assignment|ad group member) (?:create|delete|add|remove)\b/,
  ),
  ...ofTenant(
    'user_account',
    /^(?:new|set|enable|disable|remove|update|restore)-(?:remotemailbox|mailbox|mailuser|mailcontact|msoluser|azureaduser|mguser)\b/,
    /^(?:set|update|revoke|reset)-(?:mguserlicense|mgusersigninsession|msoluserpassword|msoluserlicense|azureaduserpassword|mguser\w*)\b/,
    /^az ad user (?:create|update|delete)\b/,
  ),
  ...ofTenant(
    'config',
    /^(?:new|set|enable|disable|remove)-(?:transportrule|inboundconnector|outboundconnector|acceptedDomain|dkimsigningconfig|anti\w+|hostedcontentfilter\w+|hostedconnectionfilter\w+|organizationconfig|casmailbox|distributiongroup|dynamicdistributiongroup|retention\w+|mailboxautoreplyconfiguration|inboxrule|csteams\w+|spo(?:site|tenant)|mgidentityconditionalaccesspolicy)\b/i,
    /^(?:new|update|remove)-mgidentity\w+/,
  ),
  ...of(
    'permission',
    /^(?:icacls|cacls)\s.*\/(?:grant|deny|remove|reset|setowner|inheritance|g|e)\b/,
    /^(?:set|add|remove)-(?:acl|ntfsaccess|ntfsowner)\b/,
    /^(?:grant|revoke|block|unblock)-smbshareaccess\b/,
    /^(?:add|remove)-(?:adgroupmember|adprincipalgroupmembership|localgroupmember)\b/,
    /^takeown\b/,
    /^net (?:local)?group \S+.*\s\/(?:add|delete)\b/,
    /^(?:chmod|chown|chgrp|setfacl|visudo)\s/,
    /^usermod\s.*-\w*g/,
    /^gpasswd\s.*-[ad]\b/,
  ),
  ...of(
    'user_account',
    /^(?:new|set|remove|enable|disable|unlock|rename)-(?:aduser|adaccount|adaccountpassword|adcomputer|localuser)\b/,
    /^(?:set-adaccountexpiration|clear-adaccountexpiration|reset-adserviceaccountpassword|move-adobject)\b/,
    /^net user \S+ (?!\/domain$)\S/,
    /^net (?:accounts)\s+\//,
    /^(?:useradd|adduser|userdel|deluser|usermod|passwd|chpasswd|groupadd|groupdel|smbpasswd)\b/,
    /^(?:dsadd|dsmod|dsrm)\b/,
    /^samba-tool (?:user|group) (?:add|create|delete|disable|enable|setpassword|addmembers|removemembers)\b/,
  ),
  ...of(
    'certificate',
    /^certbot (?!certificates|show_account|--version|plugins)(?:.*\b)?(?:renew|certonly|run|install|delete|revoke|--nginx|--apache|--standalone|--webroot)\b/,
    /^(?:acme\.sh|lego|wacs|win-acme)\b.*(?:--issue|--renew|--install-cert|--deploy|\brun\b|\brenew\b|--target)/,
    /^(?:import|remove|new|enable|switch)-(?:pfxcertificate|certificate|selfsignedcertificate|exchangecertificate)\b/,
    /^(?:enable|import|remove|new)-exchangecertificate\b/,
    /^certutil\s.*-(?:addstore|delstore|importpfx|repairstore|revoke|renewcert)\b/,
    /^netsh http (?:add|delete|update) sslcert\b/,
    /^(?:new-webbinding|set-rdcertificate|set-adfssslcertificate|update-ca-certificates|update-ca-trust)\b/,
    /^az keyvault certificate (?:import|create|delete)\b/,
  ),
  ...of(
    'patch',
    /^get-(?:windowsupdate|wuinstall)\b.*\s-(?:install|acceptall)\b/,
    /^install-(?:windowsupdate|wuupdates?)\b/,
    /^(?:usoclient|wuauclt)\s.*(?:install|updatenow)/,
    /^wusa(?:\.exe)?\s/,
    /^(?:apt|apt-get|aptitude)(?: -\S+)* (?:upgrade|full-upgrade|dist-upgrade|safe-upgrade)\b/,
    /^(?:dnf|yum|microdnf)(?: -\S+)* (?:update|upgrade|distro-sync)\b/,
    /^zypper(?: -\S+)* (?:up|update|patch|dup)\b/,
    /^(?:unattended-upgrade|do-release-upgrade|freebsd-update install|pkg upgrade|apk upgrade|fwupdmgr update|pacman -syu)\b/,
    /^(?:winget|choco|snap|brew) (?:upgrade|update|refresh) ?(?!list)\S/,
    /^esxcli software (?:vib|profile) update\b/,
    /^execute (?:restore|update-now|upgrade)\b/,
  ),
  ...of(
    'software_install',
    /^(?:apt|apt-get|aptitude|dnf|yum|zypper|pkg|snap|flatpak|brew|choco|winget|microdnf|emerge)(?: -\S+)* (?:install|in|reinstall|groupinstall|localinstall)\b/,
    /^apk(?: -\S+)* add\b/,
    /^pacman -s[a-z]* \S/,
    /^(?:dpkg|rpm)\s.*(?:-\w*[iu]\w*\b|--install|--upgrade)(?!.*(?:-q|--info|-qi))/,
    /^msiexec(?:\.exe)?\s.*\/(?:i|package)\b/,
    /^(?:install|add)-(?:windowsfeature|windowscapability|windowsoptionalfeature|package|appxpackage|appxprovisionedpackage|module|printer|printerdriver|printerport)\b/,
    /^enable-windowsoptionalfeature\b/,
    /^dism(?:\.exe)?\s.*\/(?:enable-feature|add-package|add-driver|add-capability)\b/,
    /^pnputil(?:\.exe)?\s.*\/add-driver\b/,
  ),
  ...of(
    'software_remove',
    /^(?:apt|apt-get|aptitude|dnf|yum|zypper|pkg|snap|flatpak|brew|choco|winget)(?: -\S+)* (?:remove|purge|uninstall|autoremove|erase|rm|delete)\b/,
    /^apk(?: -\S+)* del\b/,
    /^pacman -r[a-z]* \S/,
    /^(?:dpkg|rpm)\s.*(?:--remove|--purge|--erase|\s-[rpe]\b)/,
    /^msiexec(?:\.exe)?\s.*\/(?:x|uninstall)\b/,
    /^(?:uninstall|remove)-(?:windowsfeature|windowscapability|package|appxpackage|appxprovisionedpackage|module|printer|printerdriver|printerport)\b/,
    /^disable-windowsoptionalfeature\b/,
    /^wmic product .*call uninstall/,
    /^pnputil(?:\.exe)?\s.*\/delete-driver\b/,
  ),
  ...of(
    'backup',
    /^wbadmin (?:enable|disable) backup\b/,
    /^(?:set|new|remove|add)-wb\w+/,
    /^(?:add|set|new|remove|enable|disable|import)-vbr\w+/,
    /^(?:restic|borg) (?:init|forget|prune|delete)\b/,
    /^az backup (?:protection (?:enable|disable)|policy (?:set|create|delete))\b/,
  ),
  ...of(
    'storage',
    /^(?:resize|new|remove|format|initialize|clear|set|optimize|repair)-(?:partition|volume|disk|virtualdisk|storagepool|physicaldisk)\b/,
    /^(?:new|remove|set)-smbshare\b/,
    /^net share \S+(?:=|\s+\/)/,
    /^(?:mkfs\S*|parted|resize2fs|xfs_growfs|growpart|lvextend|lvreduce|lvcreate|lvremove|vgextend|vgcreate|vgremove|pvcreate|pvresize|mdadm)\s(?!.*(?:--detail|--examine|--monitor|\bprint\b))/,
    /^s?fdisk\s(?!.*(?:-l\b|--list|-d\b|--dump))/,
    /^(?:zfs|zpool) (?:create|destroy|set|add|replace|attach|detach|expand|rename)\b/,
    /^vssadmin (?:delete|resize|add) /,
    /^(?:fsutil quota (?:modify|enforce)|new-fsrmquota|set-fsrmquota|diskpart)\b/,
  ),
  ...of(
    'virtualisation',
    /^(?:new|set|remove|checkpoint|restore|resize|move|import|rename|add|connect|disconnect)-(?:vm\b|vm(?!host\b)\w+|vhd\b|snapshot\b|harddisk\b|vhdset\b)/,
    /^(?:qm|pct) (?:create|set|clone|destroy|migrate|snapshot|delsnapshot|rollback|resize|template)\b/,
    /^virsh (?:define|undefine|create|destroy|snapshot-create\S*|snapshot-delete|setmem|setvcpus|attach-\S+|detach-\S+|migrate|edit)\b/,
    /^az vm (?:create|delete|resize|deallocate|update)\b/,
    /^vim-cmd vmsvc\/(?:snapshot\.create|snapshot\.remove\w*|unregister|destroy)\b/,
  ),
  ...of(
    'network',
    /^(?:new|set|remove)-net(?:ipaddress|route|ipinterface|adapter\w*|lbfo\w+|nat)\b/,
    /^(?:add|set|remove)-dhcpserver\w+/,
    /^(?:add|set|remove)-vpn\w+/,
    /^netsh (?:interface|int|dhcp)\s.*\b(?:set|add|delete)\b/,
    /^route (?:-p )?(?:add|delete|change)\b/,
    /^ip (?:-\d )?(?:addr|address|route|link|rule)\s(?:add|del|delete|set|change|replace|flush)\b/,
    /^nmcli (?:con|connection|dev|device|c|d) (?:mod|modify|add|delete|up|down|reload)\b/,
    /^netplan (?:apply|try|set)\b/,
    /^(?:wg|wg-quick) (?:set|up|down|setconf|addconf|syncconf)\b/,
    /^config (?:router|system (?:interface|dhcp)|vpn) ?/,
  ),
  ...of(
    'config',
    /^systemctl (?:--\S+ )*(?:enable|disable|mask|unmask|edit|set-property|set-default|revert)\b/,
    /^(?:set|new|remove)-service\b/,
    /^sc(?:\.exe)?\s.*\b(?:config|create|delete|failure)\b/,
    /^(?:set|new|remove|rename|clear)-itemproperty\b/,
    /^reg(?:\.exe)? (?:add|delete|import|restore)\b/,
    /^(?:set|new|remove|import|restore)-gp\w+/,
    /^(?:register|unregister|set|enable|disable)-scheduledtask\b/,
    /^schtasks(?:\.exe)?\s.*\/(?:create|delete|change)\b/,
    /^(?:new|set|remove|add|clear)-(?:web\w+|iis\w+)\b/,
    /^appcmd(?:\.exe)? (?:set|add|delete)\b/,
    /^(?:set|rename|add|remove)-(?:printconfiguration|computer|timezone|executionpolicy|mppreference)\b/,
    /^(?:a2ensite|a2dissite|a2enmod|a2dismod|postconf -e|sysctl -w|hostnamectl set-\S+|timedatectl set-\S+|crontab (?!-l)\S+|update-grub|auditpol \/set|bcdedit \/set|secedit \/configure|w32tm .*\/config|powercfg \/(?:change|setactive|h))\b/,
    /^manage-bde\s.*-(?:on|off|add|delete|changekey)\b/,
    /^sed\s(?:.*\s)?(?:-\w*i\w*|--in-place)\b.*\/etc\//,
    /^tee\s(?:.*\s)?\/etc\//,
    /^config (?:system|user|log|antivirus|webfilter)\b/,
  ),
]

/** Nothing is changed: it is only tried, asked about or shown. */
export const ONLY_TRIED =
  /(?:\s-whatif(?!:\$false)\b|\s--(?:dry-run(?:=\w+)?|check|simulate|noop|no-act|help|version|list|test)(?=\s|$)|\s\/\?|\s--download-?only\b|^(?:apt|apt-get)\s(?:.*\s)?-s(?=\s|$))/

/** Ways to bring a version somewhere. Only those of which nobody doubts that they deploy. */
export const DEPLOY_PATTERNS: readonly { pattern: RegExp; isOnMachine?: true }[] = [
  { pattern: /^git push (?:-\S+ )*(?:production|prod|live|heroku|dokku|staging)\b/ },
  { pattern: /^docker(?:-compose| compose)\s(?:.*\s)?up\b.*\s(?:-d|--detach)(?=\s|$)/, isOnMachine: true },
  { pattern: /^docker stack deploy\b/, isOnMachine: true },
  { pattern: /^docker service update\b.*--image/, isOnMachine: true },
  {
    pattern:
      /^kubectl\s(?:.*\s)?(?:apply\s.*(?:-f|-k|--filename|--kustomize)|set image|rollout (?:restart|undo))(?=\s|=|$)/,
  },
  { pattern: /^helm\s(?:.*\s)?(?:upgrade|install|rollback)\s/ },
  { pattern: /^(?:npm|pnpm|yarn(?: npm)?|cargo|twine|dotnet nuget|gem) (?:publish|upload|push)\b/ },
  { pattern: /^(?:vercel|netlify)\b.*--prod\b/ },
  {
    pattern:
      /^(?:firebase|wrangler|serverless|sls|fly|flyctl|eb|gcloud app|gcloud run|railway|sam|cdk) (?:deploy|up)\b/,
  },
  { pattern: /^cap (?:production|staging) deploy\b/ },
  { pattern: /^(?:dep|bundle exec cap)\s.*\bdeploy\b/ },
  {
    pattern:
      /^az (?:webapp (?:deploy|deployment source config-zip|up)|functionapp (?:deploy|deployment source config-zip)|containerapp (?:up|update))\b/,
  },
  { pattern: /^(?:publish-azwebapp|msdeploy)\b/ },
]

/** Programs that take statements of a database. */
export const STATEMENT_PROGRAMS: readonly { program: RegExp; engine: Change['engine'] }[] = [
  { program: /^(?:sqlcmd|osql|invoke-sqlcmd|invoke-dbaquery)$/, engine: 'mssql' },
  { program: /^(?:psql)$/, engine: 'postgresql' },
  { program: /^mysql$/, engine: 'mysql' },
  { program: /^maria\w+$/, engine: null },
  { program: /^sqlite3$/, engine: 'sqlite' },
  { program: /^sqlplus$/, engine: 'oracle' },
]

type ChangeType = NonNullable<Change['change_type']>
/** In this order; the first that is in the statement. */
export const STATEMENTS: readonly { type: ChangeType; pattern: RegExp }[] = [
  {
    type: 'ddl_drop',
    pattern:
      /\b(?:drop|truncate)\s+(?:table|database|view|schema|column|procedure|function|trigger|user|login|role|index)\b(?:\s+if\s+exists)?\s+(?<name>[\w."[\]`-]+)/i,
  },
  { type: 'restore', pattern: /\brestore\s+(?:database|log)\s+(?<name>[\w."[\]`-]+)/i },
  {
    type: 'index',
    pattern: /\b(?:create|alter)\s+(?:unique\s+)?(?:clustered\s+|nonclustered\s+)?index\s+(?<name>[\w."[\]`-]+)/i,
  },
  {
    type: 'dcl_grant',
    pattern:
      /(?:\b(?:grant|revoke)\s+[\w ,()*]+\s+(?:on|to|from)\s|\b(?:create|alter)\s+(?:user|login|role)\s)(?<name>[\w."[\]`*@'-]+)/i,
  },
  {
    type: 'config',
    pattern:
      /\b(?:set\s+(?:global|persist)|alter\s+(?:system|server\s+configuration)|(?:exec\s+)?sp_configure|reconfigure|alter\s+database\s+\S+\s+set)\b\s*(?<name>[\w."[\]`'-]+)?/i,
  },
  {
    type: 'ddl_alter',
    pattern: /\balter\s+(?:table|database|view|schema|procedure|function|trigger)\s+(?<name>[\w."[\]`-]+)/i,
  },
  {
    type: 'ddl_create',
    pattern:
      /\bcreate\s+(?:or\s+replace\s+)?(?:temporary\s+)?(?:table|database|view|schema|procedure|function|trigger)\s+(?:if\s+not\s+exists\s+)?(?<name>[\w."[\]`-]+)/i,
  },
  { type: 'dml_delete', pattern: /\bdelete\s+from\s+(?<name>[\w."[\]`-]+)/i },
  { type: 'dml_update', pattern: /\bupdate\s+(?!statistics\b)(?<name>[\w."[\]`-]+)\s+set\b/i },
  { type: 'dml_insert', pattern: /\b(?:insert|replace)\s+into\s+(?<name>[\w."[\]`-]+)/i },
]
