/**
 * The caller's rights, from `GET /access/permissions`. A privilege is held when its key is there; the value only says
 * whether it goes on to paths below (pve-access-control src/PVE/RPCEnvironment.pm, get_effective_permissions).
 */
import type { Api } from '@deployer/proxmox/client.ts'

export type Permissions = { [path: string]: { [privilege: string]: number } }

export type Rights = {
  holds: (path: string, privilege: string) => boolean
  /**
   * Paths that were asked about and that the list cannot tell for sure; `?path=` of the same call can. One stands for all
   * that inherit from the same place.
   */
  unsure: () => string[]
}

/** Always evaluated by Proxmox: missing from the list, they have no privileges at all, whatever is above them. */
const ALWAYS_LISTED = new Set([
  '/',
  '/access',
  '/access/groups',
  '/nodes',
  '/pool',
  '/sdn',
  '/storage',
  '/vms',
])

/**
 * The list holds every path that has an entry of its own. Others inherit from the nearest one above them: an entry
 * replaces what comes from above, it does not add. It is exact for what the caller can see, but for entries that do not
 * propagate: below them counts what they hide.
 * @param exact answers of `?path=`, by path
 */
export function createRights(permissions: Permissions, exact: Permissions = {}): Rights {
  /** By the path from which they inherit. */
  const unsure = new Map<string, string>()

  const nearest = (path: string): { at: string; privileges: { [privilege: string]: number } } => {
    for (let at = path; ; at = parentOf(at)) {
      const privileges = permissions[at]
      if (privileges !== undefined) return { at, privileges }
      if (ALWAYS_LISTED.has(at)) return { at, privileges: {} }
    }
  }

  const exactBelow = new Map(
    Object.entries(exact).map(([path, privileges]) => [nearest(path).at, privileges]),
  )

  return {
    holds: (path, privilege) => {
      const { at, privileges } = nearest(path)
      if (at === path) return privilege in privileges
      const known = exactBelow.get(at)
      if (known !== undefined) return privilege in known
      if (Object.values(privileges).includes(0) && !unsure.has(at)) unsure.set(at, path)
      return privileges[privilege] === 1
    },
    unsure: () => [...unsure.values()],
  }
}

/** What `work` makes of the caller's rights: of the list, and where that left a doubt, of exact answers as well. */
export async function withRights<T>(api: Api, work: (holds: Rights['holds']) => T): Promise<T> {
  const permissions = await api.call('GET /access/permissions', {})
  const rights = createRights(permissions)
  const result = work(rights.holds)
  // Which paths are asked about is known only now.
  const unsure = rights.unsure()
  if (unsure.length === 0) return result
  const exact = await Promise.all(
    unsure.map((path) => api.call('GET /access/permissions', { path })),
  )
  return work(createRights(permissions, Object.assign({}, ...exact)).holds)
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'
