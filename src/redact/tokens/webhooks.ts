import { lazyRule, type Rule } from '../rules.ts'

const webhook = (kind: string, hints: string[], pattern: () => RegExp): Rule =>
  lazyRule({ kind, hints, isShape: true }, pattern)

/** Addresses that let anybody who knows them write: what stands behind the host is the secret. */
export const WEBHOOK_RULES: readonly Rule[] = [
  webhook(
    'slack-webhook',
    ['hooks.slack'],
    () => /hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/(?<bare>[A-Za-z0-9/_-]{20,200})/dg,
  ),
  webhook(
    'teams-webhook',
    ['webhook.office.com', 'logic.azure.com'],
    () =>
      /(?:webhook\.office\.com\/webhookb2|outlook\.office(?:365)?\.com\/webhook|logic\.azure\.(?:com|us)(?::443)?\/workflows)\/(?<bare>[^\s"'<>]{20,600})/dg,
  ),
  webhook(
    'teams-webhook',
    ['outlook.office'],
    () => /outlook\.office(?:365)?\.com\/webhook\/(?<bare>[^\s"'<>]{20,600})/dg,
  ),
  webhook(
    'teams-webhook',
    ['api.powerplatform.com'],
    () => /api\.powerplatform\.com(?::443)?\/powerautomate\/[^\s"'<>?]{0,300}workflows\/(?<bare>[^\s"'<>]{20,600})/dg,
  ),
  webhook(
    'discord-webhook',
    ['discord'],
    () => /discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{15,25}\/(?<bare>[A-Za-z0-9_-]{30,120})/dg,
  ),
  webhook(
    'telegram-token',
    ['api.telegram.org'],
    () => /api\.telegram\.org\/bot(?<bare>\d{6,12}:[A-Za-z0-9_-]{30,40})/dg,
  ),
  webhook(
    'chat-webhook',
    ['chat.googleapis.com'],
    () => /chat\.googleapis\.com\/v1\/spaces\/[^\s"'<>?]{1,100}\?(?<bare>[^\s"'<>]{20,400})/dg,
  ),
  webhook(
    'chat-webhook',
    ['/hooks/'],
    () => /\/hooks\/(?<bare>[A-Za-z0-9]{17,24}\/[A-Za-z0-9]{40,80}|(?=[a-z]{0,26}\d)[a-z0-9]{26}(?![A-Za-z0-9/_-]))/dg,
  ),
  webhook(
    'zapier-webhook',
    ['hooks.zapier.com'],
    () => /hooks\.zapier\.com\/hooks\/(?:catch|standard)\/(?<bare>[A-Za-z0-9/]{8,100})/dg,
  ),
  webhook(
    'webhook',
    ['maker.ifttt.com'],
    () => /maker\.ifttt\.com\/trigger\/[^\s"'<>]{1,100}\/key\/(?<bare>[A-Za-z0-9_-]{15,60})/dg,
  ),
  webhook(
    'webhook',
    ['.make.com', 'integromat'],
    () => /hook\.(?:[a-z0-9]{2,4}\.)?(?:make|integromat)\.com\/(?<bare>[A-Za-z0-9]{20,60})/dg,
  ),
  webhook(
    'webhook',
    ['hc-ping.com'],
    () => /hc-ping\.com\/(?<bare>[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9_-]{20,24}(?=\/))/dg,
  ),
  webhook(
    'webhook',
    ['webhook.site', 'pipedream.net'],
    () => /(?:webhook\.site\/|https:\/\/)(?<bare>[0-9a-f]{8}-[0-9a-f-]{27}|eo[a-z0-9]{12,20}(?=\.m\.pipedream\.net))/dg,
  ),
  webhook('webhook', ['/api/push/'], () => /\/api\/push\/(?<bare>[A-Za-z0-9]{10,40})(?![A-Za-z0-9])/dg),
  webhook(
    'webhook',
    ['events.pagerduty.com'],
    () => /events\.(?:eu\.)?pagerduty\.com\/(?:integration|x-ere)\/(?<bare>[A-Za-z0-9]{20,40})/dg,
  ),
  webhook(
    'webhook',
    ['automation.atlassian.com'],
    () => /automation\.atlassian\.com\/pro\/hooks\/(?<bare>[A-Za-z0-9]{20,80})/dg,
  ),
  webhook('webhook', ['/api/webhook/'], () => /\/api\/webhook\/(?<bare>[A-Za-z0-9_-]{16,80})/dg),
  webhook(
    'webhook',
    ['azure-automation.net'],
    () => /azure-automation\.net\/webhooks\?token=(?<bare>[A-Za-z0-9%+/=_-]{20,200})/dg,
  ),
  // Addresses that were signed for whoever has them.
  webhook(
    'signature',
    ['x-amz-signature=', 'x-goog-signature=', 'x-amz-security-token='],
    () => /X-(?:Amz|Goog)-(?:Signature|Security-Token)=(?<bare>[A-Za-z0-9%+/=_-]{32,4000})/dgi,
  ),
  webhook('signature', ['signature='], () => /[?&]Signature=(?<bare>[A-Za-z0-9%+/=_~-]{20,1000})(?=[&\s"'<>]|$)/dg),
]
