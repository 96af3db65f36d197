/** `{{trigger.title}}`, `{{steps.0.id}}` in the input of a step. Data only: names are looked up, nothing is computed. Pure. */

/** A template that cannot be filled in. The message names it. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
}

const TEMPLATE = /\{\{\s*([A-Za-z0-9_.-]{1,200})\s*\}\}/g
const WHOLE = /^\{\{\s*([A-Za-z0-9_.-]{1,200})\s*\}\}$/
const MOST_CHARS = 20_000
const MOST_DEPTH = 10

/**
 * The input with every template filled in. A text that is one template and nothing else becomes the value itself, whatever its kind. What is
 * filled in is not looked through again.
 *
 * @throws TemplateError
 */
export function render(input: unknown, scope: Readonly<Record<string, unknown>>, depth = 0): unknown {
  if (depth > MOST_DEPTH) throw new TemplateError('The input of this step is nested too deeply.')
  if (typeof input === 'string') return filled(input, scope)
  if (Array.isArray(input)) return input.map((one) => render(one, scope, depth + 1))
  if (typeof input === 'object' && input !== null)
    return Object.fromEntries(Object.entries(input).map(([key, value]) => [key, render(value, scope, depth + 1)]))
  return input
}

function filled(text: string, scope: Readonly<Record<string, unknown>>): unknown {
  const whole = WHOLE.exec(text)
  if (whole) return valueAt(scope, whole[1] as string)
  const result = text.replace(TEMPLATE, (_, path: string) => asText(valueAt(scope, path)))
  if (result.length > MOST_CHARS) throw new TemplateError('What the templates of this step make is too long.')
  return result
}

function valueAt(scope: unknown, path: string): unknown {
  let value = scope
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name))
      throw new TemplateError(`{{${path}}} is not known: there is no "${name}".`)
    value = (value as Record<string, unknown>)[name]
  }
  return value
}

const asText = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
