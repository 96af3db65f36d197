import { type Lazy, lazy, wordSet } from './names/words.ts'
import { isStandIn } from './stand-ins.ts'

/** What stands after "password:" in forms, code, logs and tables without being one. */
const STOP_WORDS = wordSet(
  'null none nil undefined true false yes no on off ja nein nee oui non required optional unknown empty blank hidden masked',
  'redacted removed omitted stripped gemaskeerd weggelaten verwijderd maskiert entfernt supprimé string str text varchar',
  'nvarchar char bool boolean int integer number object any bytes buffer unset set not changed reset expired expires never',
  'always incorrect wrong invalid valid accepted rejected denied failed failure ok success sent needed protected encrypted',
  'authentication authenticated is was the a an for to enter type input field prompt missing mismatch geaendert geändert',
  'abgelaufen falsch erforderlich gewijzigd verlopen onjuist vereist modifié expiré incorrecte requis disabled enabled',
  'default n/a uint8array arraybuffer securestring pscredential credential async await function new typeof void password',
  'passwd passphrase secret token username value values sorry hudu keeper bitwarden vaultwarden keepass passbolt lastpass',
  'present absent press 1password dashlane itglue obrigatória obligatoria requerida povinné wymagane',
)

/** What begins with a sign and stands for a secret, by that sign. */
const BY_SIGN: Record<string, Lazy> = {
  '%': lazy(String.raw`^%(?:[A-Za-z_]\w*%|\d)$`), // %NAME%, %1
  // The host behind a placeholder, `<user>:<password>@db.example.net/`, and a vault.
  '@': lazy(String.raw`^@(?:(?:[a-z][\w-]*\.)+[a-z]+/?$|Microsoft\.KeyVault\()`),
  $: lazy(String.raw`^\$(?:[A-Za-z_][\w:.]*|\{.*\}?|\(.*|[a-z]\w*\{[^{}]*\})$`), // $name, ${NAME:?not set}, $(command), $keyvault{name}
  '{': lazy(String.raw`^\{+[^{}]*\}*$`), // {{ name }}, {name}
  '<': lazy('^<[^<>]*>?$'), // <your password>
  '[': lazy(String.raw`^\[[^[\]]*\]?$`), // [hidden]
  '(': lazy(
    String.raw`^\((?:(?:hidden|masked|redacted|none|null|empty|unchanged|not (?:set|shown|displayed)|verborgen|leeg|versteckt|leer|masqué|vide)\)?$|Get-(?:Secret|Credential|StoredCredential)\b)`,
    'i',
  ),
  '*': lazy(String.raw`^\*[A-Z]+(?:\*[A-Z]+)*\*$`), // *SENSITIVE*DATA*DELETED*
  '^': lazy(String.raw`^\^[A-Z]$`), // ^C, typed at a prompt
  '!': lazy(String.raw`^!\w+(?: \|)?$`), // YAML tags: !vault
}

const MASK = /^[*•●·…xX#_.?-]+$/
/** What is left of a value to tell it from others: ****1234, a***. */
const PART = lazy(String.raw`^[*•●·]{3,}\w{0,4}$|^\w{0,4}[*•●·]{3,}$`)
const HERE = lazy(
  '^(?:PASSWORT|KENNWORT|WACHTWOORD|MOT_?DE_?PASSE|MDP|(?:PASS(?:WORD|WORT)?|WACHTWOORD|KENNWORT|TOKEN|KEY|SECRET)[-_](?:HERE|HIER|ICI))$',
)
const YOURS = /^(?:your|m[yo]|the|some|mijn|jouw|uw|ihr|[md]ein|votre|ton|insert|enter|replace|put|add|vul|hier)/
const YOUR_PASSWORD = lazy(
  '^[a-z]+?[-_ ]?(?:(?:your|my|the|own|new|secret|very|strong|super|db|database|root|admin|user|api|nieuwe?|sterk|neues?|nouveau|with|in)[-_ ]?){0,4}(?:pass(?:word|wd|phrase|wort)?|pwd|pw|secret|token|api[-_ ]?key|key|wachtwoord|kennwort|geheim|mot[-_ ]de[-_ ]passe|mdp|value)(?:[-_ ]?(?:here|hier|ici|goes[-_ ]here))?$',
)
const VAULTS = wordSet('msp op vault secretref keyvault secretsmanager ssm bw keepass doppler infisical akeyless')
const OBJECTS = wordSet(
  'process.env import.meta os.environ config self this settings options args var local data module params env req',
)

/** Whether a value only stands for a secret: a variable, a mask, a type, a word of the sentence. */
export function isPlaceholder(value: string, isLiteral: boolean): boolean {
  const lower = value.toLowerCase()
  if (STOP_WORDS.has(lower.replace(/[.,:;!?)\]}>|]+$/, ''))) return true
  // In single quotes a shell expands nothing: '$ecret1' is meant as it stands.
  if (isLiteral && value.startsWith('$')) return false
  if (isStandIn(value) || MASK.test(value) || BY_SIGN[value.charAt(0)]?.().test(value)) return true
  return (/[*•●·]{3}/.test(value) && PART().test(value)) || (/^[a-z_$]/.test(lower) && isExpression(value, lower))
}

/** A name, a call or a reference where a value should be. */
function isExpression(value: string, lower: string): boolean {
  return (
    (lower !== value && HERE().test(value)) || // PASSWORD_HERE
    (YOURS.test(lower) && YOUR_PASSWORD().test(lower)) ||
    /^change[-_]?(?:me|this)[-_][a-z]{2,}[a-z_-]*$/.test(value) || // changeme_in_production
    VAULTS.has(lower.slice(0, Math.max(0, lower.indexOf(':')))) ||
    /^(?:ref\+[a-z]+:|enc\[|get-(?:secret|credential|storedcredential)\b)/.test(lower) ||
    OBJECTS.has(/^(?:process\.env|import\.meta|os\.environ|[a-z]+)(?=[.[])/.exec(value)?.[0] ?? '') ||
    /^System\.[A-Z]\w+\.[A-Z]\w+$/.test(value) ||
    /^[A-Za-z_$](?:[\w$.]*|\w*\.\w+[!?])\((?!\d+\)$)/.test(value) // getPassword(), System.fetch_env!()
  )
}

/** A value that is long and mixed enough not to be a word, a path or a figure. */
export function looksRandom(value: string): boolean {
  if (value.length < 8 || /^(?:[A-Za-z]:)?[\\/~.]/.test(value)) return false
  return /[A-Za-z]/.test(value) && /\d/.test(value)
}

/** A folder, as `PWD=` has it in every listing of an environment. */
export function isPath(value: string): boolean {
  return /^(?:[A-Za-z]:[\\/]|[\\/~])/.test(value)
}
