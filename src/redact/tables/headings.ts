import { type Grade, meaningOf } from '../names/vocabulary.ts'
import { LETTER, lazy, wordSet } from '../names/words.ts'

/** A column whose cells are secret. */
export interface SecretColumn {
  index: number
  kind: string
  grade: Grade
  /** Its cells hold the user too: `admin/Zomer41`. */
  isPair: boolean
}

/** Cells that hold a user and a password, or a way in. */
const PAIR = lazy(
  '^(?:access|credentials?|creds?|log ?in ?(?:gegevens|details|data|info)|(?:login|user(?:name)?|gebruiker|benutzer|utilisateur|account) ?[/+&|:] ?(?:pass\\w*|pw|pwd|wachtwoord|ww|passwort|kennwort|mdp|mot de passe)|inlog(?:gegevens)?|(?:web|gui|admin|ssh|rdp|vpn|portal|portaal)[- ]?(?:log ?in|inlog|zugang|toegang)|zugang(?:sdaten)?|toegang|acces|accès|anmeldung|anmeldedaten|identifiants?)$',
  'i',
)
/** Beside one of these a `Key` is the key of a network, and a `Code` opens a door. */
const COMPANY = wordSet(
  'ssid wifi wi-fi wlan netwerk network netzwerk reseau réseau wie who wer qui user username user_name user-name gebruiker gebruikersnaam',
  'benutzer benutzername utilisateur login inlog inlognaam account deur door tür tur porte alarm locatie location site panel zone kluis',
  'kennung gerät geraet box poste machine safe device apparaat host vpn product software licentie license',
)
const OF_COMPANY = wordSet(
  'key code sleutel schlüssel schluessel clé cle secret psk pin entry licence license waarmee hoe how womit openwith using unlock unlockwith',
  'opens openswith togetin getin letsyouin losung parole pourentrer entrer binnenkomen opent opentmet öffnet zumöffnen magicword',
)
/** What opens and shuts is told in figures below it: `Alarm aus`, `Code kluis`, `SIP-auth`. */
const DOOR = lazy(
  `^(?:alarm(?:[ -](?!time|zeit|tijd|type|status|level|id\\b|name|date|message)[${LETTER}]+)?|code (?!postal|pays|page|name|type)[${LETTER}]+|[${LETTER}]+[ -](?:auth|pin|code))$`,
  'i',
)
const HEADING = lazy(`^(?:[${LETTER}_#@][${LETTER}\\d _./#@&+:'’?*-]{0,48}(?: ?\\([^()]{1,30}\\))?|)$`)

/** What else the tables of a technician tell of. A line without one of these is a list of words. */
const OTHER = wordSet(
  'name naam username hostname samname surname nickname displayname vorname nachname anmeldename voorname voornaam achternaam benutzername',
  'familienaam familiename computername accountname loginname givenname lastname firstname inlognaam clientname servername sitename',
  'user gebruiker gebruikersnaam benutzer utilisateur identifiant login logon account konto compte host server ip ipaddress address adres',
  'adresse url uri link website site ssid vlan device apparaat gerät geraet appareil machine computer pc system systeem système client',
  'klant kunde customer title titel titre email mail upn type role rol department afdeling abteilung note notes notitie opmerking',
  'bemerkung remarque remark comment description omschrijving beschreibung id port poort date datum vendor product software locatie',
  'location standort lieu service dienst domain database db where wie who wat what expire expires expiration expirationdate enabled status',
  'group groep folder map path share printer extension toestel nst ext filiale filiaal vestiging kantoor nebenstelle model serial protocol',
  'scope environment omgeving app application applicatie',
)

/** What stands in cells, */
const NO_HEADING = wordSet('yes no true false ja nee nein oui non none null never always ok')
/** and words of a sentence. */
const OF_SENTENCE = wordSet('and or und oder et ou we you may must can is are the kan mag moet darf muss peut')
const NO_LETTERS = lazy(`[^${LETTER}]+`)

const isOther = (name: string): boolean =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(NO_LETTERS())
    .some((word) => OTHER.has(word))

const isNoHeading = (name: string): boolean =>
  NO_HEADING.has(name) || name.startsWith('reg_') || name.split(' ').some((word) => OF_SENTENCE.has(word))

const named = (cells: readonly string[]): string[] => cells.map((cell) => cell.trim().replace(/^["'*`]+|["'*`]+$/g, ''))

/** The secret columns under headings. None when the cells are no headings, or say nothing of a secret. */
export function secretColumns(cells: readonly string[], isRuled: boolean): SecretColumn[] {
  const names = named(cells)
  const lower = names.map((name) => name.toLowerCase())
  if (names.filter((name) => name !== '').length < 2 || !names.every((name) => HEADING().test(name))) return []
  if (lower.some(isNoHeading)) return []
  const hasCompany = lower.some((name) => COMPANY.has(name))
  const columns = names.flatMap((name, index): SecretColumn[] => {
    // `PINCODE 48213` is a name with its value.
    if (/\d{4}/.test(name)) return []
    if (PAIR().test(name)) return [{ index, kind: 'password', grade: 'medium', isPair: true }]
    if (hasCompany && OF_COMPANY.has(name.toLowerCase().replaceAll(' ', '')))
      return [{ index, kind: 'password', grade: 'strong', isPair: false }]
    if (DOOR().test(name)) return [{ index, kind: 'pin', grade: 'medium', isPair: false }]
    const meaning = meaningOf(name)
    return meaning ? [{ index, ...meaning, isPair: false }] : []
  })
  // Two headings that name secrets are no chance.
  const isTable =
    isRuled ||
    (hasCompany && columns.some(({ grade }) => grade === 'strong')) ||
    (columns.length > 1 && names.length > 2) ||
    names.some(isOther)
  return isTable ? columns : []
}

const NAME = wordSet(
  'name key property setting field parameter variable attribute item option label naam eigenschap veld instelling feld eigenschaft',
  'einstellung nom champ propriété paramètre what wat',
)
const VALUE = wordSet('value values data waarde wert valeur content setting current inhoud')

/** Of a table of names and values the two columns. */
export function nameAndValue(cells: readonly string[]): { name: number; value: number } | undefined {
  const names = named(cells).map((cell) => cell.toLowerCase())
  const name = names.findIndex((cell) => NAME.has(cell))
  const value = names.findIndex((cell, index) => index !== name && VALUE.has(cell))
  return name === -1 || value === -1 ? undefined : { name, value }
}
