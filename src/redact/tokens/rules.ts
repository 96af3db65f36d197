import type { Rule } from '../rules.ts'
import { HASHES } from './hashes.ts'
import { isMixed, isMixedCase, isRandom } from './mixture.ts'
import { expanded } from './notation.ts'
import { WEBHOOKS } from './webhooks.ts'

/** Makers whose keys are only so many digits and letters: their name must stand before, with a word for a key. */
const MAKERS =
  'twilio|datadog|dd[-_]?api|dd[-_]?app|cloudflare|linode|hetzner|hcloud|vultr|ovh|scaleway|scw|ibm[-_]?cloud|alibaba|aliyun|fastly|vonage|nexmo|messagebird|plivo|postmark|sparkpost|mailjet|opsgenie|pagerduty|rollbar|bugsnag|algolia|auth0|duo|okta|lastpass|zerotier|ngrok|zendesk|freshdesk|intercom|asana|jira|confluence|monday|trello|heroku|travis|codecov|sonar|cohere|mistral|together|kaseya|connectwise|datto|n-?able|ninja(?:one|rmm)?|huntress|sentinel[-_]?one|syncro|hudu|passportal|it[-_]?glue|liongard|atera|pulseway|auvik|domotz|acronis|veeam|sophos|bitdefender|webroot|mimecast|proofpoint|meraki|unifi|nutanix|wasabi|backblaze|b2|consul|splunk'

/**
 * Secrets that are known by their own shape, which is more than a beginning. Two lines each: kind, flags and test (`kind/flags/test`) with the hints,
 * then the pattern as `notation.ts` writes it. A lookbehind keeps a pattern from starting inside a run of the same characters: without it a long
 * run would be tried from each of its positions. A table is one string: to a process that looks at one text it costs less than a pattern each.
 */
