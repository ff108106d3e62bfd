import type { Cluster } from './cluster.ts'
import { reportedFigures } from './guests/status.ts'

/** One round of pvestatd on every node: until it, a new guest is `unknown` in `/cluster/resources`. */
export const reportAll = (cluster: Cluster): void => {
  const up = new Set(cluster.world.nodes.filter(({ online }) => online).map(({ name }) => name))
  for (const guest of cluster.world.guests)
    if (up.has(guest.node)) guest.reported = reportedFigures(cluster, guest)
}

/** Reports every so many simulated seconds until the signal aborts. */
export const runPvestatd = async (
  cluster: Cluster,
  cycleSeconds: number,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    reportAll(cluster)
    await cluster.clock.sleep(cycleSeconds, signal).catch(() => {})
  }
}
