import type { Call, Handlers } from '../call.ts'
import { metaData, networkConfig, userData } from '../guests/cloud-init.ts'
import { drivesOf, isCloudInit } from '../guests/drive.ts'
import { getGuest, withConfigLock } from '../guests/guest.ts'
import { checkSnippets } from '../guests/power.ts'
import type { Json, JsonObject } from '../json.ts'
import { atLeast } from '../version.ts'

const shownKeys =
  'cicustom cipassword citype ciuser ciupgrade nameserver searchdomain sshkeys'.split(' ')

const guestOf = ({ cluster, node, vmid }: Call) => getGuest(cluster, node, vmid)

/** The keys that are set and what of them the drive does not have yet (qemu-server src/PVE/API2/Qemu.pm, cloudinit_pending). */
const listKeys = (call: Call): Json => {
  const { config, running } = guestOf(call)
  // A drive is written at each start; of a guest that is off there is nothing to be compared.
  const onDrive = running ? (running.driveConfig ?? running.config) : config
  return shownKeys.flatMap((key): JsonObject[] => {
    const value = onDrive[key]
    const wanted = config[key]
    if (value === undefined && wanted === undefined) return []
    const masked = (text: string) => (key === 'cipassword' ? '**********' : text)
    if (wanted === undefined) return [{ key, delete: 1 }]
    return [
      {
        key,
        ...(value === undefined ? {} : { value: masked(value) }),
        ...(wanted === value ? {} : { pending: masked(wanted) }),
      },
    ]
  })
}

const dump = (call: Call): Json => {
  const { config } = guestOf(call)
  const { cluster, access, vmid, params } = call
  const hidden = atLeast(cluster.version, 9) && !access.has(`/vms/${vmid}`, ['VM.Config.Cloudinit'])
  switch (params.text('type')) {
    case 'user':
      return userData(config, hidden)
    case 'network':
      return networkConfig(cluster, config)
    default:
      return metaData(cluster, config)
  }
}

/** Writes the drive anew, without a start. */
const regenerate = async (call: Call): Promise<Json> => {
  const { cluster, node, vmid } = call
  await withConfigLock(cluster, node, vmid, async () => {
    const guest = guestOf(call)
    if (!drivesOf(guest.config).some(isCloudInit)) return
    checkSnippets(call, guest)
    await cluster.clock.sleep(0.3)
    if (guest.running) guest.running.driveConfig = { ...guest.config }
    cluster.changed()
  })
  return null
}

const base = '/nodes/{node}/qemu/{vmid}/cloudinit'

export const cloudInitCalls: Handlers = {
  [`GET ${base}`]: listKeys,
  [`PUT ${base}`]: regenerate,
  [`GET ${base}/dump`]: dump,
}
