import { expanded } from '../commands/patterns.ts'
import { lazyRule, type Rule } from '../rules.ts'

type More = Pick<Rule, 'accept' | 'isShape'> & { flags?: string }

/** @param hints parted by bars */
export function rule(kind: string, hints: string, source: string, { flags = 'dgi', ...more }: More = {}): Rule {
  return lazyRule({ kind, hints: hints.split('|'), ...more }, () => new RegExp(expanded(source), flags))
}
