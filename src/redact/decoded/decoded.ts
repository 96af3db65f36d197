import type { Layer, Report, Source, TextKind } from '../finding.ts'
import { lazy } from '../names/words.ts'
import { layerOf } from '../rules.ts'
import { places } from '../spread.ts'
import { decodeCommands } from './decode-commands.ts'
import { type Encoded, encodedIn } from './encoded.ts'
import { kubernetesSecrets } from './kubernetes.ts'
import { MAIL_RULES } from './mail.ts'
import { viewsOf } from './views.ts'

/** Encoded once, and once more: a JSON string in an encoded command. */
const MAX_DEPTH = 2
/** Decoded text costs as much as any other, and its own layers decode again: there may be so much of it, as a share of the text. */
const SHARES = [1, 0.25]
/** Below this nothing is saved: events are short. */
const FREE_CHARS = 4_000

/** Secrets in what a text says only once it is decoded. */
export const decoded: Layer = (source, report) => {
  mailLogins(source, report)
  kubernetesSecrets(source, report)
  decodeCommands(source, report)
  if (source.depth >= MAX_DEPTH) return
  const budget = { chars: FREE_CHARS + source.text.length * (SHARES[source.depth] ?? 0) }
  inViews(source, report, budget)
  inEncoded(source, report, budget)
}

const mailLogins = layerOf(MAIL_RULES)

/** Exact places: each character of a view comes from somewhere. */
function inViews(source: Source, report: Report, budget: { chars: number }): void {
  for (const view of viewsOf(source.text)) {
    if (view.text.length > budget.chars) continue
    budget.chars -= view.text.length
    for (const { start, end, kind, isGuess } of source.findInside(view.text, source.as)) {
      if (isGuess && view.isDoubtful) continue
      const from = view.startOf(start)
      const to = view.separator === undefined ? -1 : source.text.slice(from, view.endOf(end)).indexOf(view.separator)
      report(from, to > 0 ? from + to : view.endOf(end), kind, { isShape: true, isGuess: isGuess === true })
    }
  }
}

/** Of base64 and hexadecimal digits the whole is the secret: half of it would still say half of what it hides. */
function inEncoded(source: Source, report: Report, budget: { chars: number }): void {
  const commands: Encoded[] = []
  const texts: Encoded[] = []
  let logins = 0
  for (const encoded of encodedIn(source.text)) {
    if (encoded.text.length > budget.chars) continue
    budget.chars -= encoded.text.length
    if (isLogin(encoded.text)) {
      report(encoded.start, encoded.end, 'password', { isShape: true })
      if (++logins <= MAX_ELSEWHERE) elsewhere(source.text, passwordOf(encoded.text), 'password', report)
    }
    const isCommand = WIDE.test(source.text.slice(encoded.start, encoded.start + 8))
    ;(isCommand ? commands : texts).push(encoded)
  }
  inJoined(source, report, commands, 'command')
  inJoined(source, report, texts, 'text')
}

/** The base64 of ASCII in UTF-16, as PowerShell takes its encoded commands. */
const WIDE = /^..[AB].A..A/

/** Apart enough that nothing of one text names what stands in the next. */
const BETWEEN = '\n\n\n'

/** All are looked at as one text: there may be thousands of a few characters. */
function inJoined(source: Source, report: Report, parts: readonly Encoded[], as: TextKind): void {
  if (parts.length === 0) return
  const joined = parts.map(({ text }) => text).join(BETWEEN)
  // What is decoded by chance may look like a password by chance too.
  const found = source.findInside(joined, as).filter(({ isGuess }) => !isGuess)
  let next = 0
  let at = 0
  for (const { start, end, text } of parts) {
    while (next < found.length && (found[next]?.end ?? 0) <= at) next += 1
    const inside = found[next]
    if (inside && inside.start < at + text.length) report(start, end, inside.kind, { isShape: true })
    at += text.length + BETWEEN.length
  }
  for (const { start, end, kind } of found.slice(0, MAX_ELSEWHERE))
    elsewhere(source.text, joined.slice(start, end), kind, report)
}

/** `user:password`, as HTTP, Docker and .npmrc write it. Numbers, UUIDs and versions are ids of an API. */
const LOGIN = lazy(
  String.raw`^(?!https?:|urn:|gid:|sha\d|arrayconnection:|cursor:|v\d)[\w.@\\+-]{1,64}:(?!\d{1,12}$|[\da-f-]{36}$|\d{4}-\d\d-|[/:])[^\s:]{3,100}$`,
  'i',
)
const isLogin = (text: string): boolean => LOGIN().test(text) && !/^\d+:\d/.test(text)
const passwordOf = (login: string): string => login.slice(login.indexOf(':') + 1)

/** The password of a login stands as it is elsewhere in the text: `Decoded: admin:…`. */
function elsewhere(text: string, value: string, kind: string, report: Report): void {
  if (value.length < SHORTEST_ELSEWHERE) return
  for (const start of places(text, value)) report(start, start + value.length, kind)
}

const SHORTEST_ELSEWHERE = 6
/** Of more values than this the other places are not looked for: the time would no longer be linear. */
const MAX_ELSEWHERE = 10
