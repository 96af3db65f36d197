import { pattern, singular, words } from './lazy.ts'

const { raw } = String

/** What has the shape of a password and is none: paths, versions, code, hosts, and names that carry numbers. */

/** With letters and digits alone, whatever signs are between them. */
const HARMLESS = pattern(
  [
    '^(?:0x)?[0-9a-fA-F]+(?:[-.:+][0-9a-fA-F]+)*[hL]?$', // hex, MAC, GUID
    '[a-z](?:V|Sha|Aes|Html|Css|Md|Utf|Ipv|Http|Base|Api|Es)\\d|[A-Z]{2,}V\\d',
    raw`^[A-Z]{1,8}[-#_]?\d{1,8}[#$!?]*$`, // WS-0142, KB5034441, WS0142$
    raw`(?:^|-)(?:password|passwd|login|secret|token|user|reset)(?:-|\d?$)`,
    raw`^[a-z]{1,8}\d{0,3}[-_.]?(?:password|passwd|pwd)$`, // db1password
  ].join('|'),
)

/** What begins with a digit: 100GB, 1.2.3a, 50%, 4th */
const HARMLESS_FIGURE = pattern(
  raw`^\d+(?:[.,]\d+)*[-+~%]?[A-Za-z]{0,4}$|^\d+(?:-[a-z-]+|st|nd|rd|th|e|ste|de|er|ème)$|^\d+(?:[._]\d+)+|^\d+[+~*]`,
)

/** As in `crd_ab7efe81` */
const IDENTIFIER = raw`^[a-z]{2,12}[_-](?=\w*[a-f])[0-9a-f]{6,}$`
const VERSION = raw`^[vVrR]\d+(?:[._]\d+)+`
/** Of these many start none. */
const NOT_FIRST = '(?![A-Za-z]{3})'

/** What each sign does in texts that are no passwords. One pattern of all takes ten times as long to make as the few that are needed. */
const HARMLESS_BY_SIGN = new Map<string, () => RegExp>(
  Object.entries({
    // files, hosts, versions, dotted names
    '.': raw`\.(?:[a-z]{2,4}\d?|json|html|yaml|conf|toml|local|example|internal|node|cjs|mjs|(?<!^[A-Z][a-z]{3,20}\.)\d{1,3})(?:\.gz|\.\d+)*$|\.\.|^[A-Za-z]\w*(?:\.[A-Za-z_]\w*)+\??$|\.[ch]$|^\w+-\d+(?:\.\d+)+|${VERSION}`,
    '-': `--|[AaZz]-[Zz]|${IDENTIFIER}`,
    _: `${IDENTIFIER}|${VERSION}`,
    '!': raw`\.!|!=|^[a-z']+![A-Z]{1,2}\d{1,4}$`, // code, cells of a sheet
    // anchors, comments, entities, places in files, prompts of switches
    '#': raw`^&?#\w+;|^#[\w.-]+$|##|^[a-z-]+-[a-z]+#\d+$|\.[a-z]{1,4}#|^[\w.-]*[-\d]#[a-z-]+$|#L\d+$|#section`,
    $: raw`^\$[A-Za-z_?{(]|[%:/]\$[A-Za-z_]|^[a-z]+\$\d+$`, // variables
    '%': raw`^%\w+%?$|%[0-9A-F]{2}|%\d*[sdiuxfl]\b|^\w*%[a-z]+\d$`, // variables, URL encoding, printf
    '&': raw`^&|^\w+[*&]+$|&&|^\d+&[a-z]+$|&(?:amp|lt|gt|quot|nbsp|#)|&[\w.-]+=`, // pointers, entities, queries of URLs
    '*': raw`^\*|^\w+[*&]+$|\.\*$|\*\*|_t\*|\*\d+$|^[\w.-]+[-*]\*$`, // globs, pointers
    '?': raw`\?\?|\?[\w.-]+=|\.[a-z]{1,4}\?`,
    '+': raw`^\+${NOT_FIRST}|\+=|\+\+|\+0x|\+deb\d|\+\d+[.+~-]`,
    '~': raw`^~${NOT_FIRST}|~deb\d|~\d+[.+~-]`,
    // decorators, mail addresses, package@version, user@host
    '@': raw`^@${NOT_FIRST}|^@\w+$|^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$|@[\^~%]|@v?\d+(?:\.[\dx]+)*$|@(?:latest|next|sha256)|^[\w.-]+@[A-Za-z-]+\d{0,2}$|@[\w-]+[#$>%]$`,
    '=': '==|=>',
    '>': '->',
    ';': raw`^&?\w+;`,
  }).map(([sign, source]) => [sign, pattern(source)]),
)

