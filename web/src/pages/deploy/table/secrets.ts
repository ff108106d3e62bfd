/** The table as it may be kept in the browser. */
import { hideSecrets } from '../cloud-init/state.ts'
import type { DeployForm } from '../form.ts'
import type { Cells } from './columns.ts'

export function tableWithoutSecrets(table: DeployForm['table']): DeployForm['table'] {
  const overrides = Object.entries(table.overrides).map(([index, cells]) => [index, kept(cells)])
  return { ...table, overrides: Object.fromEntries(overrides), rows: table.rows.map(kept) }
}

/** Only the cell of other first-boot settings, which are JSON, can hold secrets. */
function kept(cells: Cells): Cells {
  if (cells.firstBoot === undefined) return cells
  try {
    return { ...cells, firstBoot: JSON.stringify(JSON.parse(cells.firstBoot, asking)) }
  } catch {
    // Half typed: it stays as it is, as a document does.
    return cells
  }
}

/** What stands for each secret that is to be given again. */
const asks = new Map([
  ['password', 'askPassword'],
  ['passwordHash', 'askPassword'],
  ['adminPassword', 'askAdminPassword'],
])

function asking(key: string, value: unknown): unknown {
  if (typeof value === 'string') return key === 'document' ? hideSecrets(value) : value
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value)
  const asked = entries.map(([each]) => asks.get(each)).filter((ask) => ask !== undefined)
  return {
    ...Object.fromEntries(entries.filter(([each]) => !asks.has(each))),
    ...Object.fromEntries(asked.map((ask) => [ask, true])),
  }
}
