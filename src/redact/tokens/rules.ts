import type { Rule } from '../rules.ts'

/**
 * Secrets that are known by their own shape. A lookbehind keeps a pattern from starting inside a run of the same characters:
 * without it a long run would be tried from each of its positions.
 */
function shape(kind: string, hints: string[], pattern: RegExp): Rule {
  return { kind, hints, pattern, isShape: true }
}

export const TOKEN_RULES: readonly Rule[] = [
  // To the end of the text when the end line is missing: it was cut.
  shape(
    'private-key',
    ['private key-----', 'private key block-----'],
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?<bare>[\s\S]+?)(?=-----END |$(?![\s\S]))/dg,
  ),
  shape('private-key', ['private-lines:'], /Private-Lines: ?\d{1,4}\s{1,2}(?<bare>[A-Za-z0-9+/=\s]{20,8000})/dg),
  shape(
    'aws-key',
    ['akia', 'asia', 'abia', 'acca'],
    /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])/dg,
  ),
  shape(
    'aws-secret',
    ['aws'],
    /aws[-_]?(?:secret[-_]?access|secret|session)[-_]?(?:key|token)["']?[ \t]{0,9}[=: \t][ \t"']{0,9}(?<bare>[A-Za-z0-9/+=]{40,2000})/dgi,
  ),
  // Our own: keys of the API and refresh tokens.
  shape('claudetools-token', ['ctk_', 'rt_'], /(?<![A-Za-z0-9_-])(?:ctk|rt)_[A-Za-z0-9_-]{40,64}(?![A-Za-z0-9_-])/dg),
  shape('github-token', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], /(?<![A-Za-z0-9_])gh[pousr]_[A-Za-z0-9]{30,255}/dg),
  shape('github-token', ['github_pat_'], /(?<![A-Za-z0-9_])github_pat_[A-Za-z0-9_]{22,255}/dg),
  shape(
    'gitlab-token',
    ['glpat-', 'gldt-', 'glrt-', 'glcbt-', 'glptt-', 'glft-', 'glsoat-', 'glagent-'],
    /(?<![A-Za-z0-9_-])gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent)-[A-Za-z0-9_.-]{20,255}/dg,
  ),
  shape('slack-token', ['xox', 'xapp-'], /(?<![A-Za-z0-9_-])(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{10,255}/dg),
  shape(
    'slack-webhook',
    ['hooks.slack.com'],
    /hooks\.slack\.com\/(?:services|workflows|triggers)\/(?<bare>[A-Za-z0-9/_-]{20,200})/dg,
  ),
  shape(
    'teams-webhook',
    ['webhook.office.com', 'logic.azure.com'],
    /(?:webhook\.office\.com\/webhookb2|logic\.azure\.com(?::443)?\/workflows)\/(?<bare>[^\s"'<>]{20,600})/dg,
  ),
  shape(
    'discord-webhook',
    ['discord'],
    /discord(?:app)?\.com\/api\/webhooks\/(?<bare>\d{15,25}\/[A-Za-z0-9_-]{30,120})/dg,
  ),
  shape('zapier-webhook', ['hooks.zapier.com'], /hooks\.zapier\.com\/hooks\/catch\/(?<bare>[A-Za-z0-9/]{8,100})/dg),
  shape(
    'stripe-key',
    ['_live_', '_test_', 'whsec_'],
    /(?<![A-Za-z0-9_])(?:(?:sk|rk)_(?:live|test)_|whsec_)[A-Za-z0-9+/=]{16,255}/dg,
  ),
  shape('google-key', ['aiza'], /(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}/dg),
  shape('google-token', ['ya29.', 'gocspx-'], /(?<![A-Za-z0-9_-])(?:ya29\.|GOCSPX-)[A-Za-z0-9_-]{20,2000}/dg),
  shape('azure-secret', ['8q~'], /(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}8Q~[A-Za-z0-9_~.-]{31,40}/dg),
  shape(
    'azure-key',
    ['accountkey=', 'sharedaccesskey='],
    /(?:AccountKey|SharedAccessKey)=(?<bare>[A-Za-z0-9+/]{30,200}={0,2})/dgi,
  ),
  shape('azure-sas', ['sig='], /[?&;]sig=(?<bare>[A-Za-z0-9%+/=_-]{20,200})/dgi),
  // Header and payload are JSON objects, so both start with the Base64 of '{"'. The signature is missing from an unsigned one.
  shape(
    'jwt',
    ['eyj'],
    /(?<![A-Za-z0-9_.-])eyJ[A-Za-z0-9_-]{8,8000}\.eyJ[A-Za-z0-9_-]{8,8000}(?:\.[A-Za-z0-9_-]{0,2000})?/dg,
  ),
  shape('npm-token', ['npm_'], /(?<![A-Za-z0-9_])npm_[A-Za-z0-9]{36}/dg),
  shape('pypi-token', ['pypi-'], /(?<![A-Za-z0-9_-])pypi-[A-Za-z0-9_-]{50,500}/dg),
  shape('api-key', ['sk-'], /(?<![A-Za-z0-9_-])sk-(?:ant-|proj-|svcacct-|or-v1-)?[A-Za-z0-9_-]{24,300}/dg),
  shape('sendgrid-key', ['sg.'], /(?<![A-Za-z0-9_.-])SG\.[A-Za-z0-9_-]{20,30}\.[A-Za-z0-9_-]{30,60}/dg),
  shape('vault-token', ['hvs.', 'hvb.'], /(?<![A-Za-z0-9_.-])hv[sb]\.[A-Za-z0-9_-]{24,300}/dg),
  shape('totp-seed', ['otpauth:'], /otpauth:[^\s"']{1,300}?[?&]secret=(?<bare>[A-Za-z2-7%=]{8,200})/dgi),
  shape('bitlocker-key', ['-'], /(?<![\d-])\d{6}-\d{6}-\d{6}-\d{6}-\d{6}-\d{6}-\d{6}-\d{6}(?![\d-])/dg),
  shape(
    'product-key',
    ['-'],
    /(?<![A-Za-z0-9-])[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}(?![A-Za-z0-9-])/dg,
  ),
]
