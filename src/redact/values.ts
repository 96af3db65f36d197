import { isStandIn } from './stand-ins.ts'

const STOP_WORDS = new Set(
  // What stands after "password:" in forms, code, logs and tables without being one.
  `null none nil undefined true false yes no on off ja nein nee oui non required optional unknown empty blank hidden masked redacted
   removed omitted stripped gemaskeerd weggelaten verwijderd maskiert entfernt supprimé string str text varchar nvarchar char bool boolean int integer number object any bytes buffer unset set not changed reset
   expired expires never always incorrect wrong invalid valid accepted rejected denied failed failure ok success sent needed protected
   encrypted authentication authenticated is was the a an for to enter type input field prompt missing mismatch geaendert geändert
   abgelaufen falsch erforderlich gewijzigd verlopen onjuist vereist modifié expiré incorrecte requis disabled enabled default n/a
   uint8array arraybuffer buffer securestring pscredential credential async await function new typeof void
   password passwd passphrase secret token username value values sorry hudu keeper bitwarden vaultwarden keepass passbolt lastpass 1password dashlane itglue`.split(
    /\s+/,
  ),
)

const PLACEHOLDERS: readonly RegExp[] = [
  /^[*•●·…xX#_.?-]+$/, // masked, and marks
  /^%[A-Za-z_]\w*%$|^%\d$/, // %NAME%, %1
  /^(?:PASSWORT|KENNWORT|WACHTWOORD|MOT_?DE_?PASSE|MDP)$|^(?:PASS(?:WORD|WORT)?|WACHTWOORD|KENNWORT|TOKEN|KEY|SECRET)[-_](?:HERE|HIER|ICI)$/, // PASSWORD_HERE
  /^@(?:[a-z][\w-]*\.)+[a-z]+\/?$/, // the host behind a placeholder: `<user>:<password>@db.example.net/`
  /^System\.[A-Z]\w+\.[A-Z]\w+$|^\$[a-z]\w*\{[^{}]*\}$/, // a type, $keyvault{name}
  /^\$(?:[A-Za-z_][\w:.]*|\{.*\}?|\(.*)$/, // $name, ${NAME:?not set}, $(command)
  /^\{+[^{}]*\}*$/, // {{ name }}, {name}
  /^<[^<>]*>?$/, // <your password>
  /^\[[^[\]]*\]?$/, // [hidden]
  /^\((?:hidden|masked|redacted|none|null|empty|unchanged|not (?:set|shown|displayed)|verborgen|leeg|versteckt|leer|masqué|vide)\)?$/i, // (hidden)
  /^[*•●·]{3,}\w{0,4}$|^\w{0,4}[*•●·]{3,}$|^\*[A-Z]+(?:\*[A-Z]+)*\*$/, // ****1234, a***, *SENSITIVE*DATA*DELETED*
  /^!\w+(?: \|)?$/, // YAML tags: !vault
  /^(?:your|my|the|some|mijn|jouw|uw|ihr|mein|dein|mon|votre|ton|insert|enter|replace|put|add|vul|hier)[-_ ]?(?:(?:your|my|the|own|new|secret|very|strong|super|db|database|root|admin|user|api|nieuwe?|sterk|neues?|nouveau|with|in)[-_ ]?){0,4}(?:pass(?:word|wd|phrase|wort)?|pwd|pw|secret|token|api[-_ ]?key|key|wachtwoord|kennwort|geheim|mot[-_ ]de[-_ ]passe|mdp|value)(?:[-_ ]?(?:here|hier|ici|goes[-_ ]here))?$/i, // YOUR_PASSWORD
  /^(?:msp|op|vault|secretref|keyvault|secretsmanager|ssm|bw|keepass|doppler|infisical|akeyless|ref\+[a-z]+):|^@Microsoft\.KeyVault\(|^ENC\[|^\(?Get-(?:Secret|Credential|StoredCredential)\b/i, // a reference to a vault
  /^(?:process\.env|import\.meta|os\.environ|config|self|this|settings|options|args|var|local|data|module|params|env|req)[.[]/, // code
  /^[A-Za-z_$][\w$.]*\((?!\d+\)$)/, // a call: getPassword()
]

/** Whether a value only stands for a secret: a variable, a mask, a type, a word of the sentence. */
export function isPlaceholder(value: string, isLiteral: boolean): boolean {
  if (STOP_WORDS.has(value.toLowerCase().replace(/[.,:;!?)\]}>|]+$/, ''))) return true
  // In single quotes a shell expands nothing: '$ecret1' is meant as it stands.
  if (isLiteral && value.startsWith('$')) return false
  return isStandIn(value) || PLACEHOLDERS.some((pattern) => pattern.test(value))
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