const SHAPES = String.raw`
private-key private-lines:
Private-Lines: ?\d{1,4}(?:\r?\n|\\n)(@(?:B{2,64}={0,2}(?:(?:\r?\n|(?:\\r)?\\n)(?=B{2,64}={0,2}(?:[\r\n\\]|$(?![\s\S])))|(?=[\r\n\\]|$(?![\s\S])))){1,400})
private-key secret key
comment: [^\r\n]{0,100}?secret key[^\r\n]{0,60}\r?\n(@B{40,400}={0,2})
wireguard-key/i private,privkey,preshared,psk,genkey,genpsk
(?:(?:priv(?:ate)?|preshared|pre-shared)[-_ ]?key|psk|wg gen(?:key|psk)\s?)["'\]]?(?:[ \t]{0,9}[=:]|[ \t])?\s{0,9}(?:<\([ \t]?(?:echo|printf)[ \t](?:-n[ \t]|%s[ \t])?)?["']?(@B{41,43}=)(?![B=])
aws-secret/i/random aws,secretaccesskey,sessiontoken,secret access key,secret_access_key
(?:aws[-_]?(?:secret[-_]?access|secret|session)[-_]?(?:key|token)|secret[-_ ]?access[-_ ]?key|(?<![A-Za-z])session[-_]?token)["']?[ \t]{0,9}[=:, \t][ \t"'>]{0,9}(@[B=]{40,2000})
aws-secret//random akia
(?<!C)AKIA[C]{16}(?=[\s"',;:|])[^\r\n]{0,80}?[\s"',;:|=](@B{40})(?![B=])
aws-key//random access_key_id,accesskeyid
(?:ACCESS_KEY_ID|access_key_id|AccessKeyId|accessKeyId)["']?[ \t]{0,3}[=:][ \t]{0,3}["']?(@[A-Z\d]{20})(?![B=])
azure-secret 8q~,7q~
(?<![U~.])[U~.]{3}[78]Q~[U~.]{31,40}
azure-key/i accountkey=,sharedaccesskey=,accesskey=
(?:AccountKey|SharedAccessKey|AccessKey)=(@B{30,200}={0,2})
azure-key//cased +ast,+aba,acdb,+asb,+aeh,+arm,aiot,apim,azfu,azse,+acr,azca
(?<![B=])B{28,80}(?:\+ASt|\+ABa|ACDb|\+ASb|\+AEh|\+ARm|AIoT|APIM|AzFu|AzSe|\+ACR|AzCa)B{4,9}={0,2}(?![B=])
azure-sas/i sig=
(?:[?&;]|&amp;|(?<![L_-]))sig=(@[B%=_-]{20,200})
azure-token jqqj9
(?<!W)W{52}JQQJ9W{23,28}(?!W)
azure-token azdo
(?<!W)W{76}AZDO[W]{4}(?!W)
azure-key/i instrumentationkey=
InstrumentationKey=(@[H-]{36})
azure-key azurewebsites,functions
azurewebsites\.net/[^\s?"']{0,200}\?(?:[^\s"'&]{0,80}&){0,3}code=(@[B_%=-]{20,100})
terraform-token .atlasv1.
(?<![U.])W{10,20}\.atlasv1\.[U=]{50,90}
jwt eyj
(?<![U.])eyJ[U]{8,8000}\.(?:eyJ[U]{8,8000}(?:\.U{0,2000})?|U{0,1000}\.U{16}\.U{8,8000}\.U{22})
openai-key t3blbkfj
(?<!U)U{20,100}T3BlbkFJ[U]{20,100}
paypal-token access_token$
access_token\$(?:production|sandbox)\$L{16}\$H{32}
newrelic-key nral
(?<!W)H{36}NRAL(?!W)
salesforce-token 00d
(?<!W)00D[W]{12,15}![W_.]{60,200}
microsoft-token 0.a,1.a,m.c
(?<![U.])(?:[01]\.A[U]{20,100}\.[U.]{100,3000}|M\.(?:C|R)\d{1,3}_[U.!*$]{40,3000})
splunk-token/i splunk,hec
(?:Authorization["']?: ?["']?Splunk |hec[-_ ]?token["']?[ \t]{0,9}[=:][ \t]{0,9}["']?)(@UUID)
npm-token/m _authtoken,_auth,_password
(?<=^|[:\s])_(?:authToken|auth|password)[ \t]{0,4}=[ \t]{0,4}["']?(@[^\s"'$]{6,400})
machine-key/i validationkey,decryptionkey
(?:validation|decryption)Key="(@X{32,256})[,"]
kubernetes-key client-key-data,bootstrap
(?:client-key-data|token-secret)["']?:[ \t]{0,4}["']?(@B{16,8000}={0,2})
saml-assertion samlresponse=,wresult=
(?:SAMLResponse|wresult)=(@[B%=]{60,16000})
totp-seed/i otpauth:
otpauth(?::|%3a)[^\s"']{1,300}?(?:[?&]|%3f|%26)secret(?:=|%3d)(@[A-Za-z2-7%=]{8,200})
totp-seed/i/seed otp,2fa,mfa,authenticator,two-factor,seed,base32,setup key,secret key,entry key,setup-key
(?<![A-Za-z])(?:[th]?otp|2fa|mfa|authenticator|two-factor|base32|(?:setup|secret|entry)[ _-]key)(?:[-_ ]?[A-Za-z]{2,14}){0,3}?["')]?(?:[ \t]{0,9}[:=]|[ \t](?:is|ist|est)(?:[ \t]?:)?|,)?(?:[ \t]{1,9}-{1,2}[a-z][L=-]{0,14}){0,3}[ \t]{1,9}["']?(@(?:[A-Z2-7]{16,128}|[a-z2-7]{16,128}|[A-Za-z2-7]{4}(?:[ -][A-Za-z2-7]{4}){3,15})={0,6})(?![B_-])
totp-seed/i/mixed otp,2fa,mfa
(?<![A-Za-z])(?:[th]?otp|2fa|mfa)(?:[-_]?[A-Za-z]{2,14}){0,3}["']?[:=]["']?(@(?:[A-Z2-7]{16,128}|[a-z2-7]{16,128})={0,6})(?![B_-])
totp-seed otpauth-migration:
otpauth-migration://offline\?data=(@[B%=_-]{20,4000})
password wifi:
WIFI:(?:[A-OQ-Z]:[^;\r\n]{0,80};){0,4}P:(@(?:\\.|[^;\\\r\n]){1,80});
kubernetes-token kubeadm,bootstrap,discovery-token
(?<![U.])(?=[a-z]{0,5}\d|L{6}\.[a-z]{0,15}\d)L{6}\.L{16}(?![U.])
proxmox-ticket pve:,pbs:,pmg:
(?<!W)P(?:VE|BS|MG):[U.@!]{1,60}:[0-9A-F]{8}::[B=]{20,400}
proxmox-token pveapitoken,pbsapitoken
P(?:VE|BS)APIToken[=: ]\s{0,4}[^\s=:]{1,80}[=:](@H{8}-[H-]{27})
session/i/digit sessionid,sessid,connect.sid
(?:J|PHP|ASP\.NET_|ASP)?(?:SESSIONID|SESSID|connect\.sid)["']?[ \t]?[=,:][ \t]?["']?(@[B%._~-]{20,400})
app-key base64:
(?<!W)base64:B{43}=
shared-key hmac-
hmac-(?:md5|sha\d{1,3}):[^\s:]{1,80}:(@B{16,120}={0,2})
shared-key/i tlspsk
TLSPSK(?:Value)?=["']?(@X{32,512})
private-key "kty"
"(?:d|k|p|q|dp|dq|qi)"\s{0,4}:\s{0,4}"(@U{20,1400})"
api-key/i/key key,token,secret,auth,pat
(?<!W)(?:${MAKERS})[\w .-]{0,30}?(?:key|token|secret|auth|pat|sid)["']?(?:[ \t]{0,9}(?:[:=]|=>|:=|is)[ \t]{0,9}|[ \t]{1,9})["']?(@[B_~=-]{20,128})(?![B_~=-])
`

