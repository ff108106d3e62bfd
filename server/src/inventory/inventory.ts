/**
 * What the cluster has, as each caller may see it, from as few calls as possible. Answers are shared for a few seconds
 * between the calls of one caller; a node that is down makes the inventory smaller, never fail.
 */
import type { Bridge, Inventory, Pool, Storage, Template } from '@deployer/core/inventory.ts'
import type { Api, Connection } from '@deployer/proxmox/client.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import type { CallName } from '@deployer/proxmox/encode.ts'
import type { Calls } from '@deployer/proxmox/generated/calls.ts'
import type { Caller } from '../identity/caller.ts'
import type { Logger } from '../logger.ts'
import { remember } from './cache.ts'
import { createRights, type Permissions } from './permissions.ts'
import {
  readBridges,
  readGuests,
  readIdBounds,
  readNodes,
  readNodeStorages,
  readQuorate,
  readStorages,
  readVersion,
  type Resource,
} from './read.ts'
import { readTemplate } from './template.ts'

const NODE_PATIENCE_MS = 8000
/** pve-cluster src/PVE/DataCenterConfig.pm, `mac_prefix`. */
const MAC_PREFIX = 'BC:24:11'

/** What the planner reads, and a way to a surer answer where the caller's rights could not be told for certain. */
export type PlanningInventory = Inventory & {
  /** The same with exact rights for the paths that `holds` was asked about; null where it was sure of all. */
  withExactRights: () => Promise<Inventory | null>
}

export type ClusterState = {
  version: string
  clusterName: string | null
  quorate: boolean | null
  nodes: number
  nodesOnline: number
}

export type InventoryReader = {
  nodes: (caller: Caller) => Promise<Inventory['nodes']>
  storages: (caller: Caller) => Promise<Storage[]>
  networks: (caller: Caller) => Promise<Bridge[]>
  pools: (caller: Caller) => Promise<Pool[]>
  templates: (caller: Caller) => Promise<Template[]>
  /** Null where there is none, or the caller may not see it. */
  template: (caller: Caller, vmid: number) => Promise<Template | null>
  state: (caller: Caller) => Promise<ClusterState>
  /** Exactly as Proxmox would judge it. */
  holds: (caller: Caller, path: string, privilege: string) => Promise<boolean>
  /** `fresh`: nothing remembered; for the moment before work starts. */
  forPlan: (caller: Caller, templates: number[], fresh: boolean) => Promise<PlanningInventory>
}

export type InventoryDeps = {
  connection: Pick<Connection, 'api'>
  /** From the configuration. */
  vmids: { min: number; max: number }
  /** Ids that running deployments have taken already. */
  reservedVmids: () => Promise<number[]>
  logger: Pick<Logger, 'warn'>
}

