/**
 * Stored passwords that can be guessed, or used as they are, as `rules.ts` reads them. A sum of a file has no salt and no scheme before it.
 * `*` and 40 digits is MySQL's; `::` stands in NetNTLM, cached and Kerberos logins as crackers read them; 13 letters between colons are DES in
 * passwd(5) and htpasswd of old. Juniper's $9$ and Arista's $8$ are reversible; Cisco's type 7 has a name before it.
 */
export const HASHES = String.raw`
password-hash $2
\$2[abxy]?\$\d\d\$[W./]{40,60}
password-hash $1$,$5$,$6$,$apr1$,$md5,$sha1$,$8$,$9$,$14$
\$(?:[1568]|9|14|apr1|md5|sha1)(?:,rounds=\d{1,9})?\$(?:rounds=\d{1,9}\$|\d{1,8}\$)?[W./]{1,40}\$[W./]{20,110}
password-hash $y$,$gy$,$7$,$sm3$
\$(?:y|gy|7|sm3)\$[W./]{1,40}\$(?:[W./]{1,100}\$)?[W./]{20,110}
password-hash $argon2,$scrypt$,$pbkdf2,$bcrypt,$balloon
\$(?:argon2(?:id|i|d)|scrypt|pbkdf2(?:-sha\d{1,3})?|bcrypt-sha256|balloon)\$[B=.,$_-]{30,400}
password-hash $p$,$h$,$s$
\$[PH]\$[W./]{31}(?![W./])|\$S\$[W./]{52}(?![W./])
password-hash pbkdf2_,argon2$,scrypt:,pbkdf2:,bcrypt_sha256
(?:pbkdf2_sha\d{1,3}\$\d{1,9}\$|bcrypt_sha256\$\$2b|argon2\$argon2|pbkdf2:sha\d{1,3}:\d{1,9}\$|scrypt:\d{1,9}:\d{1,3}:\d{1,3}\$)[B=.,$_:-]{20,300}
password-hash/i sha},md5},crypt},sha256},sha512},pbkdf2,ntlm},cleartext}
\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT|ARGON2|PBKDF2(?:-SHA\d{1,3})?|x-nthash|NTLM|NT|CLEARTEXT)\}(@[^\s"'<>,;]{6,300})
password-hash scram-sha
SCRAM-SHA-(?:1|256|512)\$\d{1,9}:[B=]{8,100}\$[B=]{20,100}:[B=]{20,100}
password-hash md5
(?<=["':\s|])md5H{32}(?![W.])
password-hash *
(?<![W*])\*(?=[A-F0-9]{0,38}[A-F])[A-F0-9]{40}(?!W)
password-hash $a$00
\$A\$00\d\$[^\r\n"']{40,80}
password-hash 0x0100,0x0200
0x0[12]00X{48,136}(?!X)
ntlm-hash/i ntlm,nt hash,nthash,nt:,lm:,rc4,/pth,hash
(?<![A-Za-z])(?:sambaNTPassword|sambaLMPassword|ntlm(?:[-_ ]?hash)?|nt[-_ ]?hash|rc4(?:_hmac(?:_nt)?)?|hash[ _]ntlm|--?hashes|-H|/ntlm|/rc4)["']?[ \t]{0,12}[:= \t][ \t"':]{0,9}(@X{32})(?!X)
ntlm-hash ::
::[^\s:]{0,64}:(@X{16}:X{32}:X{20,2000}|X{48}:X{48}:X{16})
kerberos-ticket/i $krb5,$dcc2$,$dpapi,$mskrb
\$(?:krb5(?:tgs|asrep|pa|db)?|DCC2|DPAPImk|mskrb5)\$[^\s"']{30,8000}
password-hash/m :
^[a-z_][L_-]{0,31}:(@(?=[W./]{0,12}\d)(?=[W./]{0,12}[A-Z])(?=[W./]{0,12}[a-z])[W./]{13})(?=:|\r?$)
password $9$
(?<![W$])\$9\$[W./-]{6,120}
password $8$
(?<![W$])\$8\$[B.$=-]{20,300}
password/i password 7,key 7,secret 7,key-string 7
(?:password|key|secret|key-string) 7 (@[01]\d[X]{4,100})(?!W)
ntlm-hash xxxxxxxx:
XX{31}:(@X{32})(?!X)
kerberos-key/i aes256,aes128,des-cbc
(?:aes(?:128|256)(?:-cts-hmac-sha1-96|_hmac(?:_old)?)?|des-cbc-(?:md5|crc))["']?[ \t]{0,9}[:= \t][ \t"']{0,9}(@H{64}|H{32}|(?<=des-cbc-.{3}:)H{16})(?!H)
vault-text $ansible_vault
\$ANSIBLE_VAULT;[^\r\n]{1,80}\r?\n(@(?:[ \t]{0,40}H{2,80}(?:\r?\n|$(?![\s\S]))){1,2000})
`
