/** An undo is a deployment of its own; it and the one that it takes back know each other. */
import { sql, type Kysely } from 'kysely'

const columns = sql`
  alter table deployment
    add column undo_of text references deployment on delete set null,
    add column undone_by text references deployment on delete set null;
  create index deployment_undo on deployment (undo_of) where undo_of is not null;
`

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await columns.execute(db)
}
