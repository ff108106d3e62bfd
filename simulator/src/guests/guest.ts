import { createHash } from 'node:crypto'
import type { Cluster } from '../cluster.ts'
import { die } from '../errors.ts'
import type { Json, JsonObject } from '../json.ts'
import { schemaOf } from '../schema/validate.ts'
import type { Config, Guest } from '../world.ts'

export const guestById = (cluster: Pick<Cluster, 'world'>, vmid: number): Guest | undefined =>
  cluster.world.guests.find((guest) => guest.vmid === vmid)

/** The virtual machine whose configuration lies on that node (pve-guest-common AbstractConfig.pm, load_config). */
export const getGuest = (cluster: Cluster, node: string, vmid: number): Guest =>
  cluster.world.guests.find(
    (guest) => guest.vmid === vmid && guest.node === node && guest.type === 'qemu',
  ) ?? die(`Configuration file 'nodes/${node}/qemu-server/${vmid}.conf' does not exist`)

export const isTemplate = ({ config }: Guest): boolean => config['template'] === '1'

/** AbstractConfig.pm, check_lock. */
export const checkLock = ({ config }: Guest): void => {
  const lock = config['lock']
  if (lock !== undefined) die(`VM is locked (${lock})`)
}

export const lockFile = (vmid: number): string => `/var/lock/qemu-server/lock-${vmid}.conf`

type LockOptions = { timeoutSeconds?: number; exclusive?: boolean; log?: (line: string) => void }

/**
 * Runs with the flock of a guest's configuration, waiting up to 10 s (AbstractConfig.pm, lock_config). In a task, the
 * waiting shows in the log.
 */
export const withConfigLock = async <T>(
  cluster: Cluster,
  node: string,
  vmid: number,
  work: () => Promise<T> | T,
  { timeoutSeconds = 10, exclusive = true, log }: LockOptions = {},
): Promise<T> => {
  let waited = false
  const release = await cluster.locks.flock(node, lockFile(vmid), {
    exclusive,
    timeoutSeconds,
    onWait: () => {
      waited = true
      log?.('trying to acquire lock...')
    },
  })
  if (waited) log?.(' OK')
  try {
    return await work()
  } finally {
    release()
  }
}

/** SHA-1 over the configuration, as `digest` tells it. */
export const digestOf = (guest: Guest): string => {
  const hash = createHash('sha1')
  const lines = Object.entries(guest.config).toSorted(([a], [b]) => (a < b ? -1 : 1))
  hash.update(JSON.stringify([lines, guest.pending, guest.snapshots.map(({ name }) => name)]))
  return hash.digest('hex')
}

const configCall = 'PUT /nodes/{node}/qemu/{vmid}/config'

/** A stored value as JSON shows it: a number where the schema says integer or boolean. */
export const typedValue = (cluster: Cluster, key: string, value: string): Json => {
  const schema = schemaOf(cluster.methods.get(configCall)?.parameters ?? {}, key)
  const isNumber = ['integer', 'boolean'].includes(schema?.type ?? 'string')
  return isNumber && /^-?\d+$/.test(value) ? Number(value) : value
}

export const typedConfig = (cluster: Cluster, config: Config): JsonObject =>
  Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, typedValue(cluster, key, value)]),
  )

/** A MAC address with the datacenter's prefix. */
export const randomMac = ({ world, random }: Cluster): string => {
  const prefix = world.datacenter['mac_prefix'] ?? 'BC:24:11'
  const rest = random.hex(6).toUpperCase().match(/../g) ?? []
  return [prefix, ...rest].join(':').slice(0, 17)
}

export const rootOnlyTicket = (caller: string): boolean => caller === 'root@pam'
