import type { PatternRule } from './rules.ts'

const { raw } = String

/** Statements that set, use or store passwords. */
export const SQL_RULES: readonly PatternRule[] = [
  [
    'identified',
    raw`\bidentified~g(?:(?:with|using|via)~g["'§]?\w{1,60}["'§]?~g)?(?:by|as|using)~g(?:(?:password|values?)~g)?~t`,
  ],
  [
    'identified',
    raw`\b(?:user|role|to|for)~g[^\s,;]{1,80}~gidentified~g(?:with~g\w{1,60}~g)?(?:by|as)~g(?:values?~g)?(?<bare>(?!random\b|values?\b|password\b)[^\s'"§();,\\]{1,200})`,
  ],
  ['replace', raw`\bidentified~gby~g[^\s;]{1,100}~greplace~g~t`],
  ['$$', raw`\b(?:password|passwd|secret)\s{0,9}[=\s]\s{0,9}\$(?<tag>\w{0,20})\$(?<bare>[^$\r\n]{1,200})\$\k<tag>\$`],
  [
    // `secret "erp-db" created` is what Kubernetes says: without a sign that word needs a list around it, or the end of a statement behind it.
    `'|"&password|passwd|secret|pwd|pass`,
    raw`(?<![\w-])[@\w]{0,30}(?:(?:passw(?:or)?d|pwd|pass)\s{0,9}(?:=\s{0,9}|\s)|secret\s{0,9}=\s{0,9}|(?<=[(,]\s{0,9})secret\s{1,9}|secret\s{1,9}(?=["'][^"'\r\n]{1,200}["']\s{0,4};))(?:hashed~g)?~t`,
  ],
  [
    // A table of settings has the name of what it keeps in another column.
    'update&where',
    raw`\bset~g["'§[]?\w{1,40}["'§\]]?\s{0,9}=\s{0,9}~t\k<q>\s{1,9}where\s[^;\r\n]{0,100}?=\s{0,9}["'][\w.-]{0,60}(?:passw(?:or)?d|passphrase|pwd|secret|wachtwoord|kennwort|passwort)\b`,
  ],
  ['password(', raw`\b(?:old_)?password\(\s{0,9}~t`],
  ['set password', raw`\bset~gpassword(?:~gfor~g[^=\r\n]{1,120})?\s{0,9}=\s{0,9}~t`],
  [
    'sp_add|sp_password|sp_setapprole|sp_approle',
    raw`\bsp_(?:add(?:remote)?login|password|(?:add|set)approle|approlepassword)~g(?:[NE]?'[^'\r\n]{0,120}'|null)\s{0,4},\s{0,4}~t`,
  ],
  ['sp_password', raw`\bsp_password~g~t`],
  ['sp_addlinkedsrvlogin', raw`\bsp_addlinkedsrvlogin~g(?:[^,\r\n]{0,120},){4}\s{0,4}(?:@\w{1,30}\s{0,4}=\s{0,4})?~t`],
  [
    'openrowset',
    raw`\bopenrowset\(\s{0,4}'[^'\r\n]{0,120}'\s{0,4},\s{0,4}'[^'\r\n]{0,200}'\s{0,4};\s{0,4}'[^'\r\n]{0,120}'\s{0,4};\s{0,4}~t`,
  ],
  [
    'pass|pwd|pw&md5(|sha|crypt(|hashbytes(|unhex(|concat(|to_base64(|encode(',
    raw`\b\w{0,40}(?:passw(?:or)?d|pass|pw|pwd|hash)["'§\]]{0,2}\s{0,4}=\s{0,4}(?:md5|sha(?:1|2|256)|(?:en)?crypt|hashbytes|unhex|concat|(?:pgp_sym|aes)_encrypt|to_base64|encode)\((?:'\w{1,20}'\s{0,4},\s{0,4})?~t`,
  ],
  ['pwd', raw`\bpwd["']?\s{0,4}:\s{0,4}~t`],
]
