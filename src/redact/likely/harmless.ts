/** What has the shape of a password and is none: paths, versions, code, hosts, and names that carry numbers. */

/** What letters, digits and signs are mixed in without being a password. */
const HARMLESS = new RegExp(
  [
    String.raw`^[-.,:;?)\]}]|^[+~@](?![A-Za-z]{3})|^[*&]`, // flags, cut sentences, globs, pointers
    String.raw`^\d+(?:[.,]\d+)*[-+~%]?[A-Za-z]{0,4}$`, // 100GB, 1.2.3a, 50%
    String.raw`^[vVrR]?\d+(?:[._]\d+)+`, // versions
    '^(?:0x)?[0-9a-fA-F]+(?:[-.:+][0-9a-fA-F]+)*[hL]?$', // hex, MAC, GUID
    String.raw`\.(?:[a-z]{2,4}\d?|json|html|yaml|conf|toml|local|example|internal|node|cjs|mjs|(?<!^[A-Z][a-z]{3,20}\.)\d{1,3})(?:\.gz|\.\d+)*$`, // files, hosts
    String.raw`^\$[A-Za-z_?{(]|[%:/]\$[A-Za-z_]|^%\w+%?$|%[0-9A-F]{2}|%\d*[sdiuxfl]\b|^@\w+$`, // variables, URL encoding, printf, decorators
    String.raw`^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$`, // mail addresses
    String.raw`@[\^~%]|@v?\d+(?:\.[\dx]+)*$|@(?:latest|next|sha256)|^[\w.-]+@[A-Za-z-]+\d{0,2}$|@[\w-]+[#$>%]$`, // package@version, user@host
    String.raw`^\w+[*&]+$|\.\*$|\.!|\*\*|&&|\?\?|!=|==|\+=|\+\+|=>|->|\.\.|--`, // globs, code
    String.raw`^#[\w.-]+$|##|^[a-z]+\$\d+$|_t\*|^\d+-[a-z-]+$|^\d+&[a-z]+$|[a-z](?:V|Sha|Aes|Html|Css|Md|Utf|Ipv|Http|Base|Api|Es)\d|[A-Z]{2,}V\d|\+0x|^[A-Za-z]\w*(?:\.[A-Za-z_]\w*)+\??$|\.[ch]$`, // anchors, comments, dotted names
    String.raw`^&?#?\w+;|&(?:amp|lt|gt|quot|nbsp|#)|\*\d+$|^\w*%[a-z]+\d$|[AaZz]-[Zz]|^[a-z-]+-[a-z]+#\d+$`, // entities
    String.raw`^[a-z']+![A-Z]{1,2}\d{1,4}$`, // cells of a sheet
    String.raw`[?&][\w.-]+=`, // queries of URLs
    String.raw`^\w+(?:-\d+(?:\.\d+)+)|[+~]deb\d|[+~]\d+[.+~-]|^\d+[+~]`, // name-1.2 and other versions
    String.raw`^[\w.-]+[-*]\*$|\.[a-z]{1,4}[#?]|^[\w.-]*[-\d]#[a-z-]+$|#L\d+$|#section`, // globs, places in files, prompts of switches
    String.raw`^[A-Z]{1,8}[-#_]?\d{1,8}[#$!?]*$|^\d+\*|(?:^|-)(?:password|passwd|login|secret|token|user|reset)(?:-|\d?$)`, // WS-0142, KB5034441, WS0142$
    String.raw`^[a-z]{2,12}[_-](?=\w*[a-f])[0-9a-f]{6,}$`, // crd_ab7efe81
    String.raw`^\d+(?:st|nd|rd|th|e|ste|de|er|ème)$`,
  ].join('|'),
)

