/**
 * What the cluster has, as each caller may see it, from as few calls as possible. Answers are shared for a few seconds
 * between the calls of one caller; a node that is down makes the inventory smaller, never fail.
 */
import { withCopies } from '@deployer/core/copies.ts'
import type {
  Bridge,
  Inventory,
  PendingVm,
  Pool,
  Storage,
  Template,
} from '@deployer/core/inventory.ts'
import type { Source } from '@deployer/core/request.ts'
import type { Connection } from '@deployer/proxmox/client.ts'
import type { Caller } from '../identity/caller.ts'
import type { Logger } from '../logger.ts'
import { type At, createCalls, type TemplateRow } from './calls.ts'
import { mediaNamed } from './media.ts'
import { createRights, type Permissions } from './permissions.ts'
import { type ClusterStatus, createSnippetAccess, type SnippetSettings } from './snippets.ts'
import {
  readGuests,
  readIdBounds,
  readNodes,
  readQuorate,
  readStorages,
  readVersion,
  type Resource,
} from './read.ts'

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
  cpuTypes: (caller: Caller) => Promise<Inventory['cpuTypes']>
  templates: (caller: Caller) => Promise<Template[]>
  /** Null where there is none, or the caller may not see it. */
  template: (caller: Caller, vmid: number) => Promise<Template | null>
  state: (caller: Caller) => Promise<ClusterState>
  /** The rows of `/cluster/resources`, as old as 3 s, or asked for anew. */
  resources: (caller: Caller, fresh?: boolean) => Promise<Resource[]>
  /** The caller's list of privileges, as old as 10 s; with a path exactly those at it. */
  permissions: (caller: Caller, path?: string) => Promise<Permissions>
  /** The caller's privileges at a path, exactly as Proxmox would judge them. */
  privileges: (caller: Caller, path: string) => Promise<string[]>
  /** Exactly as Proxmox would judge it. */
  holds: (caller: Caller, path: string, privilege: string) => Promise<boolean>
  /** `fresh`: nothing remembered; for the moment before work starts. */
  forPlan: (caller: Caller, source: Source | null, fresh: boolean) => Promise<PlanningInventory>
}

export type InventoryDeps = {
  connection: Pick<Connection, 'api'>
  /** From the configuration. */
  vmids: { min: number; max: number }
  /** Ids that running deployments have taken already. */
  reservedVmids: () => Promise<number[]>
  /** VMs that running deployments are still making. */
  pendingVms: () => Promise<PendingVm[]>
  /** Null where the server has no way onto the nodes. */
  snippets: SnippetSettings | null
  logger: Pick<Logger, 'warn'>
}

