import { parseArgs } from 'node:util'
import { badDays } from './bad-days.ts'
import { readFaults, type Fault } from './fault.ts'
import { reportOf } from './report.ts'
import { startSimulator } from './simulator.ts'
import { versions, type Version } from './version.ts'
import { withCrowd } from './worlds/crowd.ts'
import { demoPassword, demoTokenSecret, demoWorld, totpSecret } from './worlds/demo.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8006' },
    host: { type: 'string', default: '127.0.0.1' },
    version: { type: 'string', default: '9.2' },
    speed: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    /** So many guests more than the demo has. */
    guests: { type: 'string', default: '0' },
    'state-file': { type: 'string' },
    /** Stands for the snippets of every file storage; `{node}` in it is the node's name. */
    'snippet-folder': { type: 'string' },
    /** A JSON list of faults. */
    faults: { type: 'string' },
    /** A bad day out of the seed instead, with such a share of the calls disturbed. */
    'fault-share': { type: 'string' },
  },
})

const isVersion = (text: string): text is Version => versions.some((version) => version === text)

const fail = (text: string): never => {
  console.error(text)
  process.exit(2)
}

const numberOf = (name: string, text: string) => {
  const value = Number(text)
  return Number.isFinite(value) && value >= 0
    ? value
    : fail(`--${name} needs a number, not "${text}"`)
}

const version = isVersion(values.version)
  ? values.version
  : fail(`--version is one of ${versions.join(', ')}, not "${values.version}"`)
const stateFile = values['state-file']
const snippetFolder = values['snippet-folder']

const readFaultsOrFail = (file: string): Fault[] => {
  try {
    return readFaults(file)
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error))
  }
}

const seed = numberOf('seed', values.seed)
const share = numberOf('fault-share', values['fault-share'] ?? '0')
const faults = [
  ...(share === 0 ? [] : badDays(demoWorld(), { seed, share, seconds: 600 })),
  ...(values.faults === undefined ? [] : readFaultsOrFail(values.faults)),
]

const guests = numberOf('guests', values.guests)

const simulator = await startSimulator({
  ...(guests > 0 ? { world: withCrowd(demoWorld(Date.now(), version), guests) } : {}),
  faults,
  version,
  host: values.host,
  port: numberOf('port', values.port),
  speed: numberOf('speed', values.speed),
  seed,
  ...(stateFile === undefined ? {} : { stateFile }),
  ...(snippetFolder === undefined ? {} : { snippetFolder }),
})

// For the benchmark, which must ask nothing of the cluster's API for it. Before the banner,
// after which the signal may come.
process.on('SIGUSR2', () => console.log(JSON.stringify(reportOf(simulator))))

// Before the banner too: who reads it may end this at once.
const stop = async () => {
  await simulator.close()
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())

console.log(`Proxmox VE ${version} simulator, cluster ${simulator.world.name}

  address       ${simulator.url}
  fingerprint   ${simulator.fingerprint}
  users         root@pam, operator@pve, viewer@pve, totp@pve (code of ${totpSecret})
  password      ${demoPassword}
  API token     root@pam!demo=${demoTokenSecret}
  guests' ports ${simulator.guestProxyUrl} (HTTP CONNECT)

Ctrl+C stops it.`)
