import type { Clock } from './clock.ts'

type Waiter = { exclusive: boolean; grant: () => void }
type Held = { shared: number; exclusive: boolean; waiters: Waiter[] }

/** The locks of one cluster; `release` of each may be called more than once. */
export type Locks = {
  /**
   * flock(2) on a file of one node, waiting in the order of arrival.
   * Error: `can't lock file '<path>' - got timeout` (pve-common src/PVE/Tools.pm, lock_file_full).
   */
  flock: (
    node: string,
    path: string,
    options: { exclusive: boolean; timeoutSeconds: number; onWait?: () => void },
  ) => Promise<() => void>
  /**
   * Cluster-wide lock by polling, so that contenders may starve.
   * Errors: `cfs-lock '<name>' error: got lock request timeout`, and `no quorum!` (pve-cluster src/PVE/Cluster.pm, cfs_lock).
   */
  cfs: (name: string) => Promise<() => void>
}

const once = (release: () => void) => {
  let done = false
  return () => {
    if (done) return
    done = true
    release()
  }
}

/** `pollSeconds`: 1 before pve-cluster 9.1.2, then shorter as the time runs out. */
export const createLocks = (
  clock: Clock,
  pollSeconds: (waited: number) => number,
  hasQuorum: () => boolean = () => true,
): Locks => {
  const files = new Map<string, Held>()
  const cfsHeld = new Set<string>()

  const admit = (file: string, held: Held) => {
    for (;;) {
      const first = held.waiters[0]
      if (!first || held.exclusive || (first.exclusive && held.shared > 0)) break
      held.waiters.shift()
      if (first.exclusive) held.exclusive = true
      else held.shared += 1
      first.grant()
    }
    if (!held.exclusive && held.shared === 0 && held.waiters.length === 0) files.delete(file)
  }

  const flock: Locks['flock'] = async (node, path, { exclusive, timeoutSeconds, onWait }) => {
    const file = `${node}:${path}`
    const held = files.get(file) ?? { shared: 0, exclusive: false, waiters: [] }
    files.set(file, held)
    const release = once(() => {
      if (exclusive) held.exclusive = false
      else held.shared -= 1
      admit(file, held)
    })
    let granted = false
    const arrived = Promise.withResolvers<void>()
    const waiter: Waiter = {
      exclusive,
      grant: () => {
        granted = true
        arrived.resolve()
      },
    }
    held.waiters.push(waiter)
    admit(file, held)
    if (granted) return release
    onWait?.()
    const timeout = new AbortController()
    const waiting = clock.sleep(timeoutSeconds, timeout.signal).then(
      () => 'timeout',
      () => 'granted',
    )
    await Promise.race([arrived.promise, waiting])
    if (granted) {
      timeout.abort()
      return release
    }
    held.waiters = held.waiters.filter((other) => other !== waiter)
    admit(file, held)
    throw new Error(`can't lock file '${path}' - got timeout`)
  }

  const cfs: Locks['cfs'] = async (name) => {
    let waited = 0
    if (!hasQuorum()) throw new Error(`cfs-lock '${name}' error: no quorum!`)
    while (cfsHeld.has(name)) {
      const pause = pollSeconds(waited)
      if (waited + pause > 10) throw new Error(`cfs-lock '${name}' error: got lock request timeout`)
      await clock.sleep(pause)
      waited += pause
    }
    cfsHeld.add(name)
    return once(() => cfsHeld.delete(name))
  }

  return { flock, cfs }
}
