import type { Call, Handlers } from '../call.ts'
import { die, parameterError } from '../errors.ts'
import type { Json, JsonObject } from '../json.ts'
import { splitList } from '../schema/formats.ts'
import { guestById } from '../guests/guest.ts'
import { guestResource, poolOf } from '../guests/resource.ts'
import { isOnNode, spaceOf } from '../storage/storages.ts'
import { atLeast } from '../version.ts'
import type { Node } from '../world.ts'
import { nodeFigures } from './nodes.ts'
import { compareTasks, taskRow } from './tasks.ts'

/** pve-manager PVE/API2/Cluster.pm, get_status. */
const clusterStatus = ({ cluster }: Call): Json => {
  const { world } = cluster
  const nodes = world.nodes.map((node) => ({
    type: 'node',
    id: `node/${node.name}`,
    name: node.name,
    nodeid: world.clusterName === undefined ? 0 : node.nodeid,
    ip: node.ip,
    online: node.online ? 1 : 0,
    local: node.name === world.entryNode ? 1 : 0,
    level: '',
  }))
  if (world.clusterName === undefined) return nodes
  const online = world.nodes.filter((node) => node.online).length
  const head = {
    type: 'cluster',
    id: 'cluster',
    name: world.clusterName,
    version: world.nodes.length,
    nodes: world.nodes.length,
    quorate: online * 2 > world.nodes.length && cluster.faults.hasQuorum() ? 1 : 0,
  }
  return [head, ...nodes]
}

const nextIdRange = (setting: string | undefined) => {
  const read = (name: string, otherwise: number) =>
    Number(new RegExp(`(?:^|,)${name}=(\\d+)`).exec(setting ?? '')?.[1] ?? otherwise)
  return { lower: read('lower', 100), upper: read('upper', 1_000_000) }
}

/** Lowest free id; nothing is reserved (Cluster.pm, nextid). */
const nextId = ({ cluster, params }: Call): Json => {
  const { world } = cluster
  const asked = params.integer('vmid')
  if (asked !== undefined) {
    if (guestById(cluster, asked)) throw parameterError({ vmid: `VM ${asked} already exists` })
    return String(asked)
  }
  const { lower, upper } = nextIdRange(world.datacenter['next-id'])
  const taken = new Set(world.guests.map(({ vmid }) => vmid))
  for (let id = lower; id < upper; id += 1) if (!taken.has(id)) return String(id)
  return die(`unable to get any free VMID in range [${lower}, ${upper - 1}]`)
}

const guestResources = ({ cluster, access }: Call): JsonObject[] =>
  cluster.world.guests
    .filter(({ vmid }) => access.has(`/vms/${vmid}`, ['VM.Audit']))
    .toSorted((a, b) => a.vmid - b.vmid)
    .map((guest) => {
      const pool = poolOf(cluster.world, guest.vmid)
      return { ...guestResource(guest), ...(pool === undefined ? {} : { pool }) }
    })

const nodeResource = (call: Call, node: Node): JsonObject => {
  const { ssl_fingerprint: _, ...figures } = nodeFigures(call, node)
  return {
    ...figures,
    ...(node.online && atLeast(call.cluster.version, 7.2) ? { 'cgroup-mode': 2 } : {}),
  }
}

const storageResources = ({ cluster, access }: Call): JsonObject[] =>
  cluster.world.nodes.flatMap((node) =>
    cluster.world.storages
      .filter((storage) => isOnNode(storage, node.name) && !storage.disabled)
      .filter(({ storage }) => access.has(`/storage/${storage}`, ['Datastore.Audit']))
      .map((storage) => {
        const space = spaceOf(cluster, storage, node.name)
        return {
          id: `storage/${node.name}/${storage.storage}`,
          type: 'storage',
          storage: storage.storage,
          node: node.name,
          status: node.online ? 'available' : 'unknown',
          plugintype: storage.type,
          content: storage.content.toSorted().join(','),
          shared: storage.shared ? 1 : 0,
          ...(node.online ? { disk: space.used, maxdisk: space.total } : {}),
        }
      }),
  )

const poolResources = ({ cluster, access }: Call): JsonObject[] =>
  cluster.world.pools
    .filter(({ poolid }) => access.has(`/pool/${poolid}`, ['Pool.Audit']))
    .map(({ poolid }) => ({ id: `/pool/${poolid}`, pool: poolid, type: 'pool' }))

const zone = 'localnetwork'

const zoneResources = ({ cluster, access }: Call): JsonObject[] => {
  if (!atLeast(cluster.version, 8)) return []
  if (!access.has(`/sdn/zones/${zone}`, ['SDN.Audit', 'SDN.Use'], true)) return []
  return cluster.world.nodes.map(({ name }) =>
    atLeast(cluster.version, 9)
      ? {
          id: `network/${name}/zone/${zone}`,
          type: 'network',
          'network-type': 'zone',
          network: zone,
          node: name,
          status: 'ok',
        }
      : { id: `sdn/${name}/${zone}`, type: 'sdn', sdn: zone, node: name, status: 'ok' },
  )
}

