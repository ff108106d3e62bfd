import type { World, Guest } from '../world.ts'
import type { JsonObject } from '../json.ts'

/**
 * A guest in `/cluster/resources` and among the members of a pool: existence, node, lock and tags are current, the figures
 * are those that pvestatd reported last (pve-manager PVE/API2Tools.pm).
 */
export const guestResource = (guest: Guest): JsonObject => ({
  status: 'unknown',
  ...guest.reported,
  id: `${guest.type}/${guest.vmid}`,
  vmid: guest.vmid,
  type: guest.type,
  node: guest.node,
  ...(guest.config['lock'] === undefined ? {} : { lock: guest.config['lock'] }),
  ...(guest.config['tags'] === undefined ? {} : { tags: guest.config['tags'] }),
})

export const poolOf = (world: World, vmid: number): string | undefined =>
  world.pools.find(({ vms }) => vms.includes(vmid))?.poolid
