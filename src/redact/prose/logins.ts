import type { Report, Source } from '../finding.ts'
import { USER_NAMES } from '../likely/words.ts'
import { lazy, wordSet } from '../names/words.ts'
import { LOGIN_LABELS, labelsIn } from './labels.ts'
import { isTold, toldAt } from './told.ts'

const LETTER = 'a-zß-ÿœ'

/** The user and what parts it from the password: "as beheer with", ": admin /", "met beheer en", "met gebruiker x, wachtwoord". */
const PAIR = lazy(
  String.raw`(?:[ \t]{1,3}\(?[${LETTER}\d][${LETTER}\d.'’@_/&-]{0,30}[),]?){0,6}?` +
    String.raw`(?:[ \t]{0,4}(?::|=|->|→|–|-)[ \t]{0,4}(?:\r?\n[ \t]{0,8})?|[ \t]{1,3}(?:as|with|using|is|are|als|met|mit|avec|comme|est|sont|zijn|sind|ist|lautet|luidt|user|gebruiker|benutzer|utilisateur)[ \t]{1,3})` +
    String.raw`["'*_]{0,2}(?<user>[${LETTER}][${LETTER}\d.@_\\-]{1,60}?)["'*_]{0,2}` +
    String.raw`(?<link>,?[ \t]{1,3}(?:-|–|(?:and|en|und|et)?[ \t]?(?:then|dan|dann|puis|ensuite)|and|en|und|et|with|met|mit|avec)[ \t]{1,3}|[ \t]{0,4}(?:\/{1,2}|\||:|,|->|→|\+|&)[ \t]{0,4}|[ \t]{1,4})(?=[^\s/|:,&+-])`,
  'y',
)

/** Both halves follow these and nothing else. */
const PAIRED = /^cred|^combo|gegevens$|daten$|^identifiant/

const WITH = /with|met|mit|avec|then|dan|puis|ensuite/

/** With what else somebody signs in. */
const MEANS = wordSet(
  'ssh mfa 2fa otp totp sudo putty sso rdp vpn saml oauth oidc ldap kerberos teamviewer anydesk winbox webauthn fido fido2 yubikey authenticator okta azure entra edge chrome firefox browser passkey passkeys key keys smartcard biometrics bitwarden keeper hudu his her their your',
)

/** `creds: admin // X`, "log in as beheer with X": both halves of an account in a sentence. */
export function logins(source: Source, report: Report): void {
  const { text, lower } = source
  for (const label of labelsIn(source, LOGIN_LABELS)) {
    const pattern = PAIR()
    pattern.lastIndex = label.end
    const pair = pattern.exec(lower)
    if (!pair || USER_NAMES.has(pair.groups?.user ?? '')) continue
    const told = toldAt(text, pattern.lastIndex)
    const isWith = WITH.test(pair.groups?.link ?? '') && told && !MEANS.has(lower.slice(told.start, told.end))
    const isCertain = PAIRED.test(lower.slice(label.start, label.end)) && /[/|:]/.test(pair.groups?.link ?? '')
    if (told && isTold(text, told, isCertain ? 'named' : isWith ? 'said' : 'near'))
      report(told.start, told.end, 'password')
  }
}