const resources = (call: Call): Json => {
  const type = call.params.optional('type')
  const wants = (kind: string) => type === undefined || type === kind
  const zones = zoneResources(call).filter((row) => type === undefined || row['type'] === type)
  return [
    ...(type === undefined ? poolResources(call) : []),
    ...(wants('node') ? call.cluster.world.nodes.map((node) => nodeResource(call, node)) : []),
    ...(wants('vm') ? guestResources(call) : []),
    ...(wants('storage') ? storageResources(call) : []),
    ...zones,
  ]
}

/** Running tasks and a few finished ones of each node, as broadcast through the cluster file system. */
const clusterTasks = ({ cluster, caller, access }: Call): Json => {
  const seesAll = access.has('/', ['Sys.Audit'])
  return cluster.world.nodes
    .flatMap(({ name }) => {
      const own = cluster.world.tasks.filter((task) => task.node === name)
      const running = own.filter((task) => task.endtime === undefined)
      const finished = own.filter((task) => task.endtime !== undefined).toSorted(compareTasks)
      return [...running, ...finished.slice(0, Math.max(0, 25 - running.length))]
    })
    .filter((task) => seesAll || task.user === caller || caller === `${task.user}!${task.tokenid}`)
    .toSorted(compareTasks)
    .map((task) =>
      task.endtime === undefined
        ? { ...taskRow(task), saved: '0' }
        : { ...taskRow(task), saved: 1, endtime: task.endtime, status: task.exitstatus ?? '' },
    )
}

const propertyOf = (text: string | undefined, name: string) =>
  new RegExp(`(?:^|,)${name}=([^,]*)`).exec(text ?? '')?.[1]

/** Registered and listed ones, and those in use where the caller may choose freely (pve-guest-common src/PVE/GuestHelpers.pm, get_allowed_tags). */
const allowedTags = ({ cluster, access }: Call): string[] => {
  const { datacenter, guests } = cluster.world
  const rules = datacenter['user-tag-access']
  const rule = propertyOf(rules, 'user-allow') ?? 'free'
  const listed = splitList(propertyOf(rules, 'user-allow-list') ?? '')
  const isAdmin = access.has('/', ['Sys.Modify'])
  const registered = isAdmin ? splitList(datacenter['registered-tags'] ?? '') : []
  const used =
    isAdmin || rule === 'free' || rule === 'existing'
      ? guests
          .filter(({ vmid }) => access.has(`/vms/${vmid}`, ['VM.Audit']))
          .flatMap(({ config }) => splitList(config['tags'] ?? ''))
      : []
  return [...new Set([...registered, ...listed, ...used])].toSorted()
}

const tagStyle = (text: string): JsonObject =>
  Object.fromEntries(
    text.split(',').map((part) => {
      const [name = '', value = ''] = part.split('=')
      return [name, name === 'case-sensitive' ? Number(value) : value]
    }),
  )

/** What datacenter.cfg says; the settings of tags are told taken apart. */
const options = (call: Call): Json => {
  const { cluster, access } = call
  const { datacenter } = cluster.world
  const { 'tag-style': style, 'registered-tags': registered, ...others } = datacenter
  const { 'user-tag-access': rules, ...plain } = others
  const shared: JsonObject = {
    'allowed-tags': allowedTags(call),
    ...(style === undefined ? {} : { 'tag-style': tagStyle(style) }),
  }
  if (!access.has('/', ['Sys.Audit'])) return shared
  const list = propertyOf(rules, 'user-allow-list')
  return {
    ...plain,
    ...shared,
    ...(registered === undefined ? {} : { 'registered-tags': splitList(registered) }),
    ...(rules === undefined
      ? {}
      : {
          'user-tag-access': {
            'user-allow': propertyOf(rules, 'user-allow') ?? 'free',
            ...(list === undefined ? {} : { 'user-allow-list': splitList(list) }),
          },
        }),
  }
}

/** Kept as datacenter.cfg has it; nothing but tags and the MAC prefix has an effect here. */
const setOptions = ({ cluster, params }: Call): Json => {
  const { datacenter } = cluster.world
  for (const key of splitList(params.optional('delete') ?? ''))
    Reflect.deleteProperty(datacenter, key)
  for (const key of params.names()) if (key !== 'delete') datacenter[key] = params.text(key)
  cluster.changed()
  return null
}

export const clusterCalls: Handlers = {
  'GET /cluster/status': clusterStatus,
  'GET /cluster/nextid': nextId,
  'GET /cluster/resources': resources,
  'GET /cluster/tasks': clusterTasks,
  'GET /cluster/options': options,
  'PUT /cluster/options': setOptions,
  // Its bridges are plain ones.
  'GET /cluster/sdn/vnets': () => [],
}
