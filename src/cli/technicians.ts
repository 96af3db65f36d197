import { ambiguous } from './names.ts'
import { EXIT, Failure } from './output.ts'
import type { World } from './world.ts'

/**
 * The id of a technician named on the command line, for a filter: by id, or by name or e-mail, whole or a part that only one has. Nothing when
 * none was named.
 *
 * @throws Failure (exit 5) with the candidates when it is none or several
 */
export async function technicianFilter(world: World, text: string | undefined): Promise<{ technician_id?: string }> {
  if (text === undefined) return {}
  if (/^[0-9a-f]{8}(-[0-9a-f-]{27})?$/.test(text))
    return { technician_id: (await world.api.users.get({ id: text })).id }
  const { items } = await world.api.users.list({ q: text, limit: 20 })
  const isMeant = ({ name, email }: { name: string; email: string }) =>
    [name, email].some((one) => one.toLowerCase() === text.toLowerCase())
  const exact = items.filter(isMeant)
  const [user, ...others] = exact.length > 0 ? exact : items
  if (user === undefined)
    throw new Failure(EXIT.notFound, `There is no technician "${text}". Name one as in --technician ana@example.com`)
  if (others.length === 0) return { technician_id: user.id }
  const candidates = [user, ...others].map(({ id, name, email }) => ({ id, name, code: email }))
  throw ambiguous(text, candidates)
}
