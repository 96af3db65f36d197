import type { Report, Source } from '../finding.ts'
import { isPlainSecret, PARTICIPLE } from './common.ts'
import { isHost } from './host.ts'
import { pattern } from './lazy.ts'
import { isLoose } from './shape.ts'

/** In longer texts questions are asked about anything. */
const SHORT_CHARS = 900

/** Somebody asks how to get in: for a password, for a code, or for both halves of an account. */
const ASKS = pattern(
  `[?？]|(?<![a-zß-ÿ])(?:what(?:'s| is| was| do)|which|wie (?:komm|war|ist|lautet)|was (?:war|ist)|wat (?:was|is)|welke?|heb je|hast du|tu as|vraagt|asks|fragt|demande|c'est quoi|quel(?:le)?|déjà|nochmal|alweer|again|remind me|need the|ich brauche|ik zoek|j'ai besoin|anyone|iemand|jemand|quelqu'un)(?![a-zß-ÿ])`,
)
const PASSWORD = pattern(
  String.raw`pass|\bpw\b|\bww\b|wachtw|kennw|mdp|login|log in|inlog|anmeld|admin|root|zugang|toegang|access|accès|komm|get in(?:to)?|erin|rein|entrer|connect|wi-?fi|wlan|nas\b|router|synology|fritz|switch|unlock|bios|protect|protég|beveiligd|geschützt|versleuteld|verschlüsselt|key\b|sleutel|schlüssel|clé\b|intikken|invullen|eintippen|eingeben|do i (?:enter|type)|taper`,
)
const CODE = pattern(
  String.raw`combo|keypad|code|\bpin\b|alarm|puk|kluis|tresor|safe|coffre|tür|deur|door|gate|porte|voicemail`,
)

/** Who says it and when: `[14:02] Rosi:`, `<luc>`, `Urs:`, `Sara 09:12  `, `> Lien:`, and what may stand before the value. */
const WHO = pattern(
  String.raw`^(?:>[ \t]?)?(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?[ \t]{1,3})?(?:<[\w .-]{1,20}>|\p{L}[\p{L}.-]{0,20}(?: \p{Lu}\p{L}{1,15})?(?:[ \t]{1,2}\d{1,2}:\d{2}:?[ \t]{1,3}|:)|[->])[ \t]{0,4}`,
  'u',
)
const BEFORE = pattern(
  String.raw`^(?:(?:it'?s|its|is|dus|also|donc|das ist|ist|c'est|dat is|it was|war|dan|then|try|use|probeer|gebruik|nimm|essaie|ja,?|ye(?:s|ah|p),?|oui,?|uh,?|hmm,?)[ \t]{1,2}){0,3}["'\x60]?`,
  'i',
)
/** How something is to be written */
const SPELLING = /^(?:aan elkaar|klein|zonder|lower|one word|no |zusammen|ohne|en minus|tout att)/
/** "ouvre-le avec X" */
const OPENER = pattern(
  '(?:open|ouvr|öffn|unlock|ontgr)\\S{0,8} (?:\\S+ ){0,2}(?:with|met|mit|avec) ["«„“]?(?<bare>[^\\s"»”“]{5,40}?)["»”“.!\\s]*$',
  'd',
)
const FIRST = /^[^\s"'`,;]{4,40}/

/** An answer may come after "wait" and "the usual". */
const MAX_ANSWERS = 5

/** `what's the nas again?` and, in one of the next lines, `Rosi: X`: the answer of a chat. */
export function answers({ text, lower }: Source, report: Report): void {
  if (text.length > SHORT_CHARS || !text.includes('\n')) return
  const lines = linesOf(text)
  lines.forEach(({ start, end }, at) => {
    const asked = lower.slice(start, end)
    if (asked.length > 200 || !ASKS().test(asked)) return
    const isCode = CODE().test(asked)
    if (!isCode && !PASSWORD().test(asked)) return
    lines.slice(at + 1, at + 1 + MAX_ANSWERS).forEach((line, distance) => {
      answered(text, line, isCode, distance === 0, report)
    })
  })
}

interface Stretch {
  start: number
  end: number
}

function linesOf(text: string): Stretch[] {
  let start = 0
  return text.split('\n').map((line) => {
    const stretch = { start, end: start + line.length }
    start += line.length + 1
    return stretch
  })
}

function answered(text: string, { start, end }: Stretch, isCode: boolean, isNext: boolean, report: Report): void {
  const line = text.slice(start, end)
  const who = WHO().exec(line)?.[0].length ?? 0
  if (!isNext && who === 0) return
  const lead = who + (BEFORE().exec(line.slice(who))?.[0].length ?? 0)
  const value = (FIRST.exec(line.slice(lead))?.[0] ?? '').replace(/[.)?]+$/, '')
  const rest = line.slice(lead + value.length).trim()
  const isFigures = isCode && /^[*#]?\d{4,8}#?$|^\d{1,3}(?:-\d{1,3}){2,3}$/.test(value)
  const isSpelled = who > 0 && SPELLING.test(rest)
  const isPlain =
    isNext &&
    isPlainSecret(value) &&
    (isSpelled || ((rest.length < 3 || (who > 0 && rest.startsWith(','))) && !PARTICIPLE().test(value)))
  if (isFigures || isPlain || (isLoose(value) && !isHost(value)))
    report(start + lead, start + lead + value.length, isFigures ? 'pin' : 'password', { isGuess: true })
  else if (isNext && who > 0) {
    const [from = 0, to = 0] = OPENER().exec(line)?.indices?.groups?.bare ?? []
    const opener = line.slice(from, to)
    if (isPlainSecret(opener) || isLoose(opener)) report(start + from, start + to, 'password', { isGuess: true })
  }
}
