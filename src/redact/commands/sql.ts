import { lazyRule, type Rule } from '../rules.ts'

/** A text in SQL; in a shell its quotes may be escaped. */
const TEXT = String.raw`\(?[NE]?\\{0,3}(?<q>['"])(?<quoted>(?:(?!\k<q>)[^\r\n\\]|\k<q>\k<q>){1,400})`
const GAP = String.raw`\s{1,9}`

function rule(hints: string[], pattern: string): Rule {
  return lazyRule({ kind: 'password', hints }, () => new RegExp(pattern, 'dgi'))
}

/** Statements that set, use or store passwords. */
export const SQL_RULES: readonly Rule[] = [
  rule(
    ['identified'],
    String.raw`\bidentified${GAP}(?:(?:with|using|via)${GAP}["'${'`'}]?\w{1,60}["'${'`'}]?${GAP})?(?:by|as|using)${GAP}(?:(?:password|values?)${GAP})?${TEXT}`,
  ),
  rule(
    ['identified'],
    String.raw`\b(?:user|role|to|for)${GAP}[^\s,;]{1,80}${GAP}identified${GAP}(?:with${GAP}\w{1,60}${GAP})?(?:by|as)${GAP}(?:values?${GAP})?(?<bare>(?!random\b|values?\b|password\b)[^\s'"${'`'}();,\\]{1,200})`,
  ),
  rule(['replace'], String.raw`\bidentified${GAP}by${GAP}[^\s;]{1,100}${GAP}replace${GAP}${TEXT}`),
  rule(
    ['$$'],
    String.raw`\b(?:password|passwd|secret)\s{0,9}[=\s]\s{0,9}\$(?<tag>\w{0,20})\$(?<bare>[^$\r\n]{1,200})\$\k<tag>\$`,
  ),
  rule(
    ['password', 'passwd', 'secret', 'pwd', 'pass'],
    // `secret "erp-db" created` is what Kubernetes says: without a sign that word needs a list around it, or the end of a statement behind it.
    String.raw`(?<![\w-])[@\w]{0,30}(?:(?:password|passwd|pwd|pass)\s{0,9}(?:=\s{0,9}|\s)|secret\s{0,9}=\s{0,9}|(?<=[(,]\s{0,9})secret\s{1,9}|secret\s{1,9}(?=["'][^"'\r\n]{1,200}["']\s{0,4};))(?:hashed${GAP})?${TEXT}`,
  ),
  // A table of settings has the name of what it keeps in another column.
  rule(
    ['update'],
    String.raw`\bset${GAP}["'${'`'}[]?\w{1,40}["'${'`'}\]]?\s{0,9}=\s{0,9}${TEXT}\k<q>\s{1,9}where\s[^;\r\n]{0,100}?=\s{0,9}["'][\w.-]{0,60}(?:password|passwd|passphrase|pwd|secret|wachtwoord|kennwort|passwort)\b`,
  ),
  rule(['password'], String.raw`\b(?:old_)?password\(\s{0,9}${TEXT}`),
  rule(['set password'], String.raw`\bset${GAP}password(?:${GAP}for${GAP}[^=\r\n]{1,120})?\s{0,9}=\s{0,9}${TEXT}`),
  rule(
    ['sp_addlogin', 'sp_password', 'sp_addremotelogin', 'sp_addapprole', 'sp_setapprole', 'sp_approlepassword'],
    String.raw`\bsp_(?:addlogin|password|addapprole|setapprole|approlepassword|addremotelogin)${GAP}(?:[NE]?'[^'\r\n]{0,120}'|null)\s{0,4},\s{0,4}${TEXT}`,
  ),
  rule(['sp_password'], String.raw`\bsp_password${GAP}${TEXT}`),
  rule(
    ['sp_addlinkedsrvlogin'],
    String.raw`\bsp_addlinkedsrvlogin${GAP}(?:[^,\r\n]{0,120},){4}\s{0,4}(?:@\w{1,30}\s{0,4}=\s{0,4})?${TEXT}`,
  ),
  rule(
    ['openrowset'],
    String.raw`\bopenrowset\(\s{0,4}'[^'\r\n]{0,120}'\s{0,4},\s{0,4}'[^'\r\n]{0,200}'\s{0,4};\s{0,4}'[^'\r\n]{0,120}'\s{0,4};\s{0,4}${TEXT}`,
  ),
  rule(
    ['pass', 'pwd', 'pw'],
    String.raw`\b\w{0,40}(?:password|passwd|pass|pwd|pw|hash)["'${'`'}\]]{0,2}\s{0,4}=\s{0,4}(?:md5|sha1|sha2|sha256|crypt|encrypt|hashbytes|unhex|concat|pgp_sym_encrypt|aes_encrypt|to_base64|encode)\((?:'[A-Za-z0-9_]{1,20}'\s{0,4},\s{0,4})?${TEXT}`,
  ),
  rule(['pwd'], String.raw`\bpwd["']?\s{0,4}:\s{0,4}${TEXT}`),
  rule(
    ['symmetric key', 'certificate', 'master key'],
    String.raw`\b(?:de|en)cryption${GAP}by${GAP}password\s{0,4}=\s{0,4}${TEXT}`,
  ),
]
