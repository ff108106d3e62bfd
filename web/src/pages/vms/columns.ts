/** Which columns of the table are shown; remembered in this browser. */
import { useSyncExternalStore } from 'react'
import { useMediaQuery } from '../../ui/useMediaQuery.ts'
import type { Sort } from './search.ts'

export type Column = Exclude<Sort, 'name' | 'state'> | 'tags'

/** `from`: the width of the window from which it has room by itself. */
export const columns: readonly { id: Column; title: string; width: number; from?: number }[] = [
  { id: 'vmid', title: 'VMID', width: 72 },
  { id: 'node', title: 'Node', width: 68 },
  { id: 'address', title: 'Address', width: 128 },
  { id: 'cpu', title: 'CPU', width: 104, from: 1024 },
  { id: 'memory', title: 'Memory', width: 154, from: 1024 },
  { id: 'uptime', title: 'Up for', width: 68, from: 1720 },
  { id: 'tags', title: 'Tags', width: 140, from: 1440 },
  { id: 'deployment', title: 'Deployment', width: 124, from: 1440 },
  { id: 'age', title: 'Age', width: 64, from: 1024 },
]

const KEY = 'vms.columns'

type Choice = { [column: string]: boolean }

const read = (): Choice => {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    const entries = typeof stored === 'object' && stored !== null ? Object.entries(stored) : []
    return Object.fromEntries(entries.filter(([, on]) => typeof on === 'boolean'))
  } catch {
    return {}
  }
}

let choice = read()
const listeners = new Set<() => void>()

export const chooseColumn = (id: Column, on: boolean): void => {
  choice = { ...choice, [id]: on }
  try {
    localStorage.setItem(KEY, JSON.stringify(choice))
  } catch {
    // Storage that is full or forbidden: the choice holds until the page is left.
  }
  for (const listener of listeners) listener()
}

const useColumnChoice = (): Choice =>
  useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => choice,
  )

/** Those that were chosen, and of the others those that have room. */
export const useShownColumns = (): (typeof columns)[number][] => {
  const chosen = useColumnChoice()
  const room = new Map([
    [1024, useMediaQuery('(width >= 1024px)')],
    [1440, useMediaQuery('(width >= 1440px)')],
    [1720, useMediaQuery('(width >= 1720px)')],
  ])
  return columns.filter(({ id, from }) => chosen[id] ?? (from === undefined || room.get(from)))
}
