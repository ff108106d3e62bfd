/** The simulated cluster that stands in where no cluster is configured. The only place that knows the simulator. */
import { startSimulator } from '@deployer/simulator/simulator.ts'
import { join } from 'node:path'
import type { Config } from './config.ts'

export type Demo = {
  /** `127.0.0.1:port` */
  host: string
  fingerprint: string
  /** Guests of the simulator are reached through it. */
  guestProxyUrl: string
  close: () => Promise<void>
}

/** Its VMs survive a restart of the server. */
export const startDemo = ({ demo, dataDir }: Pick<Config, 'demo' | 'dataDir'>): Promise<Demo> =>
  startSimulator({ ...demo, stateFile: join(dataDir, 'demo-cluster.json') })
