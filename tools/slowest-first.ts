/** In which order vitest begins the files: a long one that begins last would have the others wait for it. */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The named files first, then the others as vitest would order them: the longest, or largest, first. */
export const slowestFirst = (slow: string[]) => {
  const rank = ({ moduleId }: TestSpecification) => {
    const found = slow.findIndex((path) => moduleId.endsWith(`/${path}`))
    return found === -1 ? slow.length : found
  }
  return class extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      // oxlint-disable-next-line unicorn/no-array-sort -- a sequencer is no array
      const ordered = await super.sort(files)
      return ordered.toSorted((one, other) => rank(one) - rank(other))
    }
  }
}
