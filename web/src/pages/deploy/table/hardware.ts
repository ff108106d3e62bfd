/** Hardware of single VMs, as JSON in a cell of the table. */
import { type Hardware, hardwareSchema } from '@deployer/core/hardware/request.ts'
import type { Cells } from './columns.ts'

/** Undefined where it cannot be read. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Why a cell cannot be what it says; null where it can. */
export function hardwareProblem(text: string): string | null {
  const read = hardwareSchema.safeParse(parse(text))
  if (read.success) return null
  const [issue] = read.error.issues
  const at = issue?.path.join('.') ?? ''
  return at === ''
    ? 'Settings as JSON, named as under hardware in the API: {"cpuType":"host"}'
    : `${at}: ${issue?.message ?? ''}`
}

/** What a row of the request says for its cell. */
export function hardwareOfCells({ hardware }: Cells): Hardware | undefined {
  const read = hardware === undefined ? undefined : hardwareSchema.safeParse(parse(hardware))
  return read?.success === true ? read.data : undefined
}

/** The cell in which a row of an earlier request differs from what is set for all. */
export function cellOfHardware(
  row: Hardware | undefined,
  defaults: Hardware | undefined,
): Pick<Cells, 'hardware'> {
  const inherited = new Map(Object.entries(defaults ?? {}))
  const own = Object.entries(row ?? {}).filter(
    ([key, value]) =>
      value !== undefined && JSON.stringify(value) !== JSON.stringify(inherited.get(key)),
  )
  return own.length === 0 ? {} : { hardware: JSON.stringify(Object.fromEntries(own)) }
}
