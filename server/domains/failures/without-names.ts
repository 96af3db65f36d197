import { commandShape, isCarrier, segmentsOf } from '../../../src/guard/shape.ts'

/** Words that are the same everywhere, each behind what comes before it. They belong to nobody, and without them a way is not told. */
const EVERYBODYS =
  /(?<=^|[\s,])(?:''|""|-?\d{1,2}[dhmwy]?|v\d|SHA(?:-?\d{1,3})?|MD5|AES(?:-?\d{3})?|DES|NT1|SMB[123]|TLSv?1(?:\.\d)?|lanplus|lan|Bypass|RemoteSigned|Unrestricted|CurrentUser|Process|LocalMachine|RunAs|Byte|nfs|cifs|json|yaml|xml|csv|table|www-data|root|postgres|loopback|legacy)(?=$|[\s,;|)}"'])/g

/** A command for everybody: what it does, without what it does it to. */
export function withoutNames(command: string): string {
  const kept: string[] = []
  const marked = command.replaceAll('…', 'x').replace(EVERYBODYS, (word) => `${MARK}${lettersOf(kept.push(word) - 1)}`)
  const shape = commandShape(marked).replaceAll('?', '…')
  // `curl.exe` is not what PowerShell calls `curl`.
  const typed = segmentsOf(command).filter((segment) => /\.exe$/i.test(segment.typed) && !isCarrier(segment))
  const told = typed.reduce(
    (text, { program }) => ` ${text} `.replace(` ${program} `, ` ${program}.exe `).trim(),
    shape,
  )
  // `$?` is nobody's either.
  const asked = command.includes('if ($?)') ? told.replaceAll('if ( … )', 'if ($?)') : told
  return asked.replace(MARKS, (_, letters: string) => kept[numberOf(letters)] ?? '…')
}

/** A flag to whoever reads it: flags stay as they are, without digits. */
const MARK = '--msp-kept-'
const MARKS = /--msp-kept-([a-z]+)/g
const lettersOf = (number: number): string =>
  [...String(number)].map((digit) => String.fromCharCode(97 + Number(digit))).join('')
const numberOf = (letters: string): number => Number([...letters].map((letter) => letter.charCodeAt(0) - 97).join(''))
