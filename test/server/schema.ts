import { type RawBuilder, sql } from 'kysely'
import { parseDatabaseUrl } from '../../server/config.ts'
import { type Database, openDatabase } from '../../server/db/open.ts'

/** A database without a server. `await using` closes it. */
export async function opened(url: string): Promise<Database & AsyncDisposable> {
  const database = await openDatabase(parseDatabaseUrl(url))
  return { ...database, [Symbol.asyncDispose]: () => database.db.destroy() }
}

/** What a schema consists of, as the database tells it: equal lists are equal schemas. */
export async function schemaOf({ db, dialect }: Database): Promise<string[]> {
  const { rows } = await PARTS[dialect.kind].execute(db)
  return rows.map((row) => row.part).sort()
}

const PARTS: Record<Database['dialect']['kind'], RawBuilder<{ part: string }>> = {
  sqlite: sql`select type || ' ' || name || ' ' || coalesce(sql, '') as part from sqlite_master`,
  mariadb: sql`select concat_ws(' ', table_name, column_name, column_type, is_nullable, collation_name, generation_expression) as part from information_schema.columns where table_schema = database()
    union all select concat_ws(' ', table_name, index_name, non_unique, seq_in_index, column_name) from information_schema.statistics where table_schema = database()
    union all select concat_ws(' ', table_name, constraint_name, delete_rule, referenced_table_name) from information_schema.referential_constraints where constraint_schema = database()
    union all select concat_ws(' ', table_name, check_clause) from information_schema.check_constraints where constraint_schema = database()
    union all select concat_ws(' ', event_object_table, trigger_name, action_timing, event_manipulation, action_statement) from information_schema.triggers where trigger_schema = database()`,
}
