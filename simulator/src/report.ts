/** What the cluster was asked so far and when its guests booted, as the benchmark reads it. */
import type { Simulator } from './simulator.ts'

export type Boot = {
  name: string
  node: string
  /** Milliseconds since 1970. */
  startedAt: number
  /** Simulated seconds from the start of QEMU; null where the guest has no such service. */
  agentSeconds: number | null
  networkSeconds: number | null
  portsSeconds: number | null
}

export type Report = {
  /** How often each call of the API came, by `METHOD /path/{template}`. */
  calls: Record<string, number>
  boots: Boot[]
}

type Source = Pick<Simulator, 'requests' | 'world' | 'clock' | 'cluster'>

export const reportOf = ({ requests, world, clock, cluster }: Source): Report => {
  const calls: Report['calls'] = {}
  for (const { method, path } of requests()) {
    const name = `${method} ${cluster.methods.find(method, path)?.method.path ?? path}`
    calls[name] = (calls[name] ?? 0) + 1
  }
  return {
    calls,
    boots: world.guests.flatMap(({ config, node, running }) => {
      if (running === undefined) return []
      const { startedAt } = running
      const after = (at: number | undefined) =>
        at === undefined ? null : clock.elapsed(startedAt, at)
      return {
        name: config['name'] ?? '',
        node,
        startedAt,
        agentSeconds: after(running.agentAt),
        networkSeconds: after(running.networkAt),
        portsSeconds: after(running.portsAt),
      }
    }),
  }
}
