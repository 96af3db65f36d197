import { lazyRule, type Rule } from '../rules.ts'

const hash = (kind: string, hints: string[], pattern: () => RegExp): Rule =>
  lazyRule({ kind, hints, isShape: true }, pattern)

/** The letters of crypt(3). */
const B = '[./A-Za-z0-9]'

/** Stored passwords that can be guessed, or used as they are. A sum of a file has no salt and no scheme before it. */
export const HASH_RULES: readonly Rule[] = [
  hash('password-hash', ['$2'], () => new RegExp(String.raw`\$2[abxy]?\$\d\d\$${B}{40,60}`, 'dg')),
  hash(
    'password-hash',
    ['$1$', '$5$', '$6$', '$apr1$', '$md5', '$sha1$', '$8$', '$9$', '$14$'],
    () =>
      new RegExp(
        String.raw`\$(?:[1568]|9|14|apr1|md5|sha1)(?:,rounds=\d{1,9})?\$(?:rounds=\d{1,9}\$|\d{1,8}\$)?${B}{1,40}\$${B}{20,110}`,
        'dg',
      ),
  ),
  hash(
    'password-hash',
    ['$y$', '$gy$', '$7$', '$sm3$'],
    () => new RegExp(String.raw`\$(?:y|gy|7|sm3)\$${B}{1,40}\$(?:${B}{1,100}\$)?${B}{20,110}`, 'dg'),
  ),
  hash(
    'password-hash',
    ['$argon2', '$scrypt$', '$pbkdf2', '$bcrypt', '$balloon'],
    () => /\$(?:argon2(?:id|i|d)|scrypt|pbkdf2(?:-sha\d{1,3})?|bcrypt-sha256|balloon)\$[A-Za-z0-9+/=.,$_-]{30,400}/dg,
  ),
  hash(
    'password-hash',
    ['$p$', '$h$', '$s$'],
    () => new RegExp(String.raw`\$(?:P|H)\$${B}{31}(?!${B})|\$S\$${B}{52}(?!${B})`, 'dg'),
  ),
  hash(
    'password-hash',
    ['pbkdf2_', 'argon2$', 'scrypt:', 'pbkdf2:', 'bcrypt_sha256'],
    () =>
      /(?:pbkdf2_sha\d{1,3}\$\d{1,9}\$|bcrypt_sha256\$\$2b|argon2\$argon2|pbkdf2:sha\d{1,3}:\d{1,9}\$|scrypt:\d{1,9}:\d{1,3}:\d{1,3}\$)[A-Za-z0-9+/=.,$_:-]{20,300}/dg,
  ),
  hash(
    'password-hash',
    ['sha}', 'md5}', 'crypt}', 'sha256}', 'sha512}', 'pbkdf2', 'ntlm}', 'cleartext}'],
    () =>
      /\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT|ARGON2|PBKDF2(?:-SHA\d{1,3})?|x-nthash|NTLM|NT|CLEARTEXT)\}(?<bare>[^\s"'<>,;]{6,300})/dgi,
  ),
  hash(
    'password-hash',
    ['scram-sha'],
    () => /SCRAM-SHA-(?:1|256|512)\$\d{1,9}:[A-Za-z0-9+/=]{8,100}\$[A-Za-z0-9+/=]{20,100}:[A-Za-z0-9+/=]{20,100}/dg,
  ),
  hash('password-hash', ['md5'], () => /(?<=["':\s|])md5[0-9a-f]{32}(?![A-Za-z0-9.])/dg),
  // MySQL and MariaDB: an asterisk and 40 capital digits; caching_sha2_password.
  hash('password-hash', ['*'], () => /(?<![A-Za-z0-9*])\*(?=[A-F0-9]{0,38}[A-F])[A-F0-9]{40}(?![A-Za-z0-9])/dg),
  hash('password-hash', ['$a$00'], () => /\$A\$00\d\$[^\r\n"']{40,80}/dg),
  hash('password-hash', ['0x0100', '0x0200'], () => /0x0[12]00[0-9A-Fa-f]{48,136}(?![0-9A-Fa-f])/dg),
  // NetNTLM, cached and Kerberos as crackers read them.
  hash(
    'ntlm-hash',
    ['ntlm', 'nt hash', 'nthash', 'nt:', 'lm:', 'rc4', '/pth', 'hash'],
    () =>
      /(?<![A-Za-z])(?:sambaNTPassword|sambaLMPassword|ntlm(?:[-_ ]?hash)?|nt[-_ ]?hash|rc4(?:_hmac(?:_nt)?)?|hash[ _]ntlm|--?hashes|-H|\/ntlm|\/rc4)["']?[ \t]{0,12}[:= \t][ \t"':]{0,9}(?<bare>[0-9A-Fa-f]{32})(?![0-9A-Fa-f])/dgi,
  ),
  hash(
    'ntlm-hash',
    ['::'],
    () =>
      /::[^\s:]{0,64}:(?<bare>[0-9A-Fa-f]{16}:[0-9A-Fa-f]{32}:[0-9A-Fa-f]{20,2000}|[0-9A-Fa-f]{48}:[0-9A-Fa-f]{48}:[0-9A-Fa-f]{16})/dg,
  ),
  hash(
    'kerberos-ticket',
    ['$krb5', '$dcc2$', '$dpapi', '$mskrb'],
    () => /\$(?:krb5(?:tgs|asrep|pa|db)?|DCC2|DPAPImk|mskrb5)\$[^\s"']{30,8000}/dgi,
  ),
  // passwd(5) and htpasswd of old: 13 letters of DES between colons.
  hash(
    'password-hash',
    [':'],
    () =>
      new RegExp(
        String.raw`^[a-z_][a-z0-9_-]{0,31}:(?<bare>(?=${B}{0,12}\d)(?=${B}{0,12}[A-Z])(?=${B}{0,12}[a-z])${B}{13})(?=:|\r?$)`,
        'dgm',
      ),
  ),
  // Routers: Juniper's $9$ and Arista's are reversible. Cisco's type 7 has a name before it.
  hash('password', ['$9$'], () => /(?<![A-Za-z0-9$])\$9\$[A-Za-z0-9./-]{6,120}/dg),
  hash('password', ['$8$'], () => /(?<![A-Za-z0-9$])\$8\$[A-Za-z0-9./$+=-]{20,300}/dg),
  hash(
    'password',
    ['password 7 ', 'key 7 ', 'secret 7 ', 'key-string 7 '],
    () => /(?:password|key|secret|key-string) 7 (?<bare>[01]\d[0-9A-Fa-f]{4,100})(?![0-9A-Za-z])/dgi,
  ),
  // smbpasswd, and the Kerberos keys of a dump.
  hash('ntlm-hash', ['xxxxxxxx:'], () => /X{32}:(?<bare>[0-9A-Fa-f]{32})(?![0-9A-Fa-f])/dg),
  hash(
    'kerberos-key',
    ['aes256', 'aes128', 'des-cbc'],
    () =>
      /(?:aes(?:128|256)(?:-cts-hmac-sha1-96|_hmac(?:_old)?)?|des-cbc-(?:md5|crc))["']?[ \t]{0,9}[:= \t][ \t"']{0,9}(?<bare>[0-9a-f]{64}|[0-9a-f]{32}|(?<=des-cbc-.{3}:)[0-9a-f]{16})(?![0-9a-f])/dgi,
  ),
  hash(
    'vault-text',
    ['$ansible_vault'],
    () => /\$ANSIBLE_VAULT;[^\r\n]{1,80}\r?\n(?<bare>(?:[ \t]{0,40}[0-9a-f]{2,80}(?:\r?\n|$(?![\s\S]))){1,2000})/dg,
  ),
]
