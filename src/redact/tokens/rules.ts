import { lazyRule, type Rule } from '../rules.ts'
import { HASH_RULES } from './hashes.ts'
import { isMixed, isMixedCase, isRandom } from './mixture.ts'
import { WEBHOOK_RULES } from './webhooks.ts'

/**
 * Secrets that are known by their own shape, which is more than a beginning. A lookbehind keeps a pattern from starting inside a run of
 * the same characters: without it a long run would be tried from each of its positions.
 */
function shape(kind: string, hints: string[], pattern: () => RegExp, accept?: (value: string) => boolean): Rule {
  return lazyRule({ kind, hints, isShape: true, ...(accept ? { accept } : {}) }, pattern)
}

/** Makers whose keys are only so many digits and letters: their name must stand before, with a word for a key. */
const MAKERS =
  'twilio|datadog|dd[-_]?api|dd[-_]?app|cloudflare|linode|hetzner|hcloud|vultr|ovh|scaleway|scw|ibm[-_]?cloud|alibaba|aliyun|fastly|vonage|nexmo|messagebird|plivo|postmark|sparkpost|mailjet|opsgenie|pagerduty|rollbar|bugsnag|algolia|auth0|duo|okta|lastpass|zerotier|ngrok|zendesk|freshdesk|intercom|asana|jira|confluence|monday|trello|heroku|travis|codecov|sonar|cohere|mistral|together|kaseya|connectwise|datto|n-?able|ninja(?:one|rmm)?|huntress|sentinel[-_]?one|syncro|hudu|passportal|it[-_]?glue|liongard|atera|pulseway|auvik|domotz|acronis|veeam|sophos|bitdefender|webroot|mimecast|proofpoint|meraki|unifi|nutanix|wasabi|backblaze|b2|consul|splunk'

