import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** A setting that is made once and then stays; servers that start at the same time agree on one. */
export async function keptSetting(
  db: Kysely<Tables>,
  key: string,
  make: () => string,
): Promise<string> {
  await db
    .insertInto('setting')
    .values({ key, value: make() })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  return row.value
}
