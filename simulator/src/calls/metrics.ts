import type { Call, Handlers } from '../call.ts'
import { getGuest } from '../guests/guest.ts'
import { cpusOf, memoryBytesOf } from '../guests/sizing.ts'
import { wave } from '../guests/status.ts'
import type { Json, JsonObject } from '../json.ts'

/** Seconds of one row; there are 70 of each (pve-cluster src/PVE/RRD.pm, create_rrd_data). */
const stepSeconds: Record<string, number> = {
  hour: 60,
  day: 1800,
  week: 10_800,
  month: 43_200,
  year: 604_800,
}
const rowCount = 70

/**
 * What the round-robin database of a guest holds: figures that drift, the same for the same guest and time; a row of a time
 * at which it was off has nothing but the time.
 */
const rrdData = (call: Call): Json => {
  const { cluster, node, vmid, params } = call
  const guest = getGuest(cluster, node, vmid)
  const step = stepSeconds[params.text('timeframe')] ?? 60
  const newest = Math.floor(cluster.clock.seconds() / step) * step
  const config = guest.running?.config ?? guest.config
  const maxmem = memoryBytesOf(config)
  const maxcpu = cpusOf(config)
  const idle = guest.running?.image === undefined
  return Array.from({ length: rowCount }, (_, index): JsonObject => {
    const time = newest - (rowCount - 1 - index) * step
    const since = guest.running && Math.floor(guest.running.startedAt / 1000)
    if (since === undefined || time < since - step) return { time }
    const level = idle ? 0 : wave(vmid, time * 1000)
    const burst = idle ? 0 : wave(vmid * 3, time * 400)
    return {
      time,
      maxcpu,
      maxmem,
      cpu: 0.01 + 0.12 * level,
      mem: Math.floor(idle ? 16 * 2 ** 20 : maxmem * (0.35 + 0.3 * level)),
      disk: 0,
      maxdisk: 0,
      netin: 9000 + 2_400_000 * burst ** 3,
      netout: 4000 + 700_000 * burst ** 2,
      diskread: 120_000 * burst,
      diskwrite: 30_000 + 900_000 * level ** 2,
    }
  })
}

export const metricsCalls: Handlers = {
  'GET /nodes/{node}/qemu/{vmid}/rrddata': rrdData,
}
