import { tagRule } from '../../../../src/contract/tags.ts'
import { workCategory } from '../../../../src/contract/work.ts'
import { stepsOf } from '../../../../src/guard/steps.ts'
import type { Context } from '../../../context.ts'
import { rows } from '../../../crud/rows.ts'
import { foldName } from '../../../crud/stored.ts'
import type { WorkItem } from '../session-facts.ts'

/**
 * What a person corrects teaches: the command that tells most of the work becomes a rule for the client. With the first correction it is suggested, as a rule
 * that is switched off; with the second of the same kind it counts. Rules that people made come first, and a lead sees and changes these like any other.
 */

/** Behind every rule that a person makes without naming a number. */
const LEARNED_PRIORITY = 500
const NAMED = 'Learned: '
const MOST_COMMANDS = 200

/** @param after as the person left it; what was noted by hand teaches nothing */
export async function learnFromCorrection(context: Context, before: WorkItem, after: WorkItem): Promise<void> {
  const isSame = before.category === after.category && before.work_category_id === after.work_category_id
  if (!before.is_automatic || isSame) return
  const sign = await tellingOf(context, after)
  if (sign === undefined) return
  const work_category_id = after.work_category_id ?? (await ownKindFor(context, after.category))
  const known = await context.db
    .selectFrom('tag_rules')
    .select(['id', 'is_enabled', 'name', 'work_category_id'])
    .where('client_id', '=', after.client_id)
    .where('looks_at', '=', 'command')
    .where('pattern', '=', sign)
    .where('archived_at', 'is', null)
    .where('work_category_id', 'is not', null)
    .executeTakeFirst()
  if (known === undefined)
    await rows(context, tagRule).insert({
      ...{ client_id: after.client_id, name: `${NAMED}${sign} is ${after.category}`.slice(0, 100) },
      ...{ looks_at: 'command', match_kind: 'regex', pattern: sign, work_category_id },
      ...{ priority: LEARNED_PRIORITY, is_enabled: false },
    })
  else if (known.name.startsWith(NAMED))
    // Corrected otherwise than before: it has to be shown twice again.
    await rows(context, tagRule).update(known.id, {
      work_category_id,
      is_enabled: known.work_category_id === work_category_id,
    })
}

/** Programs that tell nothing of what is done. */
const SAYS_LITTLE =
  /^(?:ssh|sudo|su|cd|ls|dir|cat|type|echo|grep|rg|find|head|tail|less|more|pwd|which|where|hostname|whoami|uptime|date|sleep|scp|cp|mv|curl|wget|ping|nslookup|dig|powershell|pwsh|cmd|bash|sh|invoke-command|enter-pssession|select-object|where-object|foreach-object|format-table|format-list|write-host|test-path|test-netconnection|start-sleep|import-module|journalctl|ps|df|du|free|git)$/i

/** The program that did most of a piece of work, with its verb where it has one. */
async function tellingOf({ db }: Context, { id }: WorkItem): Promise<string | undefined> {
  const found = await db
    .selectFrom('commands_run')
    .select('command')
    .where('work_item_id', '=', id)
    .where('success', '=', 1)
    .orderBy('seq')
    .limit(MOST_COMMANDS)
    .execute()
  const counts = new Map<string, number>()
  for (const { command } of found)
    for (const { segment } of stepsOf(command)) {
      const { program, verbs } = segment
      if (program === '' || SAYS_LITTLE.test(program) || /^get-/i.test(program)) continue
      const sign = patternOf(program, verbs[0])
      counts.set(sign, (counts.get(sign) ?? 0) + 1)
    }
  const [best] = [...counts].sort((a, b) => b[1] - a[1] || b[0].length - a[0].length)
  return best?.[0]
}

/** Finds the program with its verb, whatever stands between the two. */
function patternOf(program: string, verb: string | undefined): string {
  const plain = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').slice(0, 80)
  return verb === undefined ? plain(program) : `${plain(program)}[^|;&]* ${plain(verb)}`
}

/** Rules give the MSP's own kinds of work; there is one for each category, made when it is first needed. */
async function ownKindFor(context: Context, category: WorkItem['category']): Promise<string> {
  const slug = category.replaceAll('_', '-')
  const known = await context.db
    .selectFrom('work_categories')
    .select('id')
    .where('category', '=', category)
    .where('archived_at', 'is', null)
    .orderBy((eb) => eb.case().when('slug_key', '=', foldName(slug)).then(0).else(1).end())
    .orderBy('created_at')
    .executeTakeFirst()
  if (known) return known.id
  const name = `${category.charAt(0).toUpperCase()}${category.slice(1).replaceAll('_', ' ')}`
  return (await rows(context, workCategory).insert({ slug, name, category, is_billable: true })).id
}