/** Names that are followed by a number in any case, and what follows them: sha256, utf8mb4, Nov-22, Ticket#4821. */
const NUMBERED: readonly [names: { has: (name: string) => boolean }, number: () => RegExp][] = [
  [
    words(
      'bug issue pr ticket case rfc bz gh ref id call melding vorgang incident order job task line step page rule item room kamer',
    ),
    pattern(raw`^[#-]?#?\d+$`),
  ],
  [words('v'), pattern(raw`^\d+(?:alpha|beta|rc)\d*$`)],
  [words('aarch socks compat arc asn cc auth ue ipv'), pattern(raw`^\d\w*(?:-[a-z\d]+)*$`)],
  [words('x h'), pattern(raw`^(?:\d{2,3}$|25519\w*)`)],
  [
    words(
      `sha md utf base ipv win aes rsa mp oauth pass password passwd token secret sql log tls ssl smb wpa vlan eth ldap http usb cat python perl lua php
       node java latin apache iso cp windows pip`,
    ),
    pattern(raw`^[-_]?\d+(?:[-_.]?[a-z]{1,12}|(?:\.\d+)+)?[$?*]?$`),
  ],
  [words('scram'), pattern('^-sha')],
  [words('ctrl alt shift cmd win'), pattern('^[+-]')],
  [
    words('jan feb mar maar mrt apr mai may maj jun june juni jul july juli aug sep sept oct okt nov dec dez'),
    pattern(raw`^[-_./]?\d{1,2}(?:[-_./]?\d+)?$`),
  ],
]

/** Words that carry numbers in every network: `Switch-12`, `Server2019`, `printer04`. */
const TECHNICAL_WORDS = words(`
  building gebäude bâtiment dock server srv host node web mail file print printer laptop desktop notebook client workstation switch router firewall
  access point edge core port slot unit stack site floor rack zone room vlan ethernet gigabit gigabitethernet fastethernet tengigabitethernet
  interface bond bridge tunnel loopback wlan radio disk drive volume part partition raid array thread process worker channel queue pool shard
  replica cluster instance guest container image layer spooler intranet domain network sensor camera phone handset extension line trunk toestel
  werkplek iphone ipad ipod galaxy pixel latitude optiplex precision thinkpad thinkcentre elitebook probook elitedesk prodesk surface macbook
  laserjet officejet kyocera ricoh canon epson konica fritzbox synology qnap unifi mikrotik zyxel draytek juniper sophos watchguard poweredge
  proliant nexus microsoft samsung epyc xeon ryzen geforce quadro radeon terminal forward pkcs xlib vrijdag friday covid cad badge pilot story epic
  sprint mlkem wifi ipv html css parse sha base utf latin zaal raum salle hal gate bus tram lijn linie ligne highway playlist hits kanal kanaal
  seite pagina les cursus kurs lektion band boek buch livre tape suite center centre studio creator vision designer enterprise professional
  standard datacenter scanner titel lied song track kassa tafel stand fach lade regal palette haus huis block turm wohnung windows office ubuntu
  debian centos fedora python exchange outlook word excel android macos firefox chrome java powershell apache mysql sqlite oracle postgres mariadb
  tomcat nginx cisco aruba fortigate vmware hyperv citrix sharepoint onedrive adobe acrobat autocad revit solidworks navision zoom skype slack
  veeam acronis webex version release build update patch hotfix service pack edition beta alpha preview rev revision draft level phase stage step
  section chapter table figure appendix type class group user login test testing temp backup copy snapshot sample example demo data dataset folder
  page row column item entry field param parameter argument extra value key token index offset sector frame packet message event error code status
  task job batch run session request response query hello world flag mode option label tag name address string object buffer local live stap fase
  deel versie teil schritt etape hash proc model serial series gen generation gateway gebruiker benutzer utilisateur dispatcher wrapper exact dell
  drucker serveur stufe vpn app billing fotos photos documents documenten brother lenovo philips area team device license licence invoice order
  issue ticket case prod production staging acceptance dev development deploy kiosk project projecten projekt projet customer klant klanten kunde
  kunden vestiging locatie kantoor filiaal standort etage begroting budget offerte factuur facturen rechnung rechnungen angebot facture devis
  tekeningen archief archiv personeel personal planning rapport rapportage report bericht marketing verkoop vertrieb einkauf inkoop magazijn
  finance finanzen sales export import contract notulen jaarverslag quarter kwartaal week maand summary presentatie teamleider licentie lizenz`)

/** Whether a text is of a sort that mixes letters, digits and signs without being a password. */
export function isHarmless(value: string): boolean {
  if ('-.,:;?)]}'.includes(value[0] ?? ' ')) return true
  if (/^\d/.test(value) && HARMLESS_FIGURE().test(value)) return true
  if (HARMLESS().test(value)) return true
  if (/[^A-Za-z\d]/.test(value))
    for (const sign of new Set(value)) if (HARMLESS_BY_SIGN.get(sign)?.().test(value)) return true
  return hasHarmlessName(value.toLowerCase())
}

function hasHarmlessName(lower: string): boolean {
  const name = /^[a-z]*/.exec(lower)?.[0] ?? ''
  const rest = lower.slice(name.length)
  if (name.startsWith('lib') && /^lib\w{0,12}?[-_]?\d+(?:[-_.]?[a-z]{1,12}|(?:\.\d+)+)?[$?*]?$/.test(lower)) return true
  return NUMBERED.some(
    ([names, number], at) => (names.has(name) || (at === 0 && names.has(singular(name)))) && number().test(rest),
  )
}

/** Whether a text begins with a word that carries numbers in every network. */
export const startsTechnical = (value: string): boolean =>
  isTechnicalWord((/^[A-Za-z]+/.exec(value)?.[0] ?? '').toLowerCase())

/** Compounds too: `Vergaderruimte5`, `Hoofdgebouw2`. */
const isTechnicalWord = (word: string): boolean =>
  TECHNICAL_WORDS.has(word) || TECHNICAL_WORDS.has(singular(word)) || /(?:ruimte|lokaal|gebouw)$/.test(word)
