import { useState } from 'react'

/**
 * Keeps an order while someone points at or is inside the list, so that rows never move under a hand. `keys` says for each
 * row what its place depends on; the order is taken anew when `held` ends, or by `settle`.
 */
export const useSettled = <T>(
  wanted: T,
  keys: ReadonlyMap<string, string>,
  held: boolean,
): { settled: T; changed: number; settle: () => void } => {
  const [kept, setKept] = useState({ wanted, keys })
  if (!held && kept.wanted !== wanted) setKept({ wanted, keys })
  const current = held ? kept : { wanted, keys }
  let changed = 0
  if (held) for (const [id, key] of keys) if (current.keys.get(id) !== key) changed += 1
  return { settled: current.wanted, changed, settle: () => setKept({ wanted, keys }) }
}
