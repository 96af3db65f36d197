/**
 * Addresses that let anybody who knows them write, as `rules.ts` reads them: what stands behind the host is the secret. The last two are of
 * addresses that were signed for whoever has them.
 */
export const WEBHOOKS = String.raw`
slack-webhook hooks.slack
hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/(@[U/]{20,200})
teams-webhook webhook.office.com,logic.azure.com,outlook.office
(?:webhook\.office\.com/webhookb2|outlook\.office(?:365)?\.com/webhook|logic\.azure\.(?:com|us)(?::443)?/workflows)/(@[^\s"'<>]{20,600})
teams-webhook api.powerplatform.com
api\.powerplatform\.com(?::443)?/powerautomate/[^\s"'<>?]{0,300}workflows/(@[^\s"'<>]{20,600})
discord-webhook discord
discord(?:app)?\.com/api/(?:v\d{1,2}/)?webhooks/\d{15,25}/(@U{30,120})
telegram-token api.telegram.org
api\.telegram\.org/bot(@\d{6,12}:U{30,40})
chat-webhook chat.googleapis.com
chat\.googleapis\.com/v1/spaces/[^\s"'<>?]{1,100}\?(@[^\s"'<>]{20,400})
chat-webhook /hooks/
/hooks/(@W{17,24}/W{40,80}|(?=[a-z]{0,26}\d)L{26}(?![U/]))
zapier-webhook hooks.zapier.com
hooks\.zapier\.com/hooks/(?:catch|standard)/(@[W/]{8,100})
webhook maker.ifttt.com
maker\.ifttt\.com/trigger/[^\s"'<>]{1,100}/key/(@U{15,60})
webhook .make.com,integromat
hook\.(?:L{2,4}\.)?(?:make|integromat)\.com/(@W{20,60})
webhook hc-ping.com
hc-ping\.com/(@H{8}-[H-]{27}|U{20,24}(?=/))
webhook webhook.site,pipedream.net
(?:webhook\.site/|https://)(@H{8}-[H-]{27}|eo[L]{12,20}(?=\.m\.pipedream\.net))
webhook /api/push/
/api/push/(@W{10,40})(?!W)
webhook events.pagerduty.com
events\.(?:eu\.)?pagerduty\.com/(?:integration|x-ere)/(@W{20,40})
webhook automation.atlassian.com
automation\.atlassian\.com/pro/hooks/(@W{20,80})
webhook /api/webhook/
/api/webhook/(@U{16,80})
webhook azure-automation.net
azure-automation\.net/webhooks\?token=(@[B%=_-]{20,200})
signature/i x-amz-signature=,x-goog-signature=,x-amz-security-token=
X-(?:Amz|Goog)-(?:Signature|Security-Token)=(@[B%=_-]{32,4000})
signature signature=
[?&]Signature=(@[B%=_~-]{20,1000})(?=[&\s"'<>]|$)
`
