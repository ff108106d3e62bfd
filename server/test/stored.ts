import { Client } from 'pg'

/** All rows of all tables of a database, as one text. */
export const everythingStored = async (databaseUrl: string): Promise<string> => {
  const client = new Client(databaseUrl)
  await client.connect()
  const { rows: tables } = await client.query(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
  )
  const parts: string[] = []
  for (const { name } of tables) {
    const { rows } = await client.query(`select * from ${name}`)
    parts.push(JSON.stringify(rows))
  }
  await client.end()
  return parts.join('\n')
}
