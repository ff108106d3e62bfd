/**
 * Who sees a deployment: who began it, who began the one that it undoes, and who may see its VMs on Proxmox. That is
 * VM.Audit on the pool that they go into, or on all VMs and no NoAccess on that pool: what a pool gives adds to what one
 * holds on its VMs anyhow, and its NoAccess takes all of that (pve-access-control src/PVE/RPCEnvironment.pm,
 * compile_acl_path). The pool counts that was deployed into, whatever its VMs were moved to since.
 */
import { answeredWith, ProxmoxError } from '@deployer/proxmox/errors.ts'
import { keepNewest } from '@deployer/proxmox/newest.ts'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { setTimeout as delay } from 'node:timers/promises'
import { ownedBy } from '../database/owned.ts'
import type { Tables } from '../database/tables.ts'
import type { Caller } from '../identity/caller.ts'
import type { InventoryReader } from '../inventory/inventory.ts'
import type { Permissions } from '../inventory/permissions.ts'

export type Visibility = {
  /** A condition on rows of the table `deployment`. */
  conditionFor: (caller: Caller) => Promise<RawBuilder<boolean>>
  /** Those of these deployments that the caller sees. */
  among: (caller: Caller, ids: string[]) => Promise<ReadonlySet<string>>
}

const AUDIT = 'VM.Audit'

export function createVisibility(deps: {
  db: Kysely<Tables>
  inventory: Pick<InventoryReader, 'permissions'>
}): Visibility {
  const { db, inventory } = deps
  const lastKnown = createLastKnown()

  const permissionsOf = (caller: Caller, path?: string): Promise<Permissions> =>
    lastKnown(`${caller.username} ${path ?? ''}`, () => inventory.permissions(caller, path))

  const seesPool = async (
    caller: Caller,
    permissions: Permissions,
    pool: string,
  ): Promise<boolean> => {
    const path = `/pool/${pool}`
    const everywhere = seesAllVms(permissions)
    const listed = permissions[path]
    if (listed !== undefined) return everywhere || AUDIT in listed
    // Not in the list: it has no entry of its own, or one that takes everything. Where there is anything to take, the
    // exact answer tells.
    const above = pathsAbove(path).map((at) => permissions[at] ?? {})
    const comesDown = above.some((privileges) =>
      everywhere ? Object.values(privileges).includes(1) : privileges[AUDIT] === 1,
    )
    if (!comesDown) return everywhere
    const exact = (await permissionsOf(caller, path))[path] ?? {}
    return everywhere ? Object.keys(exact).length > 0 : AUDIT in exact
  }

  const conditionFor = async (caller: Caller) => {
    const [permissions, used] = await Promise.all([
      permissionsOf(caller),
      db.selectFrom('deployment').select('pool').where('pool', 'is not', null).distinct().execute(),
    ])
    const pools = used.flatMap(({ pool }) => pool ?? [])
    const seen = await Promise.all(pools.map((pool) => seesPool(caller, permissions, pool)))
    return sql<boolean>`(${begunBy(caller)} or case when deployment.pool is null
      then ${seesAllVms(permissions)}::boolean else deployment.pool = any(${pools.filter((_, index) => seen[index])}::text[]) end)`
  }

  const select = (ids: string[], condition: RawBuilder<boolean>) =>
    db.selectFrom('deployment').select('id').where('id', 'in', ids).where(condition).execute()

  return {
    conditionFor,
    among: async (caller, ids) => {
      if (ids.length === 0) return new Set()
      // Most people look at their own, which needs no question to Proxmox.
      const own = await select(ids, begunBy(caller))
      const rows = own.length === ids.length ? own : await select(ids, await conditionFor(caller))
      return new Set(rows.map(({ id }) => id))
    },
  }
}

const begunBy = (caller: Caller) => sql<boolean>`(${ownedBy(caller, 'deployment.created_by')}
  or deployment.undo_of in (select made.id from deployment made where ${ownedBy(caller, 'made.created_by')}))`

const seesAllVms = (permissions: Permissions): boolean => permissions['/vms']?.[AUDIT] === 1

/** `/pool/a/b`: `/`, `/pool`, `/pool/a`. */
const pathsAbove = (path: string): string[] => {
  const parts = path.split('/').slice(1, -1)
  return ['/', ...parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`)]
}

const PATIENCE_MS = 1000
const MOST_ANSWERS = 2000

/**
 * While Proxmox does not answer, or not soon, its last answer counts: what is being deployed is most looked at when
 * something is wrong. Without a last one nothing is held.
 */
function createLastKnown() {
  const answers = new Map<string, Permissions>()

  const ask = async (key: string, load: () => Promise<Permissions>): Promise<Permissions> => {
    try {
      const answer = await load()
      keepNewest(answers, key, answer, MOST_ANSWERS)
      return answer
    } catch (error) {
      if (!(error instanceof ProxmoxError) || answeredWith(error, 401, 403)) throw error
      return answers.get(key) ?? {}
    }
  }

  return async (key: string, load: () => Promise<Permissions>): Promise<Permissions> => {
    const known = answers.get(key)
    const asked = ask(key, load)
    if (known === undefined) return asked
    const enough = new AbortController()
    const late = delay(PATIENCE_MS, known, { signal: enough.signal }).catch(() => known)
    return Promise.race([asked, late]).finally(() => enough.abort())
  }
}
