import { type Grade, meaningOf } from '../names/vocabulary.ts'

/** A column whose cells are secret. */
export interface SecretColumn {
  index: number
  kind: string
  grade: Grade
  /** Its cells hold the user too: `admin/Zomer41`. */
  isPair: boolean
}

const PAIR =
  /^(?:access|credentials?|creds?|log ?in ?(?:gegevens|details|data|info)|(?:login|user(?:name)?|gebruiker|benutzer|utilisateur|account)[ ]?[/+&|:][ ]?(?:pass\w*|pw|pwd|wachtwoord|ww|passwort|kennwort|mdp|mot de passe)|inlog(?:gegevens)?|(?:web|gui|admin|ssh|rdp|vpn|portal|portaal)[- ]?(?:log ?in|inlog|zugang|toegang)|zugang(?:sdaten)?|toegang|acces|accès|anmeldung|anmeldedaten|identifiants?)$/i
/** Beside one of these a `Key` is the key of a network, and a `Code` opens a door. */
const COMPANY =
  /^(?:ssid|wi-?fi|wlan|netwerk|network|netzwerk|reseau|réseau|wie|who|wer|qui|user(?:[ _-]?name)?|gebruiker(?:snaam)?|benutzer(?:name)?|utilisateur|login|inlog(?:naam)?|account|deur|door|tür|tur|porte|alarm|locatie|location|site|panel|zone|kluis|safe|device|apparaat|host|vpn|product|software|licentie|license)$/i
const OF_COMPANY =
  /^(?:key|code|sleutel|schlüssel|schluessel|clé|cle|secret|psk|pin|entry|licen[cs]e|waarmee|hoe|how|womit|open with|using|unlock(?: with)?)$/i
/** What opens and shuts is told in figures below it: `Alarm aus`, `Code kluis`, `SIP-auth`. */
const DOOR =
  /^(?:alarm(?:[ -](?!time|zeit|tijd|type|status|level|id\b|name|date|message)\p{L}+)?|code (?!postal|pays|page|name|type)\p{L}+|[\p{L}]+[ -](?:auth|pin|code))$/iu
const HEADING = /^(?:[\p{L}_#@][\p{L}\p{M}\d _./#@&+:'’?*-]{0,48}(?: ?\([^()]{1,30}\))?|)$/u

/** What else the tables of a technician tell of. A line without one of these is a list of words. */
const OTHER =
  /(?:^|[^\p{L}])(?:(?:user|host|sam|sur|nick|display|vor|nach|anmelde|voor|achter|benutzer|familie|computer|account|login|given|last|first|inlog|client|server|site|sam ?account)?[ _-]?(?:name|naam)|user|gebruiker(?:snaam)?|benutzer(?:name)?|utilisateur|identifiant|login|logon|account|konto|compte|host|hostname|server|ip|ip[ _-]?address|address|adres|adresse|url|uri|link|website|site|ssid|vlan|device|apparaat|gerät|geraet|appareil|machine|computer|pc|system|systeem|système|client|klant|kunde|customer|title|titel|titre|e-?mail|mail|upn|type|role|rol|department|afdeling|abteilung|notes?|notitie|opmerking|bemerkung|remarque|remark|comment|description|omschrijving|beschreibung|id|port|poort|date|datum|vendor|product|software|locatie|location|standort|lieu|service|dienst|domain|database|db|where|wie|who|wat|what|expires?|expiration\w*|enabled|status|group|groep|folder|map|path|share|printer|extension|toestel|nst|ext|filiale|filiaal|vestiging|kantoor|nebenstelle|model|serial|protocol|scope|environment|omgeving|app|application|applicatie)(?:$|[^\p{L}])/iu

/** What stands in cells, and words of a sentence. */
const NO_HEADING =
  /^(?:yes|no|true|false|ja|nee|nein|oui|non|none|null|never|always|ok|reg_[a-z_]+)$|(?:^| )(?:and|or|und|oder|et|ou|we|you|may|must|can|is|are|the|kan|mag|moet|darf|muss|peut)(?: |$)/i

/** The secret columns under headings. None when the cells are no headings, or say nothing of a secret. */
export function secretColumns(cells: readonly string[], isRuled: boolean): SecretColumn[] {
  const names = cells.map((cell) => cell.trim().replace(/^["'*`]+|["'*`]+$/g, ''))
  if (names.filter((name) => name !== '').length < 2 || !names.every((name) => HEADING.test(name))) return []
  if (names.some((name) => NO_HEADING.test(name))) return []
  const hasCompany = names.some((name) => COMPANY.test(name))
  const columns = names.flatMap((name, index): SecretColumn[] => {
    if (PAIR.test(name)) return [{ index, kind: 'password', grade: 'medium', isPair: true }]
    if (hasCompany && OF_COMPANY.test(name)) return [{ index, kind: 'password', grade: 'strong', isPair: false }]
    if (DOOR.test(name)) return [{ index, kind: 'pin', grade: 'medium', isPair: false }]
    const meaning = meaningOf(name)
    return meaning ? [{ index, ...meaning, isPair: false }] : []
  })
  // Two headings that name secrets are no chance.
  const isTable =
    isRuled ||
    (hasCompany && columns.some(({ grade }) => grade === 'strong')) ||
    (columns.length > 1 && names.length > 2) ||
    names.some((name) => OTHER.test(name.replace(/([a-z])([A-Z])/g, '$1 $2')))
  return isTable ? columns : []
}

const NAME =
  /^(?:name|key|property|setting|field|parameter|variable|attribute|item|option|label|naam|eigenschap|veld|instelling|feld|eigenschaft|einstellung|nom|champ|propriété|paramètre|what|wat)$/i
const VALUE = /^(?:value|values|data|waarde|wert|valeur|content|setting|current|inhoud)$/i

/** Of a table of names and values the two columns. */
export function nameAndValue(cells: readonly string[]): { name: number; value: number } | undefined {
  const names = cells.map((cell) => cell.trim().replace(/^["'*`]+|["'*`]+$/g, ''))
  const name = names.findIndex((cell) => NAME.test(cell))
  const value = names.findIndex((cell, index) => index !== name && VALUE.test(cell))
  return name === -1 || value === -1 ? undefined : { name, value }
}