export function createInventory(deps: InventoryDeps): InventoryReader {
  const calls = createCalls(deps)
  const snippetAccess = deps.snippets && createSnippetAccess(deps.snippets)

  const snippetsFor = async (at: At, storages: Storage[], status: ClusterStatus) =>
    snippetAccess &&
    snippetAccess(storages, await calls.storageDefinitions(at), status, at.fresh ?? false)

  const storagesOf = async (at: At, resources: Resource[], permissions: Permissions) =>
    seesAllStorages(permissions) ? readStorages(resources) : calls.nodeStorages(at, resources)

  const templatesOf = async (
    at: At,
    resources: Resource[],
    storages: Storage[],
    rows: TemplateRow[],
  ): Promise<Template[]> => {
    const nodes = readNodes(resources)
    const offline = nodes.filter((node) => !node.online).map(({ name }) => name)
    const found = await Promise.all(
      rows
        .filter((row) => !offline.includes(row.node))
        .map((row) => calls.template(at, row, storages)),
    )
    return withCopies(
      found.filter((template) => template !== null),
      { nodes, storages },
    )
  }

  const templates = async (at: At, wanted: number[] | null): Promise<Template[]> => {
    const [resources, permissions] = await Promise.all([calls.resources(at), calls.permissions(at)])
    const rows = templateRows(resources, wanted)
    if (rows.length === 0) return []
    const storages = await storagesOf(at, resources, permissions)
    return (await templatesOf(at, resources, storages, rows)).toSorted(
      (a, b) => a.name.localeCompare(b.name) || a.vmid - b.vmid,
    )
  }

  return {
    nodes: async (caller) => readNodes(await calls.resources({ caller })),
    storages: async (caller) => {
      const at = { caller }
      const [resources, permissions] = await Promise.all([
        calls.resources(at),
        calls.permissions(at),
      ])
      return (await storagesOf(at, resources, permissions)).toSorted(byNameAndNode)
    },
    networks: async (caller) => {
      const at = { caller }
      return (await calls.bridges(at, await calls.resources(at))).toSorted(byNameAndNode)
    },
    pools: (caller) => calls.pools({ caller }),
    cpuTypes: async (caller) => {
      const at = { caller }
      return calls.cpuTypes(at, await calls.resources(at))
    },
    templates: (caller) => templates({ caller }, null),
    template: async (caller, vmid) =>
      (await templates({ caller }, [vmid])).find((template) => template.vmid === vmid) ?? null,
    state: async (caller) => {
      const at = { caller }
      const [version, status, resources] = await Promise.all([
        calls.version(at),
        calls.clusterStatus(at),
        calls.resources(at),
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
    resources: (caller, fresh = false) => calls.resources({ caller, fresh }),
    permissions: (caller, path) =>
      path === undefined
        ? calls.permissions({ caller })
        : calls.exactPermissions({ caller }, [path]),
    privileges: async (caller, path) =>
      Object.keys((await calls.exactPermissions({ caller }, [path]))[path] ?? {}).toSorted(),
    holds: async (caller, path, privilege) =>
      privilege in ((await calls.exactPermissions({ caller }, [path]))[path] ?? {}),
    forPlan: async (caller, source, fresh) => {
      const wanted = source?.kind === 'template' ? [source.vmid] : []
      const volids = source === null ? [] : mediaNamed(source)
      const at = { caller, fresh }
      const [version, resources, status, permissions, pools, options, reserved, pending] =
        await Promise.all([
          calls.version(at),
          calls.resources(at),
          calls.clusterStatus(at),
          calls.permissions(at),
          calls.pools(at),
          calls.options(at),
          deps.reservedVmids(),
          deps.pendingVms(),
        ])
      const [storages, bridges, cpuTypes] = await Promise.all([
        storagesOf(at, resources, permissions),
        calls.bridges(at, resources),
        source === null || source.kind === 'template' ? [] : calls.cpuTypes(at, resources),
      ])
      const nodes = readNodes(resources)
      const rows = templateRows(resources, wanted)
      const bounds = readIdBounds(options['next-id'])
      const rights = createRights(permissions)
      const inventory: Inventory = {
        version: readVersion(version),
        quorate: readQuorate(status) ?? true,
        nodes,
        storages,
        bridges,
        pools,
        guests: readGuests(resources),
        pending,
        templates: await templatesOf(at, resources, storages, rows),
        vmids: {
          min: Math.max(deps.vmids.min, bounds.min ?? 0),
          max: Math.min(deps.vmids.max, bounds.max ?? Number.MAX_SAFE_INTEGER),
          reserved,
        },
        volumes: await calls.media(at, volids, storages, nodes),
        cpuTypes,
        snippets: await snippetsFor(at, storages, status),
        macPrefix: options.mac_prefix ?? MAC_PREFIX,
        holds: rights.holds,
      }
      return {
        ...inventory,
        withExactRights: async () => {
          const paths = rights.unsure()
          if (paths.length === 0) return null
          const exact = await calls.exactPermissions({ caller }, paths)
          return { ...inventory, holds: createRights(permissions, exact).holds }
        },
      }
    },
  }
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

/** All templates, or the wanted ones with those of the same name, which may be copies. */
function templateRows(resources: Resource[], wanted: number[] | null): TemplateRow[] {
  const all = readGuests(resources).filter((guest) => guest.kind === 'qemu' && guest.template)
  if (wanted === null) return all
  const names = all.filter(({ vmid }) => wanted.includes(vmid)).map(({ name }) => name)
  return all.filter(
    ({ vmid, name }) => wanted.includes(vmid) || (name !== null && names.includes(name)),
  )
}

const byNameAndNode = (
  a: { name: string; node: string },
  b: { name: string; node: string },
): number => a.name.localeCompare(b.name) || a.node.localeCompare(b.node)