const TESTS: Readonly<Record<string, (value: string) => boolean>> = {
  any: () => true,
  random: isRandom,
  mixed: isMixed,
  cased: isMixedCase,
  digit: (value) => /\d/.test(value),
  key: (value) => isRandom(value) && /\d/.test(value),
  seed: (value) => /[2-7]/.test(value) || /^[A-Z]+$/.test(value) || value.split(/[ -]/).length >= 6,
}

/** A rule that is read from its two lines when it is needed: a hook lives for one event, and of most rules it needs the hints. */
class TableRule {
  readonly hints: readonly string[]
  readonly isShape = true
  private readonly head: readonly string[]
  private readonly written: string
  private made: RegExp | undefined

  constructor(head: string, written: string) {
    const space = head.indexOf(' ')
    this.hints = head.slice(space + 1).split(',')
    this.head = head.slice(0, space).split('/')
    this.written = written
  }

  get kind(): string {
    return this.head[0] as string
  }

  get accept(): (value: string) => boolean {
    return TESTS[this.head[2] ?? 'any'] as (value: string) => boolean
  }

  get pattern(): RegExp {
    this.made ??= new RegExp(expanded(this.written), `dg${this.head[1] ?? ''}`)
    return this.made
  }
}

export const TOKEN_RULES: readonly Rule[] = [HASHES, WEBHOOKS, SHAPES].flatMap(rulesOf)

function rulesOf(table: string): Rule[] {
  const lines = table.split('\n')
  const rules: Rule[] = []
  for (let at = 1; at + 1 < lines.length; at += 2)
    rules.push(new TableRule(lines[at] as string, lines[at + 1] as string))
  return rules
}
