import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** What Claude Code can use on this machine. Names only: the entries themselves hold tokens. */
export interface ClaudeTools {
  mcp_servers: string[]
  skills: string[]
}

/** The folder in which Claude Code keeps its transcripts and skills. */
export const claudeFolder = (environment: NodeJS.ProcessEnv = process.env): string =>
  environment.CLAUDE_CONFIG_DIR ?? join(homedir(), '.claude')

/** Reads Claude Code's own configuration of this user. What cannot be read adds nothing. */
export function readClaudeTools(environment: NodeJS.ProcessEnv = process.env): ClaudeTools {
  const named = environment.CLAUDE_CONFIG_DIR
  const config = readObject(named ? join(named, '.claude.json') : join(homedir(), '.claude.json'))
  const projects = Object.values(objectIn(config.projects))
  const servers = [config, ...projects].flatMap((one) => Object.keys(objectIn(objectIn(one).mcpServers)))
  return { mcp_servers: unique(servers), skills: skillsIn(join(claudeFolder(environment), 'skills')) }
}

function skillsIn(folder: string): string[] {
  try {
    return unique(readdirSync(folder).filter((name) => existsSync(join(folder, name, 'SKILL.md'))))
  } catch {
    return [] // No such folder: no skills of the user's own.
  }
}

function readObject(path: string): Record<string, unknown> {
  try {
    return objectIn(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return {} // Not there, or being written: it is read again tomorrow.
  }
}

function objectIn(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

const unique = (names: readonly string[]): string[] => [...new Set(names)].sort()
