import { spawnSync } from 'node:child_process'
import { EXIT, Failure } from '../output.ts'

/** The system's own programs that take a text on stdin; the first that is there is used. None sees it as an argument. */
const PROGRAMS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  win32: [['clip.exe']],
  darwin: [['pbcopy']],
  linux: [['wl-copy'], ['xclip', '-selection', 'clipboard'], ['xsel', '--clipboard', '--input'], ['clip.exe']],
}

/**
 * Puts a text on the clipboard; the empty text clears it. Managers of clipboard history may keep a copy: Windows offers no program that
 * excludes a text from it.
 *
 * @throws Failure when this system has no program for it
 */
export function copyText(text: string): void {
  for (const [program = '', ...args] of PROGRAMS[process.platform] ?? []) {
    // clip.exe takes anything else than UTF-16 for the code page of the console.
    const input = program === 'clip.exe' ? Buffer.from(`\uFEFF${text}`, 'utf16le') : text
    const done = spawnSync(program, args, { input, stdio: ['pipe', 'ignore', 'ignore'], windowsHide: true })
    if (done.status === 0) return
  }
  throw new Failure(
    EXIT.failed,
    'There is no clipboard here (wl-copy, xclip, xsel, pbcopy or clip.exe). Leave --clipboard out to have it shown.',
  )
}
