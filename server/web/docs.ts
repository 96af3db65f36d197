import type { ServerResponse } from 'node:http'

/** The interactive API documentation, with everything it needs from this server. */
const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>ClaudeTools API</title></head>
<body>
<script id="api-reference" data-url="/api/openapi.json" data-configuration='{"withDefaultFonts":false,"telemetry":false,"showDeveloperTools":"never","hideClientButton":true,"agent":{"disabled":true},"mcp":{"disabled":true}}'></script>
<script src="/api/docs/scalar.js"></script>
</body>
</html>
`

export function docsPage(response: ServerResponse): void {
  response
    .writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      // Nothing from elsewhere; Scalar styles its parts inline.
      'content-security-policy':
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    })
    .end(PAGE)
}
