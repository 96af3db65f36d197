import type { Context } from '../../context.ts'
import { findClient } from '../../crud/find-client.ts'

/** The client of a query, by id or by name; undefined: all that the caller may see. */
export async function clientAskedFor(
  context: Context,
  { client, client_id }: { client?: string | undefined; client_id?: string | undefined },
): Promise<string | undefined> {
  return client_id ?? (client === undefined ? undefined : (await findClient(context, client)).id)
}
