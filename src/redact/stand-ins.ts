import { wordSet } from './names/words.ts'

/** What tells the reader to write something there, and whose it is to be. */
const TASKS = wordSet(
  'change changeme changeit replace replaceme fill fillin insert fixme todo tbd tba invullen vul invul wijzig wijzigen wijzigmij aanpassen',
  'bitte aendern ändern eintragen einsetzen ersetzen ausfüllen anpassen modifier changer remplacer définir renseigner example sample',
  'cambiar cambiame alterar mudar cambiare ændre ändra zmień změnit vaihda',
  'placeholder voorbeeld beispiel exemple your dein ihr jouw votre ton',
)
const REST = wordSet(
  'me mij mich moi this dit it in here hier ici with the a an to à de het een la le later please svp aub before after use own new secret',
  'secure strong pass password passwd pwd pw wachtwoord kennwort passwort mdp mot passe token key keys apikey api psk wlan wifi ssid',
  'schluessel schlüssel sleutel clé cle db database root admin user value waarde wert valeur geheim muss moet must noch nog aqui aquí qui her här tu su contraseña senha',
)
/** What is said of a secret instead of it. */
const STATES = wordSet(
  'unverändert ungeändert ongewijzigd inchangé bekannt unbekannt bekend onbekend inconnu known tbc n.v.t nvt entfällt idem dito zelfde',
  'hidden verborgen ausgeblendet versteckt masqué caché afgeschermd geschwärzt agreed afgesproken vereinbart convenu keiner geen leeg leer vide vacant',
)

/** Whether words stand for a secret that somebody has yet to write: `BITTE_AENDERN`, `vul-in`, `@@DB_PASS@@`, `***removed***`, `unverändert`. */
export function isStandIn(value: string): boolean {
  if (value.length > 60) return false
  if (/^[@_%#*]/.test(value) && /^([@_%#])\1.{1,50}\1\1$|^\*{2,}[A-Za-z _-]+\*{2,}$/.test(value)) return true
  const plain = value.toLowerCase().replace(/^[<([{*#"']+|[>)\]}*#"'.!]+$/g, '')
  if (STATES.has(plain)) return true
  const words = plain.split(/[\s_-]+/)
  return words.some((word) => TASKS.has(word)) && words.every((word) => TASKS.has(word) || REST.has(word))
}
