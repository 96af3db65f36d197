import { lexScript, type Word } from '../../shell/lex.ts'
import { flagKey, type Grammar, grammarOf, isProgram } from './grammar.ts'
import { readGrammar } from './grammar-reader.ts'
import { hasHit, withoutExtension } from './hits.ts'
import { readInputs } from './inputs.ts'
import { readNamedFlag, readPairs } from './named.ts'
import { isWordOfSentence } from './programs/index.ts'
import { type Reader, reportStretch, type Standing } from './report.ts'
import { type Command, commandsOf, partOf, type Script, unescaped } from './script.ts'

/** How deep `bash -c "ssh host 'bash -c …'"` is followed. */
const MAX_DEPTH = 4

/** Of more programs in one command, only the flags that say what they are are read. */
const MAX_PROGRAMS = 40
/** What may stand before a program's name in a command. */
const BEFORE_PROGRAM = ' sudo doas exec env time nohup start call if then do else ! xargs cmd cmd.exe '

const mayPrecede = ({ text }: Word): boolean =>
  /^[-/$%~"'\d]|=|^c:/i.test(text) || BEFORE_PROGRAM.includes(` ${text.toLowerCase()} `)

/** Finds the secrets of all commands of a script. */
export function readScript(reader: Reader, lexed = lexScript(reader.script.text)): void {
  for (const command of commandsOf(lexed)) readCommand(reader, command)
  for (const { start, end } of lexed.bodies) {
    const body = partOf(reader.script, start, end)
    if (hasHit(body.text)) readNested(reader, body)
  }
}

function readCommand(reader: Reader, command: Command): void {
  const { words } = command
  if (words.length === 0) return
  const programs = programsIn(reader, words)
  for (const [index, { at, grammar, standing }] of programs.entries())
    readGrammar(reader, grammar, words.slice(at + 1, programs[index + 1]?.at), command, standing)
  if (programs.length === 0) readInputs(reader, undefined, words, command)
  let isOurs: boolean | undefined
  for (const [at, word] of words.entries()) {
    const isValueInside =
      /^[-/]/.test(word.text) && !isHarmless(programs, at, word) && readNamedFlag(reader, word, words[at + 1])
    if (word.text.includes('@')) readAddress(reader, word)
    if (word.text.includes('=')) {
      // `msp cred exec --env PW=password` names a field of a stored secret.
      isOurs ??=
        words.some(({ text }) => /^(?:.*[\\/])?msp(?:\.cmd)?$/.test(text)) && words.some(({ text }) => text === 'cred')
      if (!isOurs) readPairs(reader, word, words[at + 1])
    }
    if (word.quoted && !isValueInside && /\s/.test(word.text) && hasHit(word.text))
      readNested(reader, unescaped(reader.script, quotedPart(reader, word)))
  }
}

/** The table of the program says that what follows is no secret, whatever the flag is called. */
const isHarmless = (programs: readonly Program[], at: number, { text }: Word): boolean =>
  programs.some((program) => program.at < at && program.grammar.flags.get(flagKey(text))?.isSecret === false)

interface Program {
  at: number
  grammar: Grammar
  standing: Standing
}

/** The programs among the words: `sudo`, `docker exec` and `ssh` run the one that is named behind them. */
function programsIn(reader: Reader, words: readonly Word[]): Program[] {
  const found: Program[] = []
  let isStart = true
  for (const [at, word] of words.entries()) {
    if (found.at(-1)?.grammar.ownWords.has(word.text)) continue
    // `/sc` is a flag of Windows, `/etc/mosquitto/passwd` a file.
    const isArgument =
      !isStart && (/^\/[A-Za-z]+$/.test(word.text) || (/[\\/]/.test(word.text) && isWordOfSentence(programName(word))))
    const grammar = isArgument ? undefined : grammarOf(programName(word))
    // `net` is a program at the beginning of a command, and perhaps none behind other words.
    const isDoubtful = !isStart && isWordOfSentence(word.text.toLowerCase())
    if (grammar) found.push({ at, grammar, standing: isDoubtful ? 'sentence' : standingOf(reader, word) })
    if (found.length === MAX_PROGRAMS) break
    isStart = word.text.endsWith(':') || (isStart && mayPrecede(word))
  }
  return found
}

/** A name that is no word of a sentence is as good as a prompt before it. */
function standingOf({ standing }: Reader, word: Word): Standing {
  if (isWordOfSentence(programName(word))) return standing
  return standing === 'sentence' ? 'line' : 'command'
}

/** `contoso/ana:secret@host` and `//ana:secret@host/share`, to whatever program. */
function readAddress(reader: Reader, word: Word): void {
  const [, before = '', secret = ''] =
    /^((?:\/\/|[\w.-]{1,60}\/)[\w.\\-]{1,60}:)([^\s/]{1,200})@[\w.[\]-]+(?:\/.*)?$/s.exec(word.text) ?? []
  if (secret !== '') reportStretch(reader, word, before.length, before.length + secret.length, 'password')
}

/** The part of a word from its first quote on: `/c"net user …"`. */
function quotedPart({ script }: Reader, word: Word): Word {
  const at = word.pieces.findIndex(([start]) => /["'\n]/.test(script.text.charAt(start - 1)))
  if (at <= 0) return word
  const pieces = word.pieces.slice(at)
  return { ...word, pieces, text: pieces.map(([start, end]) => script.text.slice(start, end)).join('') }
}

function readNested(reader: Reader, script: Script): void {
  if (reader.depth >= MAX_DEPTH) return
  readScript({ ...reader, script, standing: 'line', depth: reader.depth + 1 })
}

/** `C:\tools\PsExec64.exe` → `psexec64`. */
function programName({ text }: Word): string {
  if (isProgram(text)) return text
  if (
    text.length > 200 ||
    text.startsWith('-') ||
    !/^[`'"&@([]{0,3}(?:[A-Za-z]:)?[\w\\/~.][\w.\\/~ ()%+-]*$/.test(text)
  )
    return ''
  const base = text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1).toLowerCase()
  if (/^[\w-]*$/.test(base)) return base
  const name = withoutExtension(base.replace(/^[`'"&@([]+/, ''))
  // `mysql.exe.com`
  return withoutExtension(withoutExtension(name))
}
