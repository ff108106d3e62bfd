import { sql, type RawBuilder } from 'kysely'
import type { Caller } from '../identity/caller.ts'

/** `owns` of identity/caller.ts, asked of a column. */
export const ownedBy = (
  { username }: Pick<Caller, 'username'>,
  column: string,
): RawBuilder<boolean> =>
  sql<boolean>`(${sql.ref(column)} = ${username} or starts_with(${sql.ref(column)}, ${`${username}!`}))`
