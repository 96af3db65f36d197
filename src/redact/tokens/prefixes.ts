import { expanded } from './notation.ts'

/**
 * Tokens that say at their beginning what they are, as their makers publish it. Each line: kind, beginnings, and what follows them, as
 * `notation.ts` writes it. What stands in brackets is a heading.
 */
const TABLE = String.raw`
(clouds)
aws-key AKIA ASIA ABIA ACCA C{16}
aws-token IQoJb3JpZ2lu FwoGZXIvYXdz FQoGZXIvYXdz ABSK [B=]{80,4000}
aws-key amzn.mws. UUID
aws-key amzn1.oa2-cs.v1. H{64}
google-key AIza U{35}
google-token ya29. [U.]{20,2000}
google-token GOCSPX- U{20,60}
google-token 1//0 U{40,200}
google-key GOOG1 C{20,70}
firebase-key AAAA U{7}:U{130,200}
digitalocean-token dop_v1_ doo_v1_ dor_v1_ H{40,80}
cloudflare-token cfut_ cfat_ cfk_ U{35,80}
cloudflare-key v1.0- H{24}-H{100,200}
alibaba-key LTAI W{12,26}
tencent-key AKID W{32}
scaleway-key SCW C{17}
yandex-token AQVN y0_ t1. [U.=]{35,300}
linode-token lin_pat_ U{30,80}
heroku-key HRKU- U{30,80}
fly-token fm1_ fm2_ fm1r_ fm1a_ fo1_ [U+/=,]{40,4000}
render-key rnd_ W{24,60}
netlify-token nfp_ nfc_ nfo_ nfu_ nfb_ W{30,60}
vercel-token vcp_ vci_ vca_ vcr_ vck_ U{24,80}
supabase-key sbp_ H{40}
supabase-key sb_secret_ U{20,60}
planetscale-token pscale_tkn_ pscale_pw_ pscale_oauth_ pscale_api_ [U=.]{30,80}
mongodb-key mdb_sa_sk_ U{30,80}
databricks-token dapi dose H{32}(?:-\d{1,2})?
confluent-key cflt B{56,64}
elastic-key essu_ [U=+/]{40,120}
snowflake-token ver:1-hint: [W-]{1,30}-ETM[W-]{1,8}[U+/=]{40,400}
upcloud-token ucat_ U{20,60}
pulumi-token pul- H{40}
terraform-token tfp- U{40,80}
(clusters)
kubernetes-token K10 H{48,64}::[U.:]{4,80}
docker-token SWMTKN-1- L{40,60}-L{20,30}
kubernetes-key LS0tLS1CRUdJTiBQUklWQVRF LS0tLS1CRUdJTiBSU0EgUFJJVkFUR LS0tLS1CRUdJTiBFQyBQUklWQVRF LS0tLS1CRUdJTiBPUEVOU1NIIFBS [B=]{40,8000}
(what Windows, Jenkins and ASP.NET keep passwords as)
protected-password 01000000d08c9ddf0115d1118c7a00c04fc297eb 01000000D08C9DDF0115D1118C7A00C04FC297EB X{40,8000}
protected-password AQAAANCMnd8BFdERjHoAwE 76492d1116743f0423413b16050a5345 AQAAABAAAA [B=]{20,8000}
password-hash AQAAAAEAACcQAAAAE AQAAAAIAAYagAAAAE [B=]{40,120}
(source and packages)
github-token ghp_ gho_ ghu_ ghs_ ghr_ [W_]{30,255}
github-token github_pat_ [W_]{22,255}
gitlab-token glpat- gldt- glrt- glrtr- glcbt- glptt- glft- glsoat- glagent- gloas- glimt- glffct- glwt- [U.]{20,255}
gitlab-token GR1348941 U{20}
gitea-token gta_ gto_ U{30,80}
atlassian-token ATATT3 ATCTT3 ATOA ATSTT3 ATTT3 [U=]{40,400}
bitbucket-token ATBB W{32}
npm-token npm_ W{36}
pypi-token pypi- U{50,500}
rubygems-key rubygems_ H{48}
nuget-key oy2 L{43}
crates-token cio W{32}
docker-token dckr_pat_ dckr_oat_ U{20,60}
packagist-token packagist_ packagist_out_ packagist_uut_ packagist_ack_ packagist_org_ packagist_user_ H{60,80}
clojars-token CLOJARS_ L{60}
artifactory-key AKCp W{60,80}
artifactory-key cmVmdGtu W{50,80}
sonar-token sqp_ squ_ sqa_ H{40}
circleci-token CCIPAT_ CCIPRJ_ U{30,90}
buildkite-token bkua_ bkct_ bkaj_ W{32,64}
deploy-key Lg_dt_ snyk_uat. snyk_sat. [U.]{30,200}
postman-key PMAK- H{24}-H{34}
prefect-key pnu_ pnb_ W{36}
readme-key rdme_ L{70}
(chat)
slack-token xoxa- xoxb- xoxe- xoxo- xoxp- xoxr- xoxs- xoxc- xoxd- xoxe.xoxp- xoxe.xoxb- xapp- xwfp- [W%-]{10,400}
ntfy-token tk_ L{29}
(mail)
sendgrid-key SG. U{20,30}\.U{30,60}
mailgun-key key- H{32}
mailgun-key pubkey- H{32}
mandrill-key md- (?=U*\d)(?=U*[A-Z])U{22}
brevo-key xkeysib- xsmtpsib- H{64}-W{16}
mailersend-key mlsn. H{64}
resend-key re_ W{8}_W{20,40}
(payment)
stripe-key sk_live_ sk_test_ rk_live_ rk_test_ whsec_ [B=]{16,255}
square-token EAAA U{56,70}
square-token sq0atp- sq0csp- sq0idp- U{20,60}
adyen-key AQE [B=]{20,120}-[B=]{10,120}-[B=]{8,60}
mollie-key live_ test_ access_ W{25,60}
plaid-token access-sandbox- access-development- access-production- UUID
shopify-token shpat_ shpss_ shppa_ shpca_ shprt_ shpua_ shptka_ X{32}
razorpay-key rzp_live_ rzp_test_ W{14,30}
klarna-key klarna_live_api_ klarna_test_api_ [U=/+]{24,200}
flutterwave-key FLWSECK- W{30,40}(?:-X|)
paypal-token A21AA U{60,120}
gocardless-token live_ sandbox_ U{40,44}
easypost-key EZAK EZTK W{54}
shippo-token shippo_live_ shippo_test_ H{40}
duffel-token duffel_live_ duffel_test_ [U=]{43}
(telephony)
twilio-key SK H{32}
(models)
api-key sk- U{24,300}
api-key sk-or-v1- sk_ H{48,64}
anthropic-key sk-ant- U{24,300}
huggingface-token hf_ api_org_ W{30,40}
groq-key gsk_ W{40,60}
replicate-token r8_ W{30,45}
perplexity-key pplx- W{40,60}
xai-key xai- W{60,100}
nvidia-key nvapi- U{50,80}
langsmith-key lsv2_pt_ lsv2_sk_ H{32}_H{8,12}
pinecone-key pcsk_ [W_]{50,90}
fireworks-key fw_ W{20,40}
(watching)
newrelic-key NRAK- NRRA- NRIQ- NRII- NRSP U{20,60}
newrelic-key NRJS- H{19}
grafana-token glsa_ W{32}_X{8}
grafana-token glc_ eyJrIjoi [B=]{32,400}
sentry-token sntrys_ sntryu_ sntrya_ [B=_-]{40,400}
dynatrace-token dt0c01. dt0s01. dt0s02. dt0s03. dt0s08. dt0s16. U{20,30}\.C{60,70}
honeycomb-key hcaik_ hcbik_ hcxik_ hcalk_ hcamk_ L{50,70}
pagerduty-key pdus+_ pdeu+_ [U+]{18,60}
launchdarkly-key sdk- api- mob- UUID
(keys and access)
vault-token hvs. hvb. hvr. U{24,300}
vault-token s. (?=W*[A-Z])(?=W*[a-z])(?=W*\d)W{24}
doppler-token dp.pt. dp.ct. dp.sa. dp.scim. dp.audit. dp.said. W{40,44}
doppler-token dp.st. (?:[a-z0-9_-]{2,35}\.)?W{40,44}
infisical-token st. H{24}\.H{32}\.H{32}
tailscale-key tskey- (?:(?:auth|api|client|scim|webhook)-)?W{10,40}(?:-W{10,60})?
netbird-token nbp_ W{30,50}
ngrok-token 1 2 3 W{26}_(?=W*[A-Z])W{20,24}
onepassword-token ops_ eyJ[U=+/]{100,2000}
onepassword-key A3- C{6}-(?:C{11}|C{6}-C{5})-C{5}-C{5}-C{5}
bitwarden-token 0. UUID\.W{30}:B{22}==
okta-token 00 (?=U*[A-Z])(?=U*[a-z])U{40}
age-key AGE-SECRET-KEY-1 C{58}
age-key AGE-SECRET-KEY-PQ-1 C{50,120}
paseto v1.local. v1.public. v2.local. v2.public. v3.local. v3.public. v4.local. v4.public. [U.]{30,4000}
macaroon MDAxY2xvY2F0aW9u MDAyY2xvY2F0aW9u AgEEbHNhdA [U+/=]{40,4000}
fernet-token gAAAAA [U=]{60,4000}
kerberos-ticket doIE doIF doIG doIH [B=]{200,8000}
saml-assertion PHNhbWxw PHNhbWwy PHNhbWw6 [B=%]{100,8000}
ory-token ory_at_ ory_rt_ ory_ac_ ory_pat_ [U.]{30,200}
(the office)
linear-key lin_api_ lin_oauth_ W{32,64}
notion-token ntn_ W{40,60}
notion-token secret_ W{43}
figma-token figd_ figu_ figo_ figor_ U{38,60}
airtable-token pat W{14}\.H{64}
clickup-token pk_ \d{6,10}_C{30,34}
hubspot-token pat-na1- pat-na2- pat-na3- pat-eu1- pat-ap1- UUID
intercom-token dG9r B{40,80}={0,2}
zoho-token 1000. H{32}\.H{32}
typeform-token tfp_ [U.=]{40,80}
contentful-token CFPAT- U{43}
dropbox-token sl. [U.=]{130,1500}
mapbox-token sk.eyJ [U.]{60,200}
facebook-token EAAC EAAB EAAD EAAG EAAJ W{80,300}
deepl-key deepl_ U{30,60}
(what technicians of MSPs use)
itglue-key ITG. W{32}\.U{60,80}
huntress-key hk_ hs_ W{20,60}
sentinelone-token eyJ1cmwiOi [B=]{40,600}
syncro-token T H{16,24}-H{32}
teamviewer-token 0001CoAB U{40,300}
tactical-key trmm_ U{30,60}
(ours: keys of the API and refresh tokens)
claudetools-token ctk_ rt_ U{40,64}
`