export const TOKEN_RULES: readonly Rule[] = [
  ...HASH_RULES,
  ...WEBHOOK_RULES,
  shape(
    'private-key',
    ['private-lines:'],
    () =>
      /Private-Lines: ?\d{1,4}(?:\r?\n|\\n)(?<bare>(?:[A-Za-z0-9+/]{2,64}={0,2}(?:(?:\r?\n|(?:\\r)?\\n)(?=[A-Za-z0-9+/]{2,64}={0,2}(?:[\r\n\\]|$(?![\s\S])))|(?=[\r\n\\]|$(?![\s\S])))){1,400})/dg,
  ),
  shape(
    'private-key',
    ['secret key'],
    () => /comment: [^\r\n]{0,100}?secret key[^\r\n]{0,60}\r?\n(?<bare>[A-Za-z0-9+/]{40,400}={0,2})/dg,
  ),
  shape(
    'wireguard-key',
    ['private', 'privkey', 'preshared', 'psk', 'genkey', 'genpsk'],
    () =>
      /(?:(?:priv(?:ate)?|preshared|pre-shared)[-_ ]?key|psk|wg gen(?:key|psk)\s?)["'\]]?(?:[ \t]{0,9}[=:]|[ \t])?\s{0,9}(?:<\([ \t]?(?:echo|printf)[ \t](?:-n[ \t]|%s[ \t])?)?["']?(?<bare>[A-Za-z0-9+/]{41,43}=)(?![A-Za-z0-9+/=])/dgi,
  ),
  shape(
    'aws-secret',
    ['aws', 'secretaccesskey', 'sessiontoken', 'secret access key', 'secret_access_key'],
    () =>
      /(?:aws[-_]?(?:secret[-_]?access|secret|session)[-_]?(?:key|token)|secret[-_ ]?access[-_ ]?key|(?<![A-Za-z])session[-_]?token)["']?[ \t]{0,9}[=:, \t][ \t"'>]{0,9}(?<bare>[A-Za-z0-9/+=]{40,2000})/dgi,
    isRandom,
  ),
  // Access key and secret side by side, as a CSV file of new keys has them.
  shape(
    'aws-secret',
    ['akia'],
    () =>
      /(?<![A-Z0-9])AKIA[A-Z0-9]{16}(?=[\s"',;:|])[^\r\n]{0,80}?[\s"',;:|=](?<bare>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/dg,
    isRandom,
  ),
  shape('azure-secret', ['8q~', '7q~'], () => /(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,40}/dg),
  shape(
    'azure-key',
    ['accountkey=', 'sharedaccesskey=', 'accesskey='],
    () => /(?:AccountKey|SharedAccessKey|AccessKey)=(?<bare>[A-Za-z0-9+/]{30,200}={0,2})/dgi,
  ),
  shape(
    'azure-key',
    ['+ast', '+aba', 'acdb', '+asb', '+aeh', '+arm', 'aiot', 'apim', 'azfu', 'azse', '+acr', 'azca'],
    () =>
      /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{28,80}(?:\+ASt|\+ABa|ACDb|\+ASb|\+AEh|\+ARm|AIoT|APIM|AzFu|AzSe|\+ACR|AzCa)[A-Za-z0-9+/]{4,9}={0,2}(?![A-Za-z0-9+/=])/dg,
    isMixedCase,
  ),
  shape('azure-sas', ['sig='], () => /(?:[?&;]|&amp;|(?<![a-z0-9_-]))sig=(?<bare>[A-Za-z0-9%+/=_-]{20,200})/dgi),
  shape('azure-token', ['jqqj9'], () => /(?<![A-Za-z0-9])[A-Za-z0-9]{52}JQQJ9[A-Za-z0-9]{23,28}(?![A-Za-z0-9])/dg),
  shape('azure-token', ['azdo'], () => /(?<![A-Za-z0-9])[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}(?![A-Za-z0-9])/dg),
  shape('azure-key', ['instrumentationkey='], () => /InstrumentationKey=(?<bare>[0-9a-f-]{36})/dgi),
  shape(
    'azure-key',
    ['azurewebsites', 'functions'],
    () => /azurewebsites\.net\/[^\s?"']{0,200}\?(?:[^\s"'&]{0,80}&){0,3}code=(?<bare>[A-Za-z0-9_/%=+-]{20,100})/dg,
  ),
  shape(
    'terraform-token',
    ['.atlasv1.'],
    () => /(?<![A-Za-z0-9_.-])[A-Za-z0-9]{10,20}\.atlasv1\.[A-Za-z0-9_=-]{50,90}/dg,
  ),
  // Header and payload are JSON objects, so both start with the base64 of '{"'. The signature is missing from an unsigned one.
  shape(
    'jwt',
    ['eyj'],
    () =>
      /(?<![A-Za-z0-9_.-])eyJ[A-Za-z0-9_-]{8,8000}\.(?:eyJ[A-Za-z0-9_-]{8,8000}(?:\.[A-Za-z0-9_-]{0,2000})?|[A-Za-z0-9_-]{0,1000}\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{8,8000}\.[A-Za-z0-9_-]{22})/dg,
  ),
  shape('openai-key', ['t3blbkfj'], () => /(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{20,100}T3BlbkFJ[A-Za-z0-9_-]{20,100}/dg),
  shape('paypal-token', ['access_token$'], () => /access_token\$(?:production|sandbox)\$[0-9a-z]{16}\$[0-9a-f]{32}/dg),
  shape('newrelic-key', ['nral'], () => /(?<![A-Za-z0-9])[0-9a-f]{36}NRAL(?![A-Za-z0-9])/dg),
  shape('salesforce-token', ['00d'], () => /(?<![A-Za-z0-9])00D[A-Za-z0-9]{12,15}![A-Za-z0-9_.]{60,200}/dg),
  shape(
    'microsoft-token',
    ['0.a', '1.a', 'm.c'],
    () =>
      /(?<![A-Za-z0-9_.-])(?:[01]\.A[A-Za-z0-9_-]{20,100}\.[A-Za-z0-9_.-]{100,3000}|M\.[CR]\d{1,3}_[A-Za-z0-9._!*$-]{40,3000})/dg,
  ),
  shape(
    'splunk-token',
    ['splunk', 'hec'],
    () =>
      /(?:Authorization["']?: ?["']?Splunk |hec[-_ ]?token["']?[ \t]{0,9}[=:][ \t]{0,9}["']?)(?<bare>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/dgi,
  ),
  shape(
    'npm-token',
    ['_authtoken', '_auth', '_password'],
    () => /(?<=^|[:\s])_(?:authToken|auth|password)[ \t]{0,4}=[ \t]{0,4}["']?(?<bare>[^\s"'$]{6,400})/dgm,
  ),
  shape(
    'machine-key',
    ['validationkey', 'decryptionkey'],
    () => /(?:validation|decryption)Key="(?<bare>[0-9A-Fa-f]{32,256})[,"]/dgi,
  ),
  shape(
    'kubernetes-key',
    ['client-key-data', 'bootstrap'],
    () => /(?:client-key-data|token-secret)["']?:[ \t]{0,4}["']?(?<bare>[A-Za-z0-9+/]{16,8000}={0,2})/dg,
  ),
  shape(
    'saml-assertion',
    ['samlresponse=', 'wresult='],
    () => /(?:SAMLResponse|wresult)=(?<bare>[A-Za-z0-9+/%=]{60,16000})/dg,
  ),
  shape(
    'totp-seed',
    ['otpauth:'],
    () => /otpauth(?::|%3a)[^\s"']{1,300}?(?:[?&]|%3f|%26)secret(?:=|%3d)(?<bare>[A-Za-z2-7%=]{8,200})/dgi,
  ),
  shape(
    'totp-seed',
    [
      'otp',
      '2fa',
      'mfa',
      'authenticator',
      'two-factor',
      'seed',
      'base32',
      'setup key',
      'secret key',
      'entry key',
      'setup-key',
    ],
    () =>
      /(?<![A-Za-z])(?:[th]?otp|2fa|mfa|authenticator|two-factor|base32|(?:setup|secret|entry)[ _-]key)(?:[-_ ]?[A-Za-z]{2,14}){0,3}?["')]?(?:[ \t]{0,9}[:=]|[ \t](?:is|ist|est)(?:[ \t]?:)?|,)?(?:[ \t]{1,9}-{1,2}[a-z][a-z0-9=-]{0,14}){0,3}[ \t]{1,9}["']?(?<bare>(?:[A-Z2-7]{16,128}|[a-z2-7]{16,128}|[A-Za-z2-7]{4}(?:[ -][A-Za-z2-7]{4}){3,15})={0,6})(?![A-Za-z0-9+/_-])/dgi,
    (seed) => /[2-7]/.test(seed) || /^[A-Z]+$/.test(seed) || seed.split(/[ -]/).length >= 6,
  ),
  shape(
    'totp-seed',
    ['otp', '2fa', 'mfa'],
    () =>
      /(?<![A-Za-z])(?:[th]?otp|2fa|mfa)(?:[-_]?[A-Za-z]{2,14}){0,3}["']?[:=]["']?(?<bare>(?:[A-Z2-7]{16,128}|[a-z2-7]{16,128})={0,6})(?![A-Za-z0-9+/_-])/dgi,
    isMixed,
  ),
  shape(
    'totp-seed',
    ['otpauth-migration:'],
    () => /otpauth-migration:\/\/offline\?data=(?<bare>[A-Za-z0-9%+/=_-]{20,4000})/dg,
  ),
  shape('password', ['wifi:'], () => /WIFI:(?:[A-OQ-Z]:[^;\r\n]{0,80};){0,4}P:(?<bare>(?:\\.|[^;\\\r\n]){1,80});/dg),
  shape(
    'kubernetes-token',
    ['kubeadm', 'bootstrap', 'discovery-token'],
    () => /(?<![A-Za-z0-9._-])(?=[a-z]{0,5}\d|[a-z0-9]{6}\.[a-z]{0,15}\d)[a-z0-9]{6}\.[a-z0-9]{16}(?![A-Za-z0-9._-])/dg,
  ),
  shape(
    'proxmox-ticket',
    ['pve:', 'pbs:', 'pmg:'],
    () => /(?<![A-Za-z0-9])P(?:VE|BS|MG):[A-Za-z0-9_.@!-]{1,60}:[0-9A-F]{8}::[A-Za-z0-9+/=]{20,400}/dg,
  ),
  shape(
    'proxmox-token',
    ['pveapitoken', 'pbsapitoken'],
    () => /P(?:VE|BS)APIToken[=: ]\s{0,4}[^\s=:]{1,80}[=:](?<bare>[0-9a-f]{8}-[0-9a-f-]{27})/dg,
  ),
  shape(
    'session',
    ['sessionid', 'sessid', 'connect.sid'],
    () =>
      /(?:J|PHP|ASP\.NET_|ASP)?(?:SESSIONID|SESSID|connect\.sid)["']?[ \t]?[=,:][ \t]?["']?(?<bare>[A-Za-z0-9%._~+/-]{20,400})/dgi,
    (value) => /\d/.test(value),
  ),
  shape('app-key', ['base64:'], () => /(?<![A-Za-z0-9])base64:[A-Za-z0-9+/]{43}=/dg),
  // Keys for changes of DNS, and those that agents share with their server.
  shape('shared-key', ['hmac-'], () => /hmac-(?:md5|sha\d{1,3}):[^\s:]{1,80}:(?<bare>[A-Za-z0-9+/]{16,120}={0,2})/dg),
  shape('shared-key', ['tlspsk'], () => /TLSPSK(?:Value)?=["']?(?<bare>[0-9A-Fa-f]{32,512})/dgi),
  // The private half of a JSON web key.
  shape('private-key', ['"kty"'], () => /"(?:d|k|p|q|dp|dq|qi)"\s{0,4}:\s{0,4}"(?<bare>[A-Za-z0-9_-]{20,1400})"/dg),
  shape(
    'api-key',
    ['key', 'token', 'secret', 'auth', 'pat'],
    () =>
      new RegExp(
        String.raw`(?<![A-Za-z0-9])(?:${MAKERS})[\w .-]{0,30}?(?:key|token|secret|auth|pat|sid)["']?(?:[ \t]{0,9}(?:[:=]|=>|:=|is)[ \t]{0,9}|[ \t]{1,9})["']?(?<bare>[A-Za-z0-9_~+/=-]{20,128})(?![A-Za-z0-9_~+/=-])`,
        'dgi',
      ),
    (value) => isRandom(value) && /\d/.test(value),
  ),
]
