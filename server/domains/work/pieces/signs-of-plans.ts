import { ran, type Sign, said } from './kinds-of-work.ts'

/** What tells that something was asked for, decided or is due. */
export const SIGNS_OF_PLANS: readonly Sign[] = [
  // A step of something larger.
  said(
    'project',
    6,
    String.raw`
      \b(?:migrat\w*|migrier\w*|migrer|migreren|cut.?over|roll.?out|uitrol\w*|déploiement|wave \d+|batch \d+|phase \d+|fase \d+|étape \d+|
      schritt \d+|stap \d+|step \d+|milestones?|stage \d+|part \d+ of|
      (?:hardware|server|laptop|desktop|pc|network|firewall|switch) (?:refresh|replacement)|build.?out|deployment of|milestone\w*|
      meilenstein\w*|work ?package|tranche \d+|lot \d+|per (?:the )?plan|laut plan|volgens plan|selon le plan|chantier|vorhaben|
      replacement of|ersatz (?:der|des|von)|new (?:cluster|tenant|domain|datacenter|data centre)|set up the new|umstieg\w*|overstap\w*|
      passage à|passer à|umzug\w*|umziehen|verhuizing|verhuizen|déménag\w*|rehears\w*|pilot\w*|go.?live|\w*proje(?:ct|kt)e?[sn]?\b|
      projets?\b|lift and shift|p2v|consolidat\w*|decommission\w*|ablös\w*|neue[rn]? standort|nieuwe vestiging|nouveau site|
      new (?:site|office|branch|warehouse) (?:is|opens|setup|build)|tenant.to.tenant|
      (?:to|nach|naar|vers) (?:sharepoint|exchange online|azure|m365|office 365|entra|intune|the new (?:server|nas|host|cluster|firewall)|dem neuen|de nieuwe|le nouveau))\b`,
  ),
  ran(
    'project',
    2,
    String.raw`
      \b(?:SPMT\w*|Register-SPMTMigration|New-MigrationBatch|New-MoveRequest|Start-AzMigrat\w*|Disk2vhd|azcopy)\b`,
  ),

  // Somebody asks for something standard.
  said(
    'service_request',
    5,
    String.raw`
      \b(?:new (?:user|employee|starter|hire|joiner|colleague|mailbox|laptop|account|shared mailbox|distribution (?:list|group)|trainee|intern|apprentice|phone|printer for)|
      on.?boarding|off.?boarding|leaver|joiner|starts? (?:on )?(?:monday|tomorrow|next week)|last day|shared mailbox|
      distribution (?:list|group)|mailing list|(?:reset|forgot\w*|temp\w*|new) (?:\w+ )?(?:password|pw|pin|mfa|authenticator)|
      password reset|locked out|unlock\w*|lost (?:his|her|their|the) (?:phone|token|badge)|passwort (?:zurück|reset|vergessen)|wachtwoord|
      mot de passe|send.?as|send on behalf|licen[cs]es?|lizenz\w*|licentie\w*|licences?|
      neue[rnm]? (?:mitarbeiter\w*|benutzer\w*|kolleg\w*|azubi\w*|praktikant\w*)|
      nieuwe (?:medewerker\w*|gebruiker\w*|collega\w*|stagiair\w*)|
      nouve(?:au|lle|l) (?:\w+ )?(?:employé\w*|utilisat\w*|collègue\w*|compte|stagiaire|vendeu\w*)|liste de diffusion|verteiler\w*|
      postfach|postvak|boîte (?:partagée|mail)|ausgeschieden\w*|uit dienst|départ de|guest (?:wi-?fi|account|access)|extension \d+|
      nebenstelle\w*|toestelnummer|poste \d+|voicemail|signature\w*|signatur\w*|handtekening|name change|heißt jetzt|heisst jetzt|married|
      moved? desks?|out.of.office|abwesenheit\w*|afwezigheid\w*|
      restore (?:a|the|his|her|that)? ?(?:deleted|old)? ?(?:file|folder|mail|document|spreadsheet)\w*|deleted (?:file|folder|mail))\b`,
  ),
  said(
    'service_request',
    4,
    String.raw`
      \b(?:please (?:install|add|give|grant|create|set up|order|enable|release)|pls (?:install|add|give|create)|
      install \w+.{0,40} (?:on|for)|
      needs? (?:read|write|access|an? .{0,30}(?:laptop|monitor|phone|account|mailbox|login|licen[cs]e|printer|share|folder|group|list))|
      need (?:read|write|access)|access (?:to|for)|
      (?:grant|give|add) \w+.{0,40} (?:access|rights|permission\w*|to the (?:group|list|team|mailbox))|full access|
      enable \w+.{0,20} (?:again|account)|re-?enable|zugriff (?:auf|für)|toegang (?:tot|voor)|accès (?:à|au|aux|pour)|rechte (?:auf|für)|
      richte?t? .{0,40} ein|crée|créer|anlegen|anzulegen|aanmaken|aanvraag|request(?:ed|s)?|wants? (?:a|an|the|to have)|would like|
      asks? for|hätte gern|möchte|wünscht|braucht|bräuchte|heeft .{0,30} nodig|a besoin|souhaite|map (?:a|the) (?:drive|printer)|
      drive [a-z]:|new (?:folder|group|share|list|contact|team|channel|room|printer)|set (?:him|her|them) up|
      set up .{0,30}(?:for|mailbox|phone|laptop|account|printer)|left the (?:company|firm|practice|business)|
      leaving (?:us|on|the|friday|today)|terminat(?:ed|ion)|calendar (?:access|permissions?)|shar(?:e|ed) .{0,20}calendar|
      forward(?:ing)? (?:for|to|on|his|her)|convert .{0,30}to (?:a )?shared|add (?:him|her|them|\w+) to|remove (?:him|her|them|\w+) from|
      unblock|permissions? (?:to|on|for)|room mailbox|teams? channel|quote for|new phone|
      replacement (?:phone|mouse|keyboard|headset|monitor)|headset|neue[rn]? (?:ordner|gruppe|freigabe)|nieuwe (?:map|groep|lijst)|
      nouveau (?:dossier|groupe|partage)|fängt .{0,30}an\b|beginnt (?:am|op|morgen)|commence (?:le|lundi|demain)|freischalt\w*|
      compte (?:pour|de|stagiaire)|account (?:for|voor|für)|konto für|bitte|s'il (?:te|vous) plaît|svp|stp|alsjeblieft|graag|could you|
      can you|can (?:she|he|they|we|i) (?:get|have)|(?:lese|schreib|lees|schrijf)recht\w*|schreiben nur|lecture seule|droits? d|
      language pack|taal|sprachpaket|rename|forward (?:his|her|their|the) mail|release .{0,30}quarantine)\b`,
  ),
  ran(
    'service_request',
    2,
    String.raw`
      \b(?:New-ADUser|Enable-ADAccount|Disable-ADAccount|Set-ADAccountPassword|Unlock-ADAccount|Add-ADGroupMember|Remove-ADGroupMember|
      New-Mailbox|Set-Mailbox|Add-MailboxPermission|Add-RecipientPermission|Add-MailboxFolderPermission|New-DistributionGroup|
      Add-DistributionGroupMember|Set-MgUserLicense|New-MgUser|Update-MgUser|New-MgGroupMember\w*|Set-MsolUserLicense|New-MsolUser|
      Release-QuarantineMessage|net user \S+|useradd|adduser|usermod|smbpasswd|samba-tool user|winget install|choco install|msiexec \/i|
      Add-Printer)\b`,
  ),

  // A configuration is changed on purpose.
  said(
    'change',
    4,
    String.raw`
      \b(?:cr-?\d+|cab|as (?:planned|scheduled|per the change)|per change|(?:tonight'?s|the|our|this) (?:change )?window|repoint|
      failover to|open (?:up )?(?:tcp|udp|port)|enforce\w*|
      (?:add|update|create|remove|delete|change) (?:a |an |the |that |new )*(?:\w+ )?(?:record|route|vlan|ssid|rule|policy|scope|reservation|exception|exclusion|trunk|forwarder|alias|gpo|task)|
      change (?:is|was|request|ticket|window|#|no\.?|\w+ approved)|chg-?\d+|rfc-?\d*|change \d+|as approved|freigabe liegt vor|
      akkoord van|fine.?grained|password policy|kennwortrichtlinie\w*|wachtwoordbeleid|approved (?:by|change)|freigegeben|genehmigt|
      goedgekeurd|approuvé\w*|night change|gpo|group policy|gruppenrichtlinie\w*|groepsbeleid|stratégie de groupe|conditional access|
      ipsec|vpn tunnel|site.to.site|vlan\w*|port.?forward\w*|portweiterleitung\w*|redirection de port|bovpn|ikev[12]|ike|
      phase [12] proposal|aes-?256|encryption domain|(?:firewall|transport|mail ?flow|inbox|nat|acl) (?:rule|policy|regel\w*)|règle\w*|
      dns record\w*|(?:a|aaaa|cname|mx|txt|srv|ptr).?records?|cname|mx|spf|dkim|dmarc|reverse proxy|load balancer|
      dhcp (?:scope|reservation|option|bereich)|dhcp.?(?:scope|reservation)s?|subnet|static route|static ip|feste ip|vast ip\w*|ip fixe|
      retention(?: (?:policy|period))?|abgesprochen|abgestimmt|wie (?:bestellt|beauftragt)|besteld|a validé|validé\w*|commandé\w*|
      le client veut|customer wants|client wants|kunde will|klant wil|wartungsfenster\w*|onderhoudsvenster|fenêtre de maintenance|
      split.?tunnel\w*|full tunnel|redirect\w*|redirige\w*|umleit\w*|rewrite rule\w*|cron(?:job|tab)?|gäste-?(?:wlan|netz)|
      guest (?:network|wlan|vlan)|trennen|getrennt|isolat\w*|bandwidth|qos|mtu|ttl|snapshot schedule|backup (?:window|schedule|job)|
      maintenance window|ssid|wi-?fi password|whitelist\w*|allow.?list\w*|exclusion\w*|quota\w*|timeout to)\b`,
  ),
  said(
    'change',
    2,
    String.raw`
      \b(?:approved|as agreed|wie (?:besprochen|vereinbart)|zoals (?:afgesproken|besproken)|comme convenu|build|configure|konfigurier\w*|
      configurer|inrichten|einrichten|restrict|limit|allow|block(?:ed)?|sperren|gesperrt|blokkeren|bloquer|close port|open port|raise|
      increase|extend|expand|enlarge|erhöh\w*|vergrö\w*|erweiter\w*|verhoog\w*|vergroot\w*|uitbreid\w*|augment\w*|agrandir|
      switch .{0,30} to|move .{0,40} to|from .{1,40} to|change .{1,40} to|instead of|set .{1,40} to|point .{1,40} to|umstell\w*|umbau\w*|
      änder\w*|wijzig\w*|aanpass\w*|verplaats\w*|modifi\w*|changer|basculer|turn (?:on|off)|disable|activate|deactivate|own certificate|
      serve[sd]?|schedule|second (?:disk|nic|dc)|add .{0,20}(?:disk|ram|memory|cpu|rule|record|route|scope))\b`,
  ),
  ran(
    'change',
    2,
    String.raw`
      \b(?:New-GPO|Set-GPRegistryValue|New-GPLink|config (?:firewall|vpn|system|router)|set-src|configure terminal|conf t\b|
      New-NetFirewallRule|Set-NetFirewallRule|netsh advfirewall|ufw (?:allow|deny)|iptables -[AI]|nft add|Add-DnsServer\w*|
      Set-DnsServer\w*|dnscmd|nsupdate|Add-DhcpServer\w*|Set-DhcpServer\w*|New-DhcpServer\w*|New-TransportRule|Set-TransportRule|
      New-\w*ConditionalAccess\w*|Set-OrganizationConfig|certbot certonly|New-VM\b|Set-VM\w*|Resize-\w+|lvextend|resize2fs|xfs_growfs|
      New-Partition|switchport|vlan \d+|ip route add|netplan apply|nmcli con\w* (?:mod|add)|a2ensite|
      set (?:firewall|interfaces?|system|service|protocols|security|vpn|nat)|sed -i|crontab|tee (?:-a )?\/etc|
      New-(?:NetNat|NetRoute|NetIP|NetLb|Smb|ScheduledTask|ItemProperty)\w*|reg add|setsebool|sysctl -w|esxcli .{0,60} set|
      uci (?:set|commit)|write memory|copy run\w* start\w*|interface \S+ (?:disable|enable))\b`,
  ),

  // What is done regularly.
  said(
    'maintenance',
    5,
    String.raw`
      \b(?:patch\w*|(?:windows|monthly|weekly|quarterly|security|package|apt|yum|dnf|linux|kernel) updates?|
      updates? (?:for|on|für|voor|pour|von|van)|(?:cumulative|cu|hotfix|security fix)\w* .{0,30}(?:install|einspiel)\w*|einspiel\w*|
      monthly|quarterly|weekly|patch(?:es)?|patch tuesday|regular|clear (?:out )?(?:temp|old|the (?:temp|logs?|cache))|
      (?:delete|remove|archive) (?:the )?(?:old|stale|unused|temp)|reboots? (?:after|for|the servers)|
      backup (?:verification|check|review)|verify (?:the )?backups?|reindex\w*|checkdb|review (?:the )?(?:logs|alerts|backups)|
      ups batter\w*|morning checks?|daily checks?|checks? (?:on|of|for) all|yearly|annual|routine|house.?keeping|clean.?up|
      clean (?:out|the|old)|aufräum\w*|opschon\w*|opruim\w*|nettoy\w*|nettoyage|\w*wartung(?!sfenster)(?:en)?|onderhoud(?!svenster)\w*|
      maintenance(?! window)|monatlich\w*|wöchentlich\w*|vierteljährlich\w*|quartals\w*|maandelijks\w*|wekelijks\w*|kwartaal\w*|
      mensuel\w*|trimestriel\w*|hebdomadaire\w*|mises? à jour|aktualisier\w*|bijwerken|updaten|restore test|test restore|
      wiederherstellungstest|rücksicherungstest|hersteltest|health ?check|sanity check|check.?up|
      check (?:the|all) (?:backups?|disks?|raid)|contrôle\w*|controle\w*|kontroll\w*|prüfung|überprüf\w*|nakijken|renew\w*|erneuer\w*|
      verleng\w*|verlänger\w*|renouvel\w*|expir\w*|läuft ab|verloopt|rotate|rotation|defrag\w*|reorg\w*|(?:rebuild|reorganize) index\w*|
      vacuum|scrub\w*|spring.?clean\w*|tidy (?:up)?|tidying|wsus|superseded|jährlich\w*|jaarlijks\w*|annuel\w*|rundgang|checkliste?|
      kontrollgang|ronde|old (?:snapshots?|images?|logs?|profiles?|backups?)|alte (?:snapshots?|images?|logs?|profile|sicherungen)|prune|
      purge\w*|log ?rotat\w*|reboot (?:night|window|round)|(?:patch|update) ?(?:day|night|monday|tuesday|window|abend|avond))\b`,
  ),
  said(
    'maintenance',
    4,
    String.raw`
      \b(?:quarterly|monthly|weekly|yearly|annual|routine|regular|scheduled) (?:\w+ )?(?:patch(?:es|ing)?|updates?|checks?|reboots?|
      clean.?up|maintenance|test|review|round)\b`,
  ),
  said(
    'maintenance',
    3,
    String.raw`
      \b(?:firmware|(?:bios|driver) updates?)\b`,
  ),
  ran(
    'maintenance',
    2,
    String.raw`
      \b(?:Install-WindowsUpdate|Get-WindowsUpdate|Get-WUInstall|Install-WUUpdates|wuauclt|usoclient|
      apt(?:-get)? (?:-\S+ )*(?:upgrade|dist-upgrade|full-upgrade|autoremove)|(?:yum|dnf|zypper) (?:-\S+ )*(?:update|upgrade)|apk upgrade|
      brew upgrade|softwareupdate|smartctl|certbot renew|Optimize-Volume|vacuumlo|logrotate|docker (?:system|image) prune|
      docker compose pull|Remove-WBBackupSet|cleanmgr|defrag|Repair-Volume|Get-StorageReliabilityCounter|zpool scrub|choco upgrade|
      winget upgrade|fwupdmgr|Update-Module|pkg upgrade|pfSense-upgrade|execute restore image)\b`,
  ),

  // Written down.
  said(
    'documentation',
    5,
    String.raw`
      \b(?:document(?:ation|ed|ing)|document (?:the|it|this|how)|dokumentier\w*|dokumentation|doku|documenteer\w*|documenteren|
      documentatie|documenter|write.?up|run ?books?|hand ?book|\w*handbuch|\w*handleiding|manual|\w*anleitung(?:en)?|guide|how it works|
      schreib\w* .{0,40}auf|aufschreiben|opschrijven|schrijf .{0,30}op|écris|écrire|rédige\w*|write (?:it |this |that |them )?(?:down|up)|
      (?:write|make|draft) (?:me |us |them )?(?:a|an|the|one) (?:short |one.?page )?(?:page|guide|sheet|manual|procedure|how.?to|list)|
      (?:port|cable|patch) (?:map|list|plan)|one.?pager|as.?built|hand.?over (?:doc\w*|notes?|pack)|update (?:the |our )?docs?|diagrams?|topology|doc page|readme|sop|wiki|
      knowledge ?base|kb article|how.?to|network (?:diagram|plan|map)|netzplan|netzwerkplan|netwerktekening|schéma|inventar(?:liste)?|
      inventory list|asset list|it glue|hudu|emergency plan|\w*konzept|\w*concept|\w*übersicht|overview|overzicht|cheat.?sheet|
      list of (?:all|ports|users|licen[cs]es)|portlist\w*|poortlijst|port list|notfallplan|noodplan|mode d'emploi|procédure)\b`,
  ),

  ran(
    'documentation',
    3,
    String.raw`
      \b(?:pandoc|mkdocs|drawio|plantuml|mmdc|doxygen)\b`,
  ),
  said(
    'internal',
    4,
    String.raw`
      \b(?:our own|internal(?:ly)?|team meeting|teammeeting|teamoverleg|
      intern(?:e|es|er|en)? (?:check|sitzung|overleg|meeting|besprechung)|time ?sheets?|on.?call|bereitschaft\w*|
      our (?:team|tools?|price|offer|website|onboarding)|we pay|of ours|our (?:\w+ ){0,2}(?:renewals?|subscriptions?|licen[cs]es?|seats|password manager|contract|supplier|bank)|expenses?|spesen|onkosten|notes? de frais|receipts?|timesheets?|
      quarterly figures|our (?:own )?(?:office|invoices?|accounts?|insurance|rmm|psa|stock|van|apprentice|trainee|kpis?|sla)|
      unsere? (?:eigene[nr]?|büro|versicherung|azubi|lehrling|rechnungen)|\w*versicherung will|onze (?:eigen|offerte|facturen)|
      notre (?:propre|bureau|assurance)|price list|training|certification|vacation|urlaub\w*|job (?:ad|interview))\b`,
  ),
  said(
    'development',
    4,
    String.raw`
      \b(?:unit tests?|refactor\w*|pull request|open the pr|merge request|commit|feature branch|endpoint|api client|ci pipeline|regex|
      parser|script .{0,40}(?:parallel|faster|option|flag|csv))\b`,
  ),
  ran(
    'development',
    2,
    String.raw`
      \b(?:git (?:commit|push|checkout -b|switch -c|rebase|merge)|npm (?:test|run|version)|pnpm|yarn (?:test|build)|pytest|go test|cargo|
      dotnet (?:test|build)|tsc|eslint|gh pr)\b`,
  ),
]
