/** The privileges of a plan, gathered so that a hundred VMs read as few lines. */
import type { Plan } from '@deployer/core/plan.ts'

export type PrivilegeLine = {
  privilege: string
  granted: boolean
  /** `/vms/9000`, `/vms/211 and 9 more`. */
  paths: string
}

/** One line for each privilege, twice where it is held on some paths only; what is missing comes first. */
export function privilegeLines(privileges: Plan['privileges']): PrivilegeLine[] {
  const lines = new Map<string, { privilege: string; granted: boolean; paths: string[] }>()
  for (const { privilege, granted, path } of privileges) {
    const key = `${granted} ${privilege}`
    const line = lines.get(key) ?? { privilege, granted, paths: [] }
    line.paths.push(path)
    lines.set(key, line)
  }
  return [...lines.values()]
    .toSorted((one, other) => Number(one.granted) - Number(other.granted))
    .map(({ paths, ...line }) => ({ ...line, paths: inShort(paths) }))
}

function inShort(paths: string[]): string {
  const [first = '', ...rest] = paths
  return rest.length === 0 ? first : `${first} and ${rest.length} more`
}
