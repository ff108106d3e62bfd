import type { BlueprintHead, BlueprintRequest } from './blueprint.ts'
import { expandNames } from './patterns.ts'

const NAMES_IN_A_LIST = 3

/** What a list shows of a request. A row whose pattern cannot be read counts as one VM. */
export function outlineOf({
  source,
  vms,
}: BlueprintRequest): Pick<BlueprintHead, 'source' | 'vmCount' | 'names'> {
  const counts = vms.map(({ name, count }) => {
    const made = expandNames(name, count)
    return made.ok ? made.values.length : 1
  })
  return {
    source,
    vmCount: counts.reduce((sum, count) => sum + count, 0),
    names: vms.slice(0, NAMES_IN_A_LIST).map(({ name }) => name),
  }
}
