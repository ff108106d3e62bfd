/** The calls behind the inventory, each remembered for as long as its answer hardly changes. */
import type { Guest, Node, Pool, Storage } from '@deployer/core/inventory.ts'
import { isTimeout } from '@deployer/proxmox/caught.ts'
import type { Api, Connection } from '@deployer/proxmox/client.ts'
import type { CallName } from '@deployer/proxmox/encode.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import type { Calls } from '@deployer/proxmox/generated/calls.ts'
import type { Caller } from '../identity/caller.ts'
import type { Logger } from '../logger.ts'
import { remember } from './cache.ts'
import { type MediaCalls, readMedia } from './media.ts'
import type { Permissions } from './permissions.ts'
import { readBridges, readNodes, readNodeStorages, type Resource } from './read.ts'
import { readTemplate } from './template.ts'

const NODE_PATIENCE_MS = 8000
/** Counts from when all templates are asked for, and only a few calls run at a time. */
const TEMPLATE_PATIENCE_MS = 20_000

/** For whom, and whether what is remembered counts. */
export type At = { caller: Caller; fresh?: boolean }

export type TemplateRow = Pick<Guest, 'vmid' | 'node' | 'lock'>

export function createCalls(deps: {
  connection: Pick<Connection, 'api'>
  logger: Pick<Logger, 'warn'>
}) {
  const { connection, logger } = deps
  const api = ({ caller }: At): Api => connection.api(caller.credentials)

  const line = <Name extends CallName>(name: Name, seconds: number) => {
    const known = remember<Calls[Name]['returns']>(seconds)
    return (at: At, params: Calls[Name]['params'], patience?: { signal: AbortSignal }) =>
      known(
        `${at.caller.username} ${JSON.stringify(params)}`,
        () => api(at).call(name, params, patience),
        at.fresh,
      )
  }

  const resources = line('GET /cluster/resources', 3)
  const status = line('GET /cluster/status', 3)
  const permissions = line('GET /access/permissions', 10)
  const pools = line('GET /pools', 10)
  const definitions = line('GET /storage', 60)
  const options = line('GET /cluster/options', 30)
  const version = line('GET /version', 60)
  const network = line('GET /nodes/{node}/network', 10)
  const vnets = line('GET /cluster/sdn/vnets', 30)
  const nodeStorage = line('GET /nodes/{node}/storage', 5)
  const content = line('GET /nodes/{node}/storage/{storage}/content', 5)
  const volume = line('GET /nodes/{node}/storage/{storage}/content/{volume}', 30)
  const cpu = line('GET /nodes/{node}/capabilities/qemu/cpu', 60)
  const config = line('GET /nodes/{node}/qemu/{vmid}/config', 30)
  const feature = line('GET /nodes/{node}/qemu/{vmid}/feature', 30)

  /** Asks every node that is online; one that does not answer in time is left out. */
  const eachNode = async <T>(
    rows: Resource[],
    ask: (node: string, patience: { signal: AbortSignal }) => Promise<T[]>,
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

  /** Null where this node does not answer, or does not know what is asked for. */
  const orNull = async <T>(
    about: object,
    ask: (patience: { signal: AbortSignal }) => Promise<T>,
  ): Promise<T | null> => {
    try {
      return await ask({ signal: AbortSignal.timeout(NODE_PATIENCE_MS) })
    } catch (error) {
      if (!concernsOneNode(error)) throw error
      logger.warn({ ...about, err: error }, 'An answer of a node is missing in the inventory')
      return null
    }
  }

  const mediaCalls = (at: At): MediaCalls => ({
    list: async (place, kind) => {
      const rows = await orNull(place, (patience) =>
        content(at, { ...place, content: kind }, patience),
      )
      return (rows ?? []).map(({ volid }) => volid)
    },
    sizeOf: async (place, volid) =>
      (
        await orNull({ ...place, volid }, (patience) =>
          volume(at, { ...place, volume: volid }, patience),
        )
      )?.size ?? null,
  })

  /** Of vnets as they run now, which is what rights are checked for (pve-guest-common src/PVE/GuestHelpers.pm). */
  const zonesOf = async (at: At): Promise<Map<string, string>> => {
    try {
      const rows = await vnets(at, { running: true })
      return new Map(rows.flatMap(({ vnet, zone }) => (zone === undefined ? [] : [[vnet, zone]])))
    } catch (error) {
      if (!concernsOneNode(error)) throw error
      logger.warn({ err: error }, 'The zones of vnets are not known')
      return new Map()
    }
  }

  return {
    resources: (at: At) => resources(at, {}),
    permissions: (at: At) => permissions(at, {}),
    /** Those that the caller may see. */
    storageDefinitions: (at: At) => definitions(at, {}),
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
    bridges: async (at: At, rows: Resource[]) => {
      const found = await eachNode(rows, async (node, patience) => {
        const networks = await network(at, { node, type: 'any_bridge' }, patience)
        return [{ node, networks }]
      })
      const anyVnet = found.some(({ networks }) => networks.some(({ type }) => type === 'vnet'))
      const zones = anyVnet ? await zonesOf(at) : new Map<string, string>()
      return found.flatMap(({ node, networks }) => readBridges(node, networks, zones))
    },
    nodeStorages: (at: At, rows: Resource[]) =>
      eachNode(rows, async (node, patience) =>
        readNodeStorages(node, await nodeStorage(at, { node, enabled: true }, patience)),
      ),
    media: (at: At, volids: string[], storages: Storage[], nodes: Node[]) =>
      readMedia(
        volids,
        storages,
        new Set(nodes.filter((node) => node.online).map(({ name }) => name)),
        mediaCalls(at),
      ),
    /** Of each node; one that does not answer in time is left out. */
    cpuTypes: (at: At, rows: Resource[]) =>
      eachNode(rows, async (node, patience) => [
        { node, names: (await cpu(at, { node }, patience)).map(({ name }) => name) },
      ]),
    /** Null where it has gone in the meantime, or its node does not answer. */
    template: async (at: At, { vmid, node, lock }: TemplateRow, storages: Storage[]) => {
      const signal = AbortSignal.timeout(TEMPLATE_PATIENCE_MS)
      try {
        const [settings, clone] = await Promise.all([
          config(at, { node, vmid }, { signal }),
          feature(at, { node, vmid, feature: 'clone' }, { signal }),
        ])
        // The list of guests is newer than the remembered config.
        return { ...readTemplate(vmid, node, settings, clone, storages), lock }
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
export function concernsOneNode(error: unknown): boolean {
  if (error instanceof ProxmoxError)
    return error.failure.kind === 'answered' && !isAnswer(error, 401)
  return isTimeout(error)
}
