/**
 * The caller's rights, from `GET /access/permissions`. A privilege is held when its key is there; the value only says
 * whether it goes on to paths below (pve-access-control src/PVE/RPCEnvironment.pm, get_effective_permissions).
 */
export type Permissions = { [path: string]: { [privilege: string]: number } }

export type Rights = {
  holds: (path: string, privilege: string) => boolean
  /** Paths that were asked about and that the list cannot tell for sure; `?path=` of the same call can. */
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
  const unsure = new Set<string>()

  const nearest = (path: string): { privileges: { [privilege: string]: number }; own: boolean } => {
    for (let at = path; ; at = parentOf(at)) {
      const privileges = permissions[at]
      if (privileges !== undefined) return { privileges, own: at === path }
      if (ALWAYS_LISTED.has(at)) return { privileges: {}, own: at === path }
    }
  }

  return {
    holds: (path, privilege) => {
      const known = exact[path]
      if (known !== undefined) return privilege in known
      const { privileges, own } = nearest(path)
      if (own) return privilege in privileges
      if (Object.values(privileges).includes(0)) unsure.add(path)
      return privileges[privilege] === 1
    },
    unsure: () => [...unsure],
  }
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'