/** Names of standards and months, and references, which are written in any case: sha256, utf8mb4, Nov-22, Ticket#4821. */
const HARMLESS_NAMES =
  /^(?:(?:bug|issue|pr|ticket|case|rfc|bz|gh|ref|id|call|melding|vorgang|incident|order|job|task|line|step|page|rule|item|room|kamer)s?[#-]?#?\d+$|x25519\w*|v\d+(?:alpha|beta|rc)\d*$|(?:aarch|socks|compat|arc|asn|cc|auth|ue|ipv)\d\w*(?:-[a-z\d]+)*$|[xh]\d{2,3}$|(?:sha|md|utf|base|ipv|win|aes|rsa|mp|oauth|pass|password|passwd|token|secret|sql|log|tls|ssl|smb|wpa|vlan|eth|ldap|http|usb|cat|python|perl|lua|php|node|java|lib\w{0,12}?|latin|apache|scram-sha|iso|cp|windows|pip)[-_]?\d+(?:[-_.]?[a-z]{1,12}|(?:\.\d+)+)?[$?*]?$|(?:ctrl|alt|shift|cmd|win)[+-]|(?:jan|feb|maa?r|mrt|apr|ma[iyj]|june?|juni?|july?|juli?|aug|sept?|o[ck]t|nov|de[cz])[-_./]?\d{1,2}(?:[-_./]\d+)?$)/

/** Words that carry numbers in every network: `Switch-12`, `Server2019`, `printer04`. */
const TECHNICAL_WORDS: ReadonlySet<string> = new Set(
  [
    'building|gebäude|bâtiment|dock|server|srv|host|node|web|mail|file|print|printer|laptop|desktop|notebook|client|workstation|switch|router|firewall|access|point|edge|core|port|ports|slot|unit|stack|site|floor|rack|zone|room',
    'vlan|ethernet|gigabit|gigabitethernet|fastethernet|tengigabitethernet|interface|bond|bridge|tunnel|loopback|wlan|radio|disk|drive|volume|part|partition|raid|array|thread|process|worker|channel|queue|pool|shard|replica|cluster|instance|guest|container|image|layer|spooler|intranet|domain|network|sensor|camera|phone|handset|extension|line|trunk|toestel|werkplek',
    'iphone|ipad|ipod|galaxy|pixel|latitude|optiplex|precision|thinkpad|thinkcentre|elitebook|probook|elitedesk|prodesk|surface|macbook|laserjet|officejet|kyocera|ricoh|canon|epson|konica|fritzbox|synology|qnap|unifi|mikrotik|zyxel|draytek|juniper|sophos|watchguard|poweredge|proliant|nexus|microsoft|samsung|epyc|xeon|ryzen|geforce|quadro|radeon|terminal|forward|pkcs|xlib|vrijdag|friday|covid|cad|badge|pilot|story|epic|sprint|mlkem|wifi|ipv|html|css|parse|sha|base|utf|latin|zaal|raum|salle|hal|gate|bus|tram|lijn|linie|ligne|highway|playlist|hits|kanal|kanaal|seite|pagina|les|cursus|kurs|lektion|band|boek|buch|livre|tape|suite|center|centre|studio|creator|vision|designer|enterprise|professional|standard|datacenter|scanner|titel|lied|song|track|kassa|toestel|tafel|stand|fach|lade|regal|palette|haus|huis|block|turm|wohnung',
    'windows|office|ubuntu|debian|centos|fedora|python|exchange|outlook|word|excel|android|macos|firefox|chrome|edge|java|node|powershell|apache|mysql|sqlite|oracle|postgres|mariadb|tomcat|nginx|cisco|aruba|fortigate|vmware|hyperv|citrix|teams|sharepoint|onedrive|adobe|acrobat|autocad|revit|solidworks|navision|zoom|skype|slack|veeam|acronis|webex',
    'version|release|build|update|patch|hotfix|service|pack|edition|beta|alpha|preview|rev|revision|draft|level|phase|stage|step|section|chapter|table|figure|appendix|type|class|group|user|login|test|testing|temp|backup|copy|snapshot|sample|example|demo|data|dataset|folder|page|row|column|item|entry|field|param|parameter|argument|extra|value|key|token|index|offset|block|sector|frame|packet|message|event|error|code|status|task|job|batch|run|session|request|response|query|hello|world|flag|mode|option|label|tag|name|address|string|object|buffer|local|live|stap|fase|deel|versie|teil|schritt|etape|hash|proc|core|base|model|serial|series|gen|generation|covid|gateway|gebruiker|gebruikers|benutzer|utilisateur|dispatcher|wrapper|exact|dell|drucker|serveur|stufe|users|vpn|app|billing|fotos|photos|images|documents|documenten|brother|lenovo|philips|samsung|area|team|device|license|licence|invoice|order|issue|ticket|case',
    'prod|production|staging|acceptance|dev|development|deploy|kiosk|project|projects|projecten|projekt|projet|customer|klant|klanten|kunde|kunden|vestiging|locatie|kantoor|filiaal|standort|gebouw|etage|ruimte|begroting|budget|offerte|offertes|factuur|facturen|rechnung|rechnungen|angebot|facture|devis|tekeningen|archief|archiv|personeel|personal|planning|rapport|rapportage|report|bericht|marketing|verkoop|vertrieb|einkauf|inkoop|magazijn|finance|finanzen|sales|export|import|contract|notulen|jaarverslag|quarter|kwartaal|week|maand|summary|presentatie|teamleider|licentie|lizenz',
  ].flatMap((line) => line.split('|')),
)

/** Whether a text is of a sort that mixes letters, digits and signs without being a password. */
export const isHarmless = (value: string): boolean => HARMLESS.test(value) || HARMLESS_NAMES.test(value.toLowerCase())

/** Whether a text begins with a word that carries numbers in every network. */
export const startsTechnical = (value: string): boolean =>
  isTechnicalWord((/^[A-Za-z]+/.exec(value)?.[0] ?? '').toLowerCase())

/** Compounds too: `Vergaderruimte5`, `Hoofdgebouw2`. */
const isTechnicalWord = (word: string): boolean => TECHNICAL_WORDS.has(word) || /(?:ruimte|lokaal|gebouw)$/.test(word)
