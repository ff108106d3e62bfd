import type { Filter } from './model.ts'

/** What the page keeps in its address, so that a reload shows the same. */
export type PageSearch = {
  q?: string | undefined
  show?: Filter | undefined
  group?: 'node' | 'state' | undefined
  view?: 'steps' | 'checks' | undefined
  rows?: string | undefined
}
