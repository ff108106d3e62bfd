import { mayModify } from '../access/check.ts'
import type { Call, Handlers } from '../call.ts'
import { die, parameterError } from '../errors.ts'
import type { Json, JsonObject } from '../json.ts'
import { guestById } from '../guests/guest.ts'
import { guestResource } from '../guests/resource.ts'
import { splitList } from '../schema/formats.ts'
import { spaceOf } from '../storage/storages.ts'
import { atLeast } from '../version.ts'
import type { World } from '../world.ts'

type Pool = World['pools'][number]

const findPool = ({ cluster }: Call, poolid: string): Pool =>
  cluster.world.pools.find((pool) => pool.poolid === poolid) ??
  die(`pool '${poolid}' does not exist`)

const poolRow = ({ poolid, comment }: Pool): JsonObject => ({
  poolid,
  ...(comment === undefined ? {} : { comment }),
})

const guestMembers = ({ cluster, access }: Call, pool: Pool): JsonObject[] =>
  cluster.world.guests
    .filter(({ vmid }) => pool.vms.includes(vmid) && access.has(`/vms/${vmid}`, ['VM.Audit']))
    .map(guestResource)

const storageMembers = ({ cluster, access, node }: Call, pool: Pool): JsonObject[] =>
  cluster.world.storages
    .filter(({ storage }) => pool.storages.includes(storage))
    .filter(({ storage }) => access.has(`/storage/${storage}`, ['Datastore.Audit']))
    .map((storage) => {
      const { used, total } = spaceOf(cluster, storage, node)
      return {
        id: `storage/${node}/${storage.storage}`,
        type: 'storage',
        storage: storage.storage,
        node,
        status: 'available',
        disk: used,
        maxdisk: total,
      }
    })

const poolDetails = (call: Call, pool: Pool): JsonObject => ({
  ...poolRow(pool),
  members: [...guestMembers(call, pool), ...storageMembers(call, pool)],
})

/** pve-manager PVE/API2/Pool.pm, index; with `poolid` (8.1 and later) one pool and its members. */
const listPools = (call: Call): Json => {
  const { cluster, params, access } = call
  const asked = params.optional('poolid')
  if (asked !== undefined) {
    access.check(`/pool/${asked}`, ['Pool.Audit'])
    return [poolDetails(call, findPool(call, asked))]
  }
  return cluster.world.pools
    .filter(({ poolid }) => access.has(`/pool/${poolid}`, ['Pool.Audit']))
    .map(poolRow)
}

const createPool = (call: Call): Json => {
  const { cluster, params } = call
  const poolid = params.text('poolid')
  const { pools } = cluster.world
  if (atLeast(cluster.version, 9) && !/^[A-Za-z]/.test(poolid))
    return die('create pool failed: pool name must start with a letter')
  if (pools.some((pool) => pool.poolid === poolid))
    return die(`create pool failed: pool '${poolid}' already exists`)
  const parent = /^(.*)\/[^/]+$/.exec(poolid)?.[1]
  if (parent !== undefined && !pools.some((pool) => pool.poolid === parent))
    return die(`create pool failed: parent '${parent}' of pool '${poolid}' does not exist`)
  pools.push({ poolid, comment: params.optional('comment'), vms: [], storages: [] })
  cluster.changed()
  return null
}

/** Adds or removes members; whoever does it must be allowed to modify permissions on each of them. */
const updatePool = (call: Call): Json => {
  const { cluster, params, access } = call
  const pool = findPool(call, params.text('poolid'))
  const vms = splitList(params.optional('vms') ?? '').map(Number)
  const storages = splitList(params.optional('storage') ?? '')
  for (const vmid of vms) mayModify({ id: call.caller, access }, `/vms/${vmid}`)
  for (const storage of storages) mayModify({ id: call.caller, access }, `/storage/${storage}`)
  if (params.has('comment')) pool.comment = params.text('comment')
  for (const vmid of vms) updateMember(call, pool, vmid)
  pool.storages = params.flag('delete')
    ? pool.storages.filter((storage) => !storages.includes(storage))
    : [...new Set([...pool.storages, ...storages])]
  cluster.changed()
  return null
}

const updateMember = ({ cluster, params }: Call, pool: Pool, vmid: number) => {
  if (params.flag('delete')) {
    if (!pool.vms.includes(vmid)) die(`update pools failed: VM ${vmid} is not a pool member`)
    pool.vms = pool.vms.filter((member) => member !== vmid)
    return
  }
  const before = cluster.world.pools.find(({ vms }) => vms.includes(vmid))
  if (before && before !== pool && !params.flag('allow-move'))
    die(
      `update pools failed: VM ${vmid} belongs already to pool '${before.poolid}' and 'allow-move' is not set`,
    )
  if (before) before.vms = before.vms.filter((member) => member !== vmid)
  pool.vms.push(vmid)
}

const deletePool = (call: Call): Json => {
  const { cluster, params } = call
  const pool = findPool(call, params.text('poolid'))
  const fail = (what: string) =>
    die(`delete pool failed: pool '${pool.poolid}' is not empty (contains ${what})`)
  const guest = pool.vms.find((vmid) => guestById(cluster, vmid))
  if (guest !== undefined) fail(`VM ${guest}`)
  if (pool.storages[0] !== undefined) fail(`storage '${pool.storages[0]}'`)
  cluster.world.pools = cluster.world.pools.filter((other) => other !== pool)
  cluster.world.acl = cluster.world.acl.filter(({ path }) => path !== `/pool/${pool.poolid}`)
  cluster.changed()
  return null
}

const onePool = (call: Call): Json => {
  const poolid = call.params.text('poolid')
  if (poolid === '') throw parameterError({ poolid: 'property is missing and it is not optional' })
  return poolDetails(call, findPool(call, poolid))
}

export const poolCalls: Handlers = {
  'GET /pools': listPools,
  'POST /pools': createPool,
  'PUT /pools': updatePool,
  'DELETE /pools': deletePool,
  'GET /pools/{poolid}': onePool,
  'PUT /pools/{poolid}': updatePool,
  'DELETE /pools/{poolid}': deletePool,
}