export function createInventory(deps: InventoryDeps): InventoryReader {
  const view = createView(deps)

  const storagesOf = async (at: At, resources: Resource[], permissions: Permissions) =>
    seesAllStorages(permissions) ? readStorages(resources) : view.nodeStorages(at, resources)

  const templateOf = (at: At, resources: Resource[], storages: Storage[], row: TemplateRow) => {
    const node = readNodes(resources).find(({ name }) => name === row.node)
    return node?.online === false ? Promise.resolve(null) : view.template(at, row, storages)
  }

  const templates = async (at: At, wanted: number[] | null): Promise<Template[]> => {
    const [resources, permissions] = await Promise.all([view.resources(at), view.permissions(at)])
    const rows = templateRows(resources, wanted)
    if (rows.length === 0) return []
    const storages = await storagesOf(at, resources, permissions)
    const found = await Promise.all(rows.map((row) => templateOf(at, resources, storages, row)))
    return found
      .filter((template) => template !== null)
      .toSorted((a, b) => a.name.localeCompare(b.name) || a.vmid - b.vmid)
  }

  return {
    nodes: async (caller) => readNodes(await view.resources({ caller })),
    storages: async (caller) => {
      const at = { caller }
      const [resources, permissions] = await Promise.all([view.resources(at), view.permissions(at)])
      return (await storagesOf(at, resources, permissions)).toSorted(byNameAndNode)
    },
    networks: async (caller) => {
      const at = { caller }
      return (await view.bridges(at, await view.resources(at))).toSorted(byNameAndNode)
    },
    pools: (caller) => view.pools({ caller }),
    templates: (caller) => templates({ caller }, null),
    template: async (caller, vmid) => (await templates({ caller }, [vmid]))[0] ?? null,
    state: async (caller) => {
      const at = { caller }
      const [version, status, resources] = await Promise.all([
        view.version(at),
        view.clusterStatus(at),
        view.resources(at),
      ])
      const nodes = readNodes(resources)
      return {
        version,
        clusterName: status?.find((row) => row.type === 'cluster')?.name ?? null,
        quorate: readQuorate(status),
        nodes: nodes.length,
        nodesOnline: nodes.filter((node) => node.online).length,
      }
    },
    holds: async (caller, path, privilege) =>
      privilege in ((await view.exactPermissions({ caller }, [path]))[path] ?? {}),
    forPlan: async (caller, wanted, fresh) => {
      const at = { caller, fresh }
      const [version, resources, status, permissions, pools, options, reserved] = await Promise.all(
        [
          view.version(at),
          view.resources(at),
          view.clusterStatus(at),
          view.permissions(at),
          view.pools(at),
          view.options(at),
          deps.reservedVmids(),
        ],
      )
      const [storages, bridges] = await Promise.all([
        storagesOf(at, resources, permissions),
        view.bridges(at, resources),
      ])
      const rows = templateRows(resources, wanted)
      const found = await Promise.all(rows.map((row) => templateOf(at, resources, storages, row)))
      const bounds = readIdBounds(options['next-id'])
      const rights = createRights(permissions)
      const inventory: Inventory = {
        version: readVersion(version),
        quorate: readQuorate(status) ?? true,
        nodes: readNodes(resources),
        storages,
        bridges,
        pools,
        guests: readGuests(resources),
        templates: found.filter((template) => template !== null),
        vmids: {
          min: Math.max(deps.vmids.min, bounds.min ?? 0),
          max: Math.min(deps.vmids.max, bounds.max ?? Number.MAX_SAFE_INTEGER),
          reserved,
        },
        macPrefix: options.mac_prefix ?? MAC_PREFIX,
        holds: rights.holds,
      }
      return {
        ...inventory,
        withExactRights: async () => {
          const paths = rights.unsure()
          if (paths.length === 0) return null
          const exact = await view.exactPermissions({ caller }, paths)
          return { ...inventory, holds: createRights(permissions, exact).holds }
        },
      }
    },
  }
}

/** For whom, and whether what is remembered counts. */
type At = { caller: Caller; fresh?: boolean }

type TemplateRow = { vmid: number; node: string }

