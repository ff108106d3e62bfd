/** The simulated cluster that stands in where no cluster is configured. The only place that knows the simulator. */
import { checksumOf } from '@deployer/simulator/internet/internet.ts'
import { startSimulator } from '@deployer/simulator/simulator.ts'
import { join } from 'node:path'
import type { Config } from './config.ts'

export type Demo = {
  /** `127.0.0.1:port` */
  host: string
  fingerprint: string
  /** Guests of the simulator are reached through it. */
  guestProxyUrl: string
  /** What a publisher on the simulated internet would state. */
  statedChecksum: (url: string, algorithm: string) => string
  close: () => Promise<void>
}

/** Its VMs survive a restart of the server. */
export const startDemo = async ({
  demo,
  dataDir,
}: Pick<Config, 'demo' | 'dataDir'>): Promise<Demo> => ({
  ...(await startSimulator({ ...demo, stateFile: join(dataDir, 'demo-cluster.json') })),
  statedChecksum: checksumOf,
})
