/** The rows of this room, as migration 012 makes them. */
import type { ColumnType } from 'kysely'

export type SshKeyTable = {
  id: string
  /** `name@realm`; what a token keeps is its user's. */
  owner: string
  name: string
  type: string
  /** `SHA256:…`; once for each owner. */
  fingerprint: string
  public_key: string
  created_at: ColumnType<Date, never, never>
}