/** The calls themselves, each remembered for as long as it hardly changes. */
function createView({ connection, logger }: InventoryDeps) {
  const api = ({ caller }: At): Api => connection.api(caller.credentials)

  const line = <Name extends CallName>(name: Name, seconds: number) => {
    const known = remember<Calls[Name]['returns']>(seconds)
    return (at: At, params: Calls[Name]['params'], options?: { signal: AbortSignal }) =>
      known(
        `${at.caller.username} ${JSON.stringify(params)}`,
        () => api(at).call(name, params, options),
        at.fresh,
      )
  }

  const resources = line('GET /cluster/resources', 3)
  const status = line('GET /cluster/status', 3)
  const permissions = line('GET /access/permissions', 10)
  const pools = line('GET /pools', 10)
  const options = line('GET /cluster/options', 30)
  const version = line('GET /version', 60)
  const network = line('GET /nodes/{node}/network', 10)
  const nodeStorage = line('GET /nodes/{node}/storage', 5)
  const config = line('GET /nodes/{node}/qemu/{vmid}/config', 10)
  const feature = line('GET /nodes/{node}/qemu/{vmid}/feature', 10)

  /** Asks every node that is online; one that does not answer in time is left out. */
  const eachNode = async <T>(
    rows: Resource[],
    ask: (node: string, options: { signal: AbortSignal }) => Promise<T[]>,
  ): Promise<T[]> => {
    const online = readNodes(rows).filter((node) => node.online)
    const answers = online.map(async ({ name }) => {
      try {
        return await ask(name, { signal: AbortSignal.timeout(NODE_PATIENCE_MS) })
      } catch (error) {
        if (!concernsOneNode(error)) throw error
        logger.warn({ node: name, err: error }, 'A node was left out of the inventory')
        return []
      }
    })
    return (await Promise.all(answers)).flat()
  }

  return {
    resources: (at: At) => resources(at, {}),
    permissions: (at: At) => permissions(at, {}),
    version: async (at: At) => (await version(at, {})).version,
    options: (at: At) => options(at, {}),
    pools: async (at: At): Promise<Pool[]> =>
      (await pools(at, {}))
        .map((pool) => ({ id: pool.poolid, comment: pool.comment ?? null }))
        .toSorted((a, b) => a.id.localeCompare(b.id)),
    /** Null where the caller lacks Sys.Audit on `/`. */
    clusterStatus: async (at: At) => {
      try {
        return await status(at, {})
      } catch (error) {
        if (error instanceof ProxmoxError && isAnswer(error, 403)) return null
        throw error
      }
    },
    bridges: (at: At, rows: Resource[]) =>
      eachNode(rows, async (node, options_) =>
        readBridges(node, await network(at, { node, type: 'any_bridge' }, options_)),
      ),
    nodeStorages: (at: At, rows: Resource[]) =>
      eachNode(rows, async (node, options_) =>
        readNodeStorages(node, await nodeStorage(at, { node, enabled: true }, options_)),
      ),
    /** Null where it has gone in the meantime, or its node does not answer. */
    template: async (at: At, { vmid, node }: TemplateRow, storages: Storage[]) => {
      const signal = AbortSignal.timeout(NODE_PATIENCE_MS)
      try {
        const [settings, clone] = await Promise.all([
          config(at, { node, vmid }, { signal }),
          feature(at, { node, vmid, feature: 'clone' }, { signal }),
        ])
        return readTemplate(vmid, node, settings, clone, storages)
      } catch (error) {
        if (!concernsOneNode(error)) throw error
        logger.warn({ vmid, node, err: error }, 'A template was left out of the inventory')
        return null
      }
    },
    exactPermissions: async (at: At, paths: string[]): Promise<Permissions> => {
      const answers = await Promise.all(paths.map((path) => permissions(at, { path })))
      return Object.assign({}, ...answers)
    },
  }
}

const isAnswer = (error: ProxmoxError, status: number): boolean =>
  error.failure.kind === 'answered' && error.failure.status === status

/** Trouble behind the node that we talk to, a refusal for this one object, or our own patience with it. */
function concernsOneNode(error: unknown): boolean {
  if (error instanceof ProxmoxError)
    return error.failure.kind === 'answered' && !isAnswer(error, 401)
  return error instanceof Error && error.name === 'TimeoutError'
}

/**
 * `/cluster/resources` has only storages with Datastore.Audit, `/nodes/N/storage` those with Datastore.AllocateSpace
 * too; so the one call is enough only for who audits every storage.
 */
function seesAllStorages(permissions: Permissions): boolean {
  const audits = (path: string) => 'Datastore.Audit' in (permissions[path] ?? {})
  return (
    audits('/storage') &&
    Object.keys(permissions).every((path) => !path.startsWith('/storage/') || audits(path))
  )
}

const templateRows = (resources: Resource[], wanted: number[] | null): TemplateRow[] =>
  readGuests(resources).filter(
    (guest) =>
      guest.kind === 'qemu' && guest.template && (wanted === null || wanted.includes(guest.vmid)),
  )

const byNameAndNode = (
  a: { name: string; node: string },
  b: { name: string; node: string },
): number => a.name.localeCompare(b.name) || a.node.localeCompare(b.node)
