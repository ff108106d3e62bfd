import type { Filter } from './batch.ts'

/** What the rows tell of each VM. */
export type Shown = 'checks' | 'steps' | 'timeline'

/** What the page keeps in its address, so that a reload shows the same. */
export type PageSearch = {
  q?: string | undefined
  show?: Filter | undefined
  group?: 'node' | 'state' | undefined
  /** What needs a person first; else in the plan's order. */
  order?: 'need' | undefined
  view?: Shown | undefined
  rows?: string | undefined
}
