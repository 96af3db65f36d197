import type { CATEGORIES } from '../../../../src/contract/work.ts'

/**
 * What tells the kind of a piece of work: words that people ask with (English, German, Dutch, French), and commands that are run. Data; the
 * numbers are weights, of which those of a kind add up.
 */

export type Category = (typeof CATEGORIES)[number]

export interface Sign {
  category: Category
  weight: number
  /** Looked for in what was asked; letter case does not count. */
  words?: RegExp
  /** Looked for in a command. */
  commands?: RegExp
}

/** Where two kinds weigh the same, the one that stands first is taken. */
export const ORDER: readonly Category[] = [
  'problem',
  'incident',
  'security',
  'project',
  'service_request',
  'change',
  'maintenance',
  'documentation',
  'development',
  'internal',
]

const said = (category: Category, weight: number, words: RegExp): Sign => ({ category, weight, words })
const ran = (category: Category, weight: number, commands: RegExp): Sign => ({ category, weight, commands })

export const SIGNS: readonly Sign[] = [
  // Somebody got in, or could.
  said(
    'security',
    6,
    /\b(?:phish\w*|malware|ransom\w*|trojan\w*|compromis\w*|hacked|hacker\w*|breach(?:ed)?|gehackt|piraté\w*|piratage|hameçonnage|schadsoftware|infected|infiziert|besmet|intrus(?:ion|o|er)\w*|infostealer|spyware|keylogger|botnet|crypto.?miner\w*|virus\w*|brute.?force\w*|password spray\w*|pen.?test\w*|cve-\d[\d-]*|shodan|harden\w*|härt(?:en|ung)\w*|durci\w*|vulnerab\w*|kwetsba\w*|schwachstell\w*|vulnérab\w*|security (?:audit|finding|scan|baseline|incident)|siem|advisory|(?:private|api|access) key .{0,40}(?:public|leak\w*|pushed|exposed)|public repo)\b/,
  ),
  said(
    'security',
    4,
    /\b(?:suspicious|verdächtig\w*|verdachte?|risky|(?:impossible|atypical) travel|leaked|geleakt|exposed to the internet|open (?:to|from|on) the internet|sur internet|aus dem internet|vanaf internet|mfa (?:fatigue|bombing)|(?:unknown|foreign|strange|unbekannte\w*|vreemde) (?:sign|log).?ins?|fremde anmeldung\w*|(?:failed|fehlgeschlagene\w*|mislukte) .{0,20}(?:sign|log).?(?:ins?|ons?)|fehlanmeldung\w*|tls ?1\.[01]|smb ?v?1|ntlm|llmnr|laps)\b/,
  ),
  ran(
    'security',
    2,
    /\b(?:Revoke-(?:Mg|AzureAD)\w*Session\w*|Get-MgAuditLogSignIn|Search-UnifiedAuditLog|Get-MgRiskyUser|Start-MpScan|Get-MpThreat\w*|fail2ban\w*|rkhunter|chkrootkit|clamscan|lynis|auditctl|Get-MpComputerStatus)\b/i,
  ),

  // The cause behind several incidents.
  said(
    'problem',
    5,
    /\b(?:root cause|common cause|underlying|cause racine|cause commune|known error|ursache\w*|grondoorzaak|oorzaak|find out why|nicht nur (?:wieder )?neu ?starten|niet alleen herstarten|pas (?:juste|seulement) (?:redémarrer|relancer)|problem (?:record|ticket|management)|rca)\b/,
  ),
  said(
    'problem',
    3,
    /\b(?:(?:second|third|fourth|fifth|2nd|3rd|4th|5th) (?:time|ticket|\w+ ticket|incident|outage|week)|zum (?:\d+\.|zweiten|dritten|vierten|fünften|x-ten) mal|(?:tweede|derde|vierde|\d+e) keer|(?:deuxième|troisième|quatrième|\d+e) fois|recurring|recurrent|récurrent\w*|wiederkehrend\w*|terugkerend\w*|again and again|immer wieder|steeds weer|keeps? (?:coming back|happening)|every (?:night|monday|tuesday|wednesday|thursday|friday|week|few days)|jede (?:nacht|woche)|elke (?:nacht|week)|chaque (?:nuit|semaine)|pattern)\b/,
  ),
  said('problem', 2, /\b(?:why|warum|wieso|waarom|pourquoi)\b/),

  // A step of something larger.
  said(
    'project',
    5,
    /\b(?:migrat\w*|migrier\w*|migrer|migreren|cut.?over|roll.?out|uitrol\w*|déploiement|wave \d+|batch \d+|phase \d+|fase \d+|étape \d+|schritt \d+|stap \d+|step \d+ of|umzug\w*|umziehen|verhuizing|verhuizen|déménag\w*|rehears\w*|pilot\w*|go.?live|\w*proje(?:ct|kt)s?\b|projet|step \d+:|lift and shift|p2v|consolidat\w*|decommission\w*|ablös\w*|neue[rn]? standort|nieuwe vestiging|nouveau site|new (?:site|office|branch|warehouse) (?:is|opens|setup|build)|tenant.to.tenant|(?:to|nach|naar|vers) (?:sharepoint|exchange online|azure|m365|office 365|entra|intune|the new (?:server|nas|host|cluster|firewall)|dem neuen|de nieuwe|le nouveau))\b/,
  ),
  ran(
    'project',
    2,
    /\b(?:SPMT\w*|Register-SPMTMigration|New-MigrationBatch|New-MoveRequest|Start-AzMigrat\w*|Disk2vhd|azcopy)\b/i,
  ),

  // Something is broken.
  said(
    'incident',
    4,
    /(?:\b(?:can'?t|cannot|can not|couldn'?t|won'?t|wont|doesn'?t|doesnt|don'?t (?:get|see|work|print|open|arrive|receive|load)|isn'?t|not (?:working|going|opening|printing|saving|sending|starting|syncing|responding|reachable|possible|coming|loading|arriving)|no longer|(?:does|do|did) not|any ?more|nicht mehr|niet meer|stopped|stuck|broken|crash\w*|hangs?|hanging|freez\w*|frozen|(?:is|are|was|went|goes|been) (?:down|offline|slow|dead|black|blank)|offline|outage|unreachable|bounc\w*|drops?|dropping|dropped|kicks?|kicked|disconnect\w*|logs? (?:them|him|her|us|people) out|keeps? (?:asking|crashing|failing|dropping|stopping|rebooting|locking|disconnecting)|asks? .{0,20}(?:at )?every|no space left|degraded|loop(?:s|ing)?|disk (?:is )?full|times? out|timeouts?|timed out|corrupt\w*|fails|failing|failed|failure|errors?|alarm|read.?only|nobody|no one|noone|blue.?screen|bsod|dead|beeps?|beeping|smells?|flicker\w*|no (?:network|internet|connection|sound|signal|mail|power|ip|access since)|lost (?:its|the|their|network|connection))\b)/,
  ),
  said(
    'incident',
    4,
    /(?:geht nicht|gehen nicht|geht nichts|funktionier\w* nicht|läuft nicht|laufen nicht|startet nicht|druckt nicht|kommt nicht|kommen nicht|öffnet nicht|keine? (?:verbindung|mails?|anmeldung|netzwerk\w*|netz|internet|ton)|\b(?:fehler\w*|fehlgeschlagen\w*|mislukt|échoué\w*|störung\w*|gestört|kaputt|abgestürzt|stürzt|hängt|hängen|ausgefallen|ausfall|tot|steht|spinnt|werkt niet|werken niet|doen het niet|doet het niet|storing\w*|kapot|vastgelopen|foutmelding|fout|lukt niet|geen (?:verbinding|internet|netwerk|mail)|plat|uitgevallen|en panne|panne|ne (?:marche|fonctionne|répond|démarre|s'ouvre|s'allume|passe|part)\w*|n'arrive(?:nt)? (?:plus|pas)|n'imprime\w*|impossible|bloquée?s?|erreur|plante\w*|coupé\w*|hors service)\b)/,
  ),
  said(
    'incident',
    2,
    /\b(?:slow|langsam|traag|lent\w*|full disk|disk (?:is )?full|disk space|platte voll|schijf vol|low (?:disk|space)|alert\w*|down|lost|since (?:\d|this|last|lunch|yesterday|monday|the (?:update|move|weekend))|seit|depuis|sinds|on the phone|waits?|waiting|urgent\w*|dringend|spoed|production stands|calls?:?|called|complain\w*|reports?|melden|meldet|klaagt)\b/,
  ),
  ran(
    'incident',
    1,
    /\b(?:Restart-Service|Start-Service|systemctl (?:restart|start|status)|journalctl|Get-WinEvent|Get-EventLog|dmesg|Test-NetConnection|mailq|postqueue|sfc \/scannow|chkdsk|Restart-WebAppPool|iisreset|tail -f)\b/i,
  ),

  // Somebody asks for something standard.
  said(
    'service_request',
    5,
    /\b(?:new (?:user|employee|starter|hire|joiner|colleague|mailbox|laptop|account|shared mailbox|distribution (?:list|group)|trainee|intern|apprentice|phone|printer for)|on.?boarding|off.?boarding|leaver|joiner|starts? (?:on )?(?:monday|tomorrow|next week)|last day|shared mailbox|distribution (?:list|group)|mailing list|(?:reset|forgot\w*|temp\w*|new) (?:\w+ )?(?:password|pw|pin|mfa|authenticator)|password reset|locked out|unlock\w*|lost (?:his|her|their|the) (?:phone|token|badge)|passwort (?:zurück|reset|vergessen)|wachtwoord|mot de passe|send.?as|send on behalf|licen[cs]es?|lizenz\w*|licentie\w*|licences?|neue[rnm]? (?:mitarbeiter\w*|benutzer\w*|kolleg\w*|azubi\w*|praktikant\w*)|nieuwe (?:medewerker\w*|gebruiker\w*|collega\w*|stagiair\w*)|nouve(?:au|lle|l) (?:\w+ )?(?:employé\w*|utilisat\w*|collègue\w*|compte|stagiaire|vendeu\w*)|liste de diffusion|verteiler\w*|postfach|postvak|boîte (?:partagée|mail)|ausgeschieden\w*|uit dienst|départ de|guest (?:wi-?fi|account|access)|out.of.office|abwesenheit\w*|afwezigheid\w*|restore (?:a|the|his|her|that)? ?(?:deleted|old)? ?(?:file|folder|mail|document|spreadsheet)\w*|deleted (?:file|folder|mail))\b/,
  ),
  said(
    'service_request',
    4,
    /\b(?:please (?:install|add|give|grant|create|set up|order|enable|release)|pls (?:install|add|give|create)|install \w+.{0,40} (?:on|for)|needs? (?:read|write|access|an? .{0,30}(?:laptop|monitor|phone|account|mailbox|login|licen[cs]e|printer|share|folder|group|list))|need (?:read|write|access)|access (?:to|for)|(?:grant|give|add) \w+.{0,40} (?:access|rights|permission\w*|to the (?:group|list|team|mailbox))|full access|enable \w+.{0,20} (?:again|account)|re-?enable|zugriff (?:auf|für)|toegang (?:tot|voor)|accès (?:à|au|aux|pour)|rechte (?:auf|für)|richte?t? .{0,40} ein|crée|créer|anlegen|anzulegen|aanmaken|aanvraag|request(?:ed|s)?|wants? (?:a|an|the|to have)|would like|asks? for|hätte gern|möchte|wünscht|braucht|bräuchte|heeft .{0,30} nodig|a besoin|souhaite|map (?:a|the) (?:drive|printer)|drive [a-z]:|new (?:folder|group|share|list|contact)|neue[rn]? (?:ordner|gruppe|freigabe)|nieuwe (?:map|groep|lijst)|nouveau (?:dossier|groupe|partage)|(?:lese|schreib|lees|schrijf)recht\w*|schreiben nur|lecture seule|droits? d|language pack|taal|sprachpaket|rename|forward (?:his|her|their|the) mail|release .{0,30}quarantine)\b/,
  ),
  ran(
    'service_request',
    2,
    /\b(?:New-ADUser|Enable-ADAccount|Disable-ADAccount|Set-ADAccountPassword|Unlock-ADAccount|Add-ADGroupMember|Remove-ADGroupMember|New-Mailbox|Set-Mailbox|Add-MailboxPermission|Add-RecipientPermission|Add-MailboxFolderPermission|New-DistributionGroup|Add-DistributionGroupMember|Set-MgUserLicense|New-MgUser|Update-MgUser|New-MgGroupMember\w*|Set-MsolUserLicense|New-MsolUser|Release-QuarantineMessage|net user \S+|useradd|adduser|usermod|smbpasswd|samba-tool user|winget install|choco install|msiexec \/i|Add-Printer)\b/i,
  ),

  // A configuration is changed on purpose.
  said(
    'change',
    4,
    /\b(?:change (?:is|was|request|ticket|window|#|no\.?|\w+ approved)|chg-?\d+|rfc-?\d*|change \d+|as approved|freigabe liegt vor|akkoord van|fine.?grained|password policy|kennwortrichtlinie\w*|wachtwoordbeleid|approved (?:by|change)|freigegeben|genehmigt|goedgekeurd|approuvé\w*|night change|gpo|group policy|gruppenrichtlinie\w*|groepsbeleid|stratégie de groupe|conditional access|ipsec|vpn tunnel|site.to.site|vlan\w*|port.?forward\w*|portweiterleitung\w*|redirection de port|(?:firewall|transport|mail ?flow|inbox|nat|acl) (?:rule|policy|regel\w*)|règle\w*|dns record\w*|(?:a|aaaa|cname|mx|txt|srv|ptr).?records?|cname|mx|spf|dkim|dmarc|reverse proxy|load balancer|dhcp (?:scope|reservation|option|bereich)|dhcp.?(?:scope|reservation)s?|subnet|static route|static ip|feste ip|vast ip\w*|ip fixe|retention (?:policy|period)?|backup (?:window|schedule|job)|maintenance window|ssid|wi-?fi password|whitelist\w*|allow.?list\w*|exclusion\w*|quota\w*|timeout to)\b/,
  ),
  said(
    'change',
    2,
    /\b(?:approved|as agreed|wie (?:besprochen|vereinbart)|zoals (?:afgesproken|besproken)|comme convenu|build|configure|konfigurier\w*|configurer|inrichten|einrichten|restrict|limit|allow|block(?:ed)?|sperren|gesperrt|blokkeren|bloquer|close port|open port|raise|increase|extend|expand|enlarge|erhöh\w*|vergrö\w*|erweiter\w*|verhoog\w*|vergroot\w*|uitbreid\w*|augment\w*|agrandir|switch .{0,30} to|move .{0,40} to|from .{1,40} to|change .{1,40} to|instead of|set .{1,40} to|point .{1,40} to|umstell\w*|umbau\w*|änder\w*|wijzig\w*|aanpass\w*|verplaats\w*|modifi\w*|changer|basculer|turn (?:on|off)|disable|activate|deactivate|own certificate|serve[sd]?|schedule|second (?:disk|nic|dc)|add .{0,20}(?:disk|ram|memory|cpu|rule|record|route|scope))\b/,
  ),
  ran(
    'change',
    2,
    /\b(?:New-GPO|Set-GPRegistryValue|New-GPLink|config (?:firewall|vpn|system|router)|set-src|configure terminal|conf t\b|New-NetFirewallRule|Set-NetFirewallRule|netsh advfirewall|ufw (?:allow|deny)|iptables -[AI]|nft add|Add-DnsServer\w*|Set-DnsServer\w*|dnscmd|nsupdate|Add-DhcpServer\w*|Set-DhcpServer\w*|New-DhcpServer\w*|New-TransportRule|Set-TransportRule|New-\w*ConditionalAccess\w*|Set-OrganizationConfig|certbot certonly|New-VM\b|Set-VM\w*|Resize-\w+|lvextend|resize2fs|xfs_growfs|New-Partition|switchport|vlan \d+|ip route add|netplan apply|nmcli con\w* (?:mod|add)|a2ensite)\b/i,
  ),

  // What is done regularly.
  said(
    'maintenance',
    5,
    /\b(?:patch\w*|(?:windows|monthly|weekly|quarterly|security|package|apt|yum|dnf|linux|kernel) updates?|updates? (?:for|on|für|voor|pour|von|van)|(?:cumulative|cu|hotfix|security fix)\w* .{0,30}(?:install|einspiel)\w*|einspiel\w*|monthly|quarterly|weekly|yearly|annual|routine|house.?keeping|clean.?up|clean (?:out|the|old)|aufräum\w*|opschon\w*|opruim\w*|nettoy\w*|nettoyage|wartung\w*|onderhoud\w*|maintenance|monatlich\w*|wöchentlich\w*|vierteljährlich\w*|quartals\w*|maandelijks\w*|wekelijks\w*|kwartaal\w*|mensuel\w*|trimestriel\w*|hebdomadaire\w*|mises? à jour|aktualisier\w*|bijwerken|updaten|restore test|test restore|wiederherstellungstest|rücksicherungstest|hersteltest|health ?check|sanity check|check.?up|check (?:the|all) (?:backups?|disks?|raid)|contrôle\w*|controle\w*|kontroll\w*|prüfung|überprüf\w*|nakijken|renew\w*|erneuer\w*|verleng\w*|verlänger\w*|renouvel\w*|expir\w*|läuft ab|verloopt|rotate|rotation|defrag\w*|reorg\w*|(?:rebuild|reorganize) index\w*|vacuum|log ?rotat\w*|reboot (?:night|window|round)|(?:patch|update) ?(?:day|night|monday|tuesday|window|abend|avond))\b/,
  ),
  said('maintenance', 2, /\b(?:firmware|(?:bios|driver) updates?)\b/),
  ran(
    'maintenance',
    3,
    /\b(?:Install-WindowsUpdate|Get-WindowsUpdate|Get-WUInstall|Install-WUUpdates|wuauclt|usoclient|apt(?:-get)? (?:-\S+ )*(?:upgrade|dist-upgrade|full-upgrade|autoremove)|(?:yum|dnf|zypper) (?:-\S+ )*(?:update|upgrade)|apk upgrade|brew upgrade|softwareupdate|smartctl|certbot renew|Optimize-Volume|vacuumlo|logrotate|docker (?:system|image) prune|docker compose pull|Remove-WBBackupSet|fwupdmgr|Update-Module|pkg upgrade|pfSense-upgrade|execute restore image)\b/i,
  ),

  // Written down.
  said(
    'documentation',
    5,
    /\b(?:document(?:ation|ed|ing)|document (?:the|it|this|how)|dokumentier\w*|dokumentation|doku|documenteer\w*|documenteren|documentatie|documenter|write.?up|run ?book|hand ?book|handbuch|handleiding|wiki|knowledge ?base|kb article|how.?to|network (?:diagram|plan|map)|netzplan|netzwerkplan|netwerktekening|schéma|inventar(?:liste)?|inventory list|asset list|it glue|hudu|emergency plan|notfallplan|noodplan|anleitung|mode d'emploi|procédure)\b/,
  ),

  said(
    'internal',
    4,
    /\b(?:our own|internal(?:ly)?|team meeting|teammeeting|teamoverleg|intern(?:e|es|er|en)? (?:check|sitzung|overleg|meeting|besprechung)|time ?sheets?|on.?call|bereitschaft\w*|our (?:team|tools?|price|offer|website|onboarding)|we pay|price list|training|certification|vacation|urlaub\w*|job (?:ad|interview))\b/,
  ),
  said(
    'development',
    4,
    /\b(?:unit tests?|refactor\w*|pull request|open the pr|merge request|commit|feature branch|endpoint|api client|ci pipeline|regex|parser|script .{0,40}(?:parallel|faster|option|flag|csv))\b/,
  ),
  ran(
    'development',
    2,
    /\b(?:git (?:commit|push|checkout -b|switch -c|rebase|merge)|npm (?:test|run|version)|pnpm|yarn (?:test|build)|pytest|go test|cargo|dotnet (?:test|build)|tsc|eslint|gh pr)\b/i,
  ),
]
