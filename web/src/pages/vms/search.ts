import { oneOf, text } from '../../searchParams.ts'

export const shows = ['here', 'attention', 'running', 'stopped'] as const
export const sorts = [
  'state',
  'name',
  'vmid',
  'node',
  'address',
  'cpu',
  'memory',
  'uptime',
  'deployment',
  'age',
] as const

export type Show = (typeof shows)[number]
export type Sort = (typeof sorts)[number]

/** What stands in the address of the page. */
export type VmsSearch = {
  q?: string | undefined
  show?: Show | undefined
  node?: string | undefined
  tag?: string | undefined
  sort?: Sort | undefined
  /** Downwards. */
  down?: boolean | undefined
}

export const readVmsSearch = (search: Record<string, unknown>): VmsSearch => ({
  q: text(search['q'], 200),
  show: oneOf(search['show'], shows),
  node: text(search['node'], 100),
  tag: text(search['tag'], 100),
  sort: oneOf(search['sort'], sorts),
  down: search['down'] === true ? true : undefined,
})

export const vmTabs = [
  'overview',
  'console',
  'cloud-init',
  'validation',
  'snapshots',
  'hardware',
  'history',
] as const
export type VmTab = (typeof vmTabs)[number]

export type VmSearch = {
  tab?: VmTab | undefined
  range?: 'day' | 'week' | undefined
}

export const readVmSearch = (search: Record<string, unknown>): VmSearch => ({
  tab: oneOf(search['tab'], vmTabs),
  range: oneOf(search['range'], ['day', 'week']),
})
