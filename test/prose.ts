import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { buildProgram } from '../src/cli/program.ts'

/** A Markdown file of the plugin: its frontmatter and what Claude reads. */
export interface Prose {
  file: string
  fields: Record<string, string>
  body: string
  lines: number
}

/** The Markdown files of a folder of the plugin. */
export function proseIn(folder: string): Prose[] {
  const path = join(import.meta.dirname, '..', folder)
  return readdirSync(path).map((name) => parse(`${folder}/${name}`, readFileSync(join(path, name), 'utf8')))
}

function parse(file: string, text: string): Prose {
  const parts = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text)
  if (!parts) throw new Error(`${file} has no frontmatter`)
  const fields = Object.fromEntries((parts[1] ?? '').split('\n').map((line) => fieldOf(file, line)))
  return { file, fields, body: parts[2] ?? '', lines: text.trimEnd().split('\n').length }
}

function fieldOf(file: string, line: string): [string, string] {
  const parts = /^([a-z-]+): (.+)$/.exec(line)
  if (!parts?.[1] || !parts[2]) throw new Error(`${file}: "${line}" is no field of a frontmatter`)
  return [parts[1], parts[2]]
}

/** Every `msp …` in code: in backticks, or indented as a block. */
export function callsIn(text: string): string[] {
  const spans = [...text.matchAll(/`(msp [^`]+)`/g)].map((match) => match[1] ?? '')
  const blocks = [...text.matchAll(/^ {4}(msp .+)$/gm)].map((match) => match[1] ?? '')
  return [...spans, ...blocks]
}

/** Why a call of `msp` would not work: a verb or an option that does not exist. Null when it would. */
export function faultOf(call: string): string | null {
  const words = call.match(/'[^']*'|"[^"]*"|\S+/g)?.slice(1) ?? []
  const { program } = buildProgram()
  let verb: Command = program
  while (verb.commands.length > 0) {
    const next = verb.commands.find((one) => one.name() === words[0])
    if (!next) return `"${call}": there is no "${verb.name()} ${words[0]}"`
    verb = next
    words.shift()
  }
  const known = [...program.options, ...verb.options].map((option) => option.long)
  // What follows is a command of its own.
  if (words.includes('--')) words.splice(words.indexOf('--'))
  const unknown = words.find((word) => word.startsWith('--') && !known.includes(word))
  return unknown === undefined ? null : `"${call}": ${verb.name()} has no ${unknown}`
}
