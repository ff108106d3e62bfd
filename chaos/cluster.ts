/** The simulated cluster of a run, in a process of its own that nobody kills; the run talks to it over the IPC channel. */
import { startSimulator } from '@deployer/simulator/simulator.ts'
import { type FromCluster, optionsSchema, toClusterSchema } from './messages.ts'

/** Longer than the slowest call that the faults make. */
const QUIET_SECONDS = 60

const tell = (message: FromCluster) => process.send?.(message)

const { speed, seed } = optionsSchema.parse(JSON.parse(process.argv[2] ?? ''))
let changes = 0
const simulator = await startSimulator({
  speed,
  seed,
  onRequest: ({ method, path }) => {
    if (method === 'GET' || path.endsWith('/agent/ping')) return
    changes += 1
    tell({ kind: 'changed', count: changes })
  },
})
const { cluster, world } = simulator

const end = async () => {
  simulator.clearFaults()
  await cluster.clock.sleep(QUIET_SECONDS)
  await simulator.tasks.settled()
  const calls = simulator.requests().length
  tell({ kind: 'state', state: { world, calls, faults: cluster.faults.report() } })
}

process.on('message', (message) => {
  const told = toClusterSchema.parse(message)
  if (told.kind === 'begin') for (const fault of told.faults) simulator.addFault(fault)
  else void end()
})
// Whoever started it has gone.
process.on('disconnect', () => process.exit(0))

tell({
  kind: 'ready',
  host: simulator.host,
  fingerprint: simulator.fingerprint,
  guestProxy: simulator.guestProxyUrl,
  world,
})
