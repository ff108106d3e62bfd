/** The rows of this room, as migration 008 makes them. */
import type { BlueprintHead, BlueprintRequest } from '@deployer/core/blueprint.ts'
import type { ColumnType, JSONColumnType } from 'kysely'

export type Outline = Pick<BlueprintHead, 'source' | 'vmCount' | 'names'>

export type BlueprintTable = {
  id: string
  /** `name@realm`, or a token `name@realm!token`. */
  owner: string
  /** Unique among those of its owner, whatever the case. */
  name: string
  description: string | null
  shared: boolean
  request: JSONColumnType<BlueprintRequest>
  /** Of the request, so that a list need not read all of it. */
  outline: JSONColumnType<Outline>
  created_at: ColumnType<Date, never, never>
  updated_at: ColumnType<Date, never, Date>
}
