import { ran, type Sign, said } from './kinds-of-work.ts'

/** What tells that something is wrong: security, problems and incidents. */
export const SIGNS_OF_TROUBLE: readonly Sign[] = [
  // Somebody got in, or could.
  said(
    'security',
    6,
    String.raw`
      \b(?:phish\w*|\w*stealer|(?:typed|entered|gave|submitted) (?:his|her|their|the) (?:password|credentials|login|mfa code)|(?:sign|log).?ins? from (?:an? |some )?(?:\w+ ){0,2}(?:in|abroad|country|address|romania|russia|nigeria|china)|(?:high|critical) alert|auditors?|everyone (?:has|had|can)|full control|could (?:read|see|open) (?:salar\w*|everything|all|the payroll)|close (?:that|the|this) hole|malware|ransom\w*|trojan\w*|compromis\w*|hacked|hacker\w*|breach(?:ed)?|gehackt|piraté\w*|piratage|hameçonnage|
      schadsoftware|infected|infiziert|besmet|intrus(?:ion|o|er)\w*|infostealer|spyware|keylogger|botnet|crypto.?miner\w*|virus\w*|
      brute.?force\w*|password spray\w*|pen.?test\w*|cve(?:-\d[\d-]*)?s?|rce|zero.?day|0.?day|exploit\w*|backdoor\w*|webshell\w*|bec|
      business email compromise|spoof\w*|rogue|malicious\w*|dark.?web|
      (?:edr|defender|sentinel|sophos|crowdstrike|huntress|av) (?:alert|detection|flagged|alarm)|
      isolate (?:the |that |her |his )?(?:host|machine|laptop|pc|endpoint|workstation)|webshells?|deceptive site|black.?list(?:ed|s)?|
      blocklist(?:ed)?|defac\w*|exfiltrat\w*|quarantined? .{0,30}threat|threat\w*|shodan|harden\w*|härt(?:en|ung)\w*|durci\w*|vulnerab\w*|
      kwetsba\w*|schwachstell\w*|vulnérab\w*|security (?:audit|finding|scan|baseline|incident)|siem|advisory|
      (?:private|api|access) key .{0,40}(?:public|leak\w*|pushed|exposed)|public repo)\b`,
  ),
  said(
    'security',
    4,
    String.raw`
      \b(?:revoke .{0,20}sessions?|sign .{0,20}out everywhere|stale (?:accounts?|admins?)|
      (?:admin|privileged) (?:rights|accounts?|access) (?:review|audit)|access review|
      audit .{0,30}(?:admins?|permissions|rights|accounts)|who has (?:domain )?admin|sicherheitslücke\w*|beveiligingslek\w*|faille\w*|
      sind wir betroffen|are we (?:affected|vulnerable)|stolen|gestohlen\w*|gestolen|volée?s?|spam(?:mer|ming)? (?:from|sent)|
      someone (?:got|logged) in(?:to)?|local admins?|bitlocker|attack surface|edr|suspicious|verdächtig\w*|verdachte?|risky|
      (?:impossible|atypical) travel|leaked|geleakt|exposed to the internet|open (?:to|from|on) the internet|sur internet|
      aus dem internet|vanaf internet|mfa (?:fatigue|bombing)|(?:unknown|foreign|strange|unbekannte\w*|vreemde) (?:sign|log).?ins?|
      fremde anmeldung\w*|(?:failed|fehlgeschlagene\w*|mislukte) .{0,20}(?:sign|log).?(?:ins?|ons?)|fehlanmeldung\w*|tls ?1\.[01]|
      smb ?v?1|ntlm|llmnr|laps)\b`,
  ),
  ran(
    'security',
    2,
    String.raw`
      \b(?:Revoke-(?:Mg|AzureAD)\w*Session\w*|Get-MgAuditLogSignIn|Search-UnifiedAuditLog|Get-MgRiskyUser|Start-MpScan|Get-MpThreat\w*|
      fail2ban\w*|rkhunter|chkrootkit|clamscan|lynis|auditctl|Get-MpComputerStatus)\b`,
  ),

  // The cause behind several incidents.
  said(
    'problem',
    6,
    String.raw`
      \b(?:l'origine|d'où vient|origin|look for (?:the |a )?(?:pattern|common)|what they have in common|get to the bottom|root cause|common cause|underlying|cause racine|cause commune|known error|ursache\w*|grondoorzaak|oorzaak|find out why|
      nicht nur (?:wieder )?neu ?starten|niet alleen herstarten|pas (?:juste|seulement) (?:redémarrer|relancer)|
      problem (?:record|ticket|management)|rca|
      (?:find|trace|identify|track down|hunt|look for) (?:out )?(?:the|its) (?:\w+ )?(?:source|cause|reason|culprit|trigger)|
      where (?:does|do|is) (?:it|this|that|they) com(?:e|ing) from|what (?:causes|is causing|triggers|makes)|figure out why|
      woran (?:es )?lieg\w*|woher (?:das )?komm\w*|waar (?:dat|het|dit) vandaan|waardoor|d'où (?:ça|cela) vient|once and for all|for good|
      dauerhaft|permanent(?:e|ly)? (?:fix|lösung|solution)|définitivement|
      we (?:just|always|only) (?:restart|reboot|unlock|reset|reconnect)|(?:each|every) time (?:we|they|someone))\b`,
  ),
  said(
    'problem',
    4,
    String.raw`
      \b(?:(?:second|third|fourth|fifth|2nd|3rd|4th|5th) (?:time|ticket|\w+ ticket|incident|outage|week)|
      zum (?:\d+\.|zweiten|dritten|vierten|fünften|x-ten) mal|(?:tweede|derde|vierde|\d+e) keer|
      (?:deuxième|troisième|quatrième|\d+e) fois|recurring|recurrent|récurrent\w*|wiederkehrend\w*|terugkerend\w*|again and again|
      immer wieder|steeds weer|keeps? (?:coming back|happening)|every (?:night|monday|tuesday|wednesday|thursday|friday|week|few days)|
      jede (?:nacht|woche)|elke (?:nacht|week)|chaque (?:nuit|semaine)|pattern|
      (?:second|third|fourth|2nd|3rd|4th) (?:day|night|month) (?:running|in a row)|(?:dritte|vierte)[rs]? (?:tag|woche|monat) in folge|
      does (?:it|this|that) happen|keeps? happening|happens (?:again|every|each)|
      \d+ (?:tickets?|times|calls|incidents?|mal|keer|fois)(?: (?:since|in|this|seit|sinds|depuis|now))?|
      (?:for|since) (?:(?:two|three|four|five|six|\d+|several|some) )?(?:weeks|months|days now)|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:tickets?|times|calls|incidents?)|(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn) (?:tickets?|mal)|(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien) (?:tickets?|keer)|(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix) fois|depuis (?:deux|trois|quatre|\d+) (?:semaines|mois)|seit (?:zwei|drei|vier|\d+) (?:wochen|monaten)|al (?:twee|drie|vier|\d+) (?:weken|maanden)|ça revient|comes? back|kommt (?:immer )?wieder|komt (?:steeds )?terug|presque tous les|nearly every|almost every|fast jede\w*|bijna elke|seit (?:wochen|monaten)|sinds (?:weken|maanden)|al (?:weken|maanden)|
      depuis des (?:semaines|mois)|alle paar (?:tage|stunden|wochen)|om de (?:paar|zoveel)|tous les (?:jours|matins|deux jours)|
      every (?:morning|few (?:hours|weeks)|other day|couple of days)|always at|(?:locked|kicked|logged|dropped) out again|yet again|
      same (?:issue|error|problem|thing) (?:again|as)|random(?:ly)?|sporadi\w*|intermitt\w*|irgendwann wieder)\b`,
  ),
  said(
    'problem',
    2,
    String.raw`
      \b(?:why|warum|wieso|weshalb|waarom|pourquoi|again|wieder|weer|à nouveau)\b`,
  ),

  // Something is broken.
  said(
    'incident',
    4,
    String.raw`
      (?:\b(?:unable to|no phones?|dead line|crawls?|crawling|getting (?:an |the |this )?error\w*|keeps? (?:getting|losing|popping)|
      nothing (?:prints|happens|loads|opens|comes)|(?:aren|wasn|weren|hasn|haven|shouldn|ain)'?t|
      not (?:booting|showing|getting|receiving|connecting|charging|ringing|mapping|recogni[sz]ed|detected)|no dial ?tone|boot loop|
      backed up in|(?:jobs?|backups?|replication|sync) (?:is |are |has |have )?(?:failed|failing|broken|stuck)|high cpu|
      (?:cpu|memory|ram) (?:at|pegged|maxed|full)|pegged|maxed out|disappeared|vanished|
      (?:files?|mails?|emails?|icons?|folders?) (?:are |is )?(?:gone|missing)|kicking|power (?:outage|cut|failure)|tripped|can'?t|cannot|
      can not|couldn'?t|won'?t|wont|doesn'?t|doesnt|don'?t (?:get|see|work|print|open|arrive|receive|load)|isn'?t|
      not (?:working|going|opening|printing|saving|sending|starting|syncing|responding|reachable|possible|coming|loading|arriving)|
      no longer|(?:does|do|did) not|any ?more|nicht mehr|niet meer|stopped|stuck|broken|crash\w*|hangs?|hanging|freez\w*|frozen|
      (?:is|are|was|went|goes|been) (?:down|offline|slow|dead|black|blank)|offline|outage|unreachable|bounc\w*|drops?|dropping|dropped|
      kicks?|kicked|disconnect\w*|logs? (?:them|him|her|us|people) out|
      keeps? (?:asking|crashing|failing|dropping|stopping|rebooting|locking|disconnecting)|asks? .{0,20}(?:at )?every|no space left|
      degraded|loop(?:s|ing)?|disk (?:is )?full|times? out|timeouts?|timed out|corrupt\w*|fails|failing|failed|failure|errors?|alarm|
      read.?only|nobody|no one|noone|blue.?screen|bsod|dead|beeps?|beeping|smells?|flicker\w*|
      no (?:network|internet|connection|sound|signal|mail|power|ip|access since)|(?:http |error |status )?50[0234]|went dark|unresponsive|
      not found anymore|garbled|missing since|panick?ing|oom|out of (?:memory|space|inodes)|segfault\w*|suspect\b(?! mail)|refus(?:es|ed)|
      rejected|denied since|deadlock\w*|split.?brain|unhealthy|red light|makes? noise|leak(?:s|ing)|
      lost (?:its|the|their|network|connection))\b)`,
  ),
  said(
    'incident',
    4,
    String.raw`
      (?:geht nicht|gehen nicht|geht nichts|funktionier\w* nicht|läuft nicht|laufen nicht|startet nicht|druckt nicht|kommt nicht|
      kommen nicht|öffnet nicht|keine? (?:verbindung|mails?|anmeldung|netzwerk\w*|netz|internet|ton)|\b(?:fehler\w*|fehlgeschlagen\w*|
      mislukt|échoué\w*|störung\w*|gestört|kaputt|abgestürzt|stürzt|hängt|hängen|ausgefallen|ausfall|tot|steht|spinnt|werkt niet|
      werken niet|doen het niet|doet het niet|storing\w*|kapot|vastgelopen|foutmelding|fout|lukt niet|
      geen (?:verbinding|internet|netwerk|mail)|plat|uitgevallen|en panne|panne|
      ne (?:marche|fonctionne|répond|démarre|s'ouvre|s'allume|passe|part)\w*|n'arrive(?:nt)? (?:plus|pas)|n'imprime\w*|impossible|
      bloquée?s?|erreur|plante\w*|coupé\w*|hors service|ohne (?:netz|internet|strom|ton|telefon|verbindung|mail)|
      zonder (?:internet|netwerk|stroom|telefoon)|sans (?:réseau|internet|courant|téléphone)|findet .{0,40}nicht|vindt .{0,40}niet|
      ne trouve\w* (?:plus|pas)|verschwunden|leer|hakt|ruckelt|aufgehängt|eingefroren|meckert|piept|blinkt|loopt vast|doet niks|gaat niet|
      kan niet (?:inloggen|printen|mailen|bij)|plus (?:de|d')\s?(?:réseau|internet|mail|son|accès)|ralenti\w*|figé\w*|tombée?s?|planté\w*|
      à l'arrêt)\b)`,
  ),
  said(
    'incident',
    2,
    String.raw`
      \b(?:slow|langsam|traag|lent\w*|full disk|disk (?:is )?full|disk space|platte voll|schijf vol|low (?:disk|space)|alert\w*|down|lost|
      since (?:\d|this|last|lunch|yesterday|monday|the (?:update|move|weekend))|seit|depuis|sinds|on the phone|waits?|waiting|urgent\w*|
      dringend|spoed|production stands|calls?:?|called|complain\w*|reports?|melden|meldet|klaagt)\b`,
  ),
  ran(
    'incident',
    1,
    String.raw`
      \b(?:Restart-Service|Start-Service|systemctl (?:restart|start|status)|journalctl|Get-WinEvent|Get-EventLog|dmesg|Test-NetConnection|
      mailq|postqueue|sfc \/scannow|chkdsk|Restart-WebAppPool|iisreset|tail -f|rollout (?:restart|status)|
      kubectl .{0,60}(?:logs|describe)|crictl|df -i|net (?:start|stop)|Stop-Process|taskkill|kill -9|show (?:logging|log)|powercfg|w32tm|
      reset (?:interface|port)|fsck|mdadm --(?:add|re-add)|zpool (?:clear|replace|status)|service \S+ (?:restart|start)|rc-service|
      launchctl kickstart)\b`,
  ),
]