export interface Prefix {
  kind: string
  beginning: string
  /** What follows it. */
  rest: string
}

const byStart = new Map<string, readonly Prefix[]>()
const patterns = new Map<Prefix, RegExp>()

/** What may begin with these two characters, or is one character and a space: a text has many long words, and hardly one begins like a token. */
export function prefixesAt(start: string): readonly Prefix[] {
  const known = byStart.get(start)
  if (known) return known
  const made = readPrefixes(` ${start}`)
  byStart.set(start, made)
  return made
}

/** All prefixes, or those that begin with something, of which a space stands before. Only lines that hold it are read. */
export function readPrefixes(beginning = ' '): Prefix[] {
  const prefixes: Prefix[] = []
  for (let at = TABLE.indexOf(beginning); at !== -1; ) {
    const end = TABLE.indexOf('\n', at)
    const words = TABLE.slice(TABLE.lastIndexOf('\n', at) + 1, end).split(' ')
    const [kind = '', rest = ''] = [words[0], words.at(-1)]
    if (!kind.startsWith('('))
      for (const word of words.slice(1, -1))
        if (` ${word} `.startsWith(beginning)) prefixes.push({ kind, beginning: word, rest })
    at = TABLE.indexOf(beginning, end)
  }
  return prefixes
}

/** What a prefix and all that follows it look like, for a search at one place. Made when it is first needed: a hook lives for one event. */
export function patternOf(prefix: Prefix): RegExp {
  const known = patterns.get(prefix)
  if (known) return known
  const made = new RegExp(`${escaped(prefix.beginning)}${expanded(prefix.rest)}(?![A-Za-z0-9_])`, 'y')
  patterns.set(prefix, made)
  return made
}

const escaped = (text: string): string => text.replace(/[.+*?^$()[\]{}|\\/]/g, '\\$&')
