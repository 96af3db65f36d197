import type { Report, Source } from '../finding.ts'
import { lazy } from '../names/words.ts'
import { fromBase64 } from './encoded.ts'

/** How far `data:` may stand from `kind: Secret`, either way. */
const NEAR_CHARS = 20_000
const KIND = lazy(String.raw`(?<![A-Za-z])kind["']?[ \t]{0,9}:[ \t]{0,9}["']?secret(?![A-Za-z])`)
const YAML_VALUE = lazy(
  String.raw`^[ \t]{1,40}["']?([\w.-]{1,120})["']?[ \t]{0,9}:[ \t]{1,9}["']?([A-Za-z0-9+/]{2,8000}={0,2})["']?[ \t]{0,40}\r?$`,
)
const JSON_VALUE = lazy(String.raw`"([\w.-]{1,120})"[ \t]{0,9}:[ \t]{0,9}"([A-Za-z0-9+/]{2,8000}={0,2})"`, 'g')
/** What is kept beside a secret and is none. */
const NO_SECRET = lazy(
  String.raw`^(?:user(?:name)?|login|email|host(?:name)?|server|port|db(?:name)?|database|namespace|url|(?:tls|ca)\.crt)$`,
  'i',
)
const MAX_BLOCKS = 200

/** The values of Kubernetes secrets: under `data` each is one, in base64, whatever its name. Certificates are public. */
export function kubernetesSecrets({ text, lower }: Source, report: Report): void {
  if (!lower.includes('secret') || !lower.includes('data') || !KIND().test(lower)) return
  let blocks = 0
  for (const block of text.matchAll(/(?<![A-Za-z])data["']?[ \t]{0,9}:[ \t]{0,9}(\{|\r?$)/gm)) {
    if (++blocks > MAX_BLOCKS) return
    const around = lower.slice(
      Math.max(0, block.index - (NEAR_CHARS / MAX_BLOCKS) * 10),
      block.index + (NEAR_CHARS / MAX_BLOCKS) * 10,
    )
    if (!KIND().test(around)) continue
    const from = block.index + block[0].length
    if (block[1] === '{') jsonValues(text, from, report)
    else yamlValues(text, from, indentOf(text, block.index), report)
  }
}

function jsonValues(text: string, from: number, report: Report): void {
  const end = text.indexOf('}', from)
  const body = text.slice(from, Math.min(end === -1 ? text.length : end, from + NEAR_CHARS))
  for (const { 0: pair, 1: name = '', 2: value = '', index } of body.matchAll(JSON_VALUE()))
    reportValue(name, value, from + index + pair.length - 1 - value.length, report)
}

/** The lines below that stand further in. */
function yamlValues(text: string, from: number, indent: number, report: Report): void {
  let at = text.indexOf('\n', from) + 1
  while (at > 0 && at < text.length) {
    const next = text.indexOf('\n', at)
    const line = text.slice(at, next === -1 ? text.length : next)
    if (line.trim() !== '' && line.search(/\S/) <= indent) return
    const [, name = '', value] = YAML_VALUE().exec(line) ?? []
    if (value !== undefined) reportValue(name, value, at + line.lastIndexOf(value), report)
    at = next === -1 ? 0 : next + 1
  }
}

const indentOf = (text: string, at: number): number => at - (text.lastIndexOf('\n', at - 1) + 1)

function reportValue(name: string, value: string, start: number, report: Report): void {
  if (NO_SECRET().test(name) || fromBase64(value)?.startsWith('-----BEGIN CERTIFICATE')) return
  report(start, start + value.length, 'secret', { isShape: true })
}
