/** The two programs of a run, each in a process of its own: the cluster, and the server that is killed. */
import type { Fault } from '@deployer/simulator/fault.ts'
import type { World } from '@deployer/simulator/world.ts'
import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startProgram } from '../bench/processes.ts'
import {
  type ClusterState,
  type FromCluster,
  fromClusterSchema,
  type ToCluster,
} from './messages.ts'

const STOP_PATIENCE_MS = 15_000

export type ClusterProcess = {
  host: string
  fingerprint: string
  guestProxy: string
  /** Before the bad days. */
  world: World
  begin: (faults: Fault[]) => void
  /** Ends the bad days and answers what there is when nothing happens any more. */
  end: () => Promise<ClusterState>
  onChange: (heard: (count: number) => void) => void
  stop: () => Promise<void>
}

const isOfKind = <Kind extends FromCluster['kind']>(
  told: FromCluster,
  kind: Kind,
): told is Extract<FromCluster, { kind: Kind }> => told.kind === kind

export async function startCluster(speed: number, seed: number): Promise<ClusterProcess> {
  const child = fork(fileURLToPath(new URL('cluster.ts', import.meta.url)), [
    JSON.stringify({ speed, seed }),
  ])
  const hearers = new Set<(message: FromCluster) => void>()
  child.on('message', (message) => {
    const told = fromClusterSchema.parse(message)
    for (const hear of hearers) hear(told)
  })
  const next = <Kind extends FromCluster['kind']>(kind: Kind) =>
    new Promise<Extract<FromCluster, { kind: Kind }>>((resolve, reject) => {
      const hear = (told: FromCluster) => {
        if (!isOfKind(told, kind)) return
        hearers.delete(hear)
        child.off('exit', died)
        resolve(told)
      }
      const died = (code: number | null) => reject(new Error(`the cluster ended with ${code}`))
      hearers.add(hear)
      child.once('exit', died)
    })
  const tell = (message: ToCluster) => child.send(message)
  const { host, fingerprint, guestProxy, world } = await next('ready')
  return {
    host,
    fingerprint,
    guestProxy,
    world,
    begin: (faults) => tell({ kind: 'begin', faults }),
    end: async () => {
      const told = next('state')
      tell({ kind: 'end' })
      return (await told).state
    },
    onChange: (heard) =>
      hearers.add((told) => {
        if (told.kind === 'changed') heard(told.count)
      }),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}

export type ServerProcess = {
  /** Null while it does not run. */
  api: () => string | null
  start: () => Promise<void>
  /** kill -9; the kernel ends its PostgreSQL then, in good order. */
  kill: () => Promise<void>
  /** kill -9 of PostgreSQL, which the server starts again. */
  killDatabase: () => void
  databaseUrl: string
  /** In good order. */
  stop: () => Promise<void>
  data: string
  /** Everything that it has logged. */
  log: () => string
  remove: () => Promise<void>
}

type ServerOptions = {
  cluster: Pick<ClusterProcess, 'host' | 'fingerprint' | 'guestProxy'>
  speed: number
  /** A data folder to begin with, so that no database has to be made. */
  template: string | null
}

/** In a folder of its own; not started yet. */
export function createServer({ cluster, speed, template }: ServerOptions): ServerProcess {
  const folder = mkdtempSync(join(tmpdir(), 'deployer-chaos-'))
  const data = join(folder, 'data')
  // With its owner: PostgreSQL does not run as root.
  if (template !== null) execFileSync('cp', ['-a', template, data])
  const postgres = join(data, 'postgres')
  let log = ''
  let child: ReturnType<typeof startProgram> | undefined
  let address: string | null = null

  const kill = async () => {
    address = null
    const running = child?.process
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const ended = once(running, 'exit')
    running.kill('SIGKILL')
    await ended
  }
  return {
    api: () => address,
    databaseUrl: `postgresql://deployer@localhost/postgres?host=${encodeURIComponent(postgres)}`,
    start: async () => {
      const started = startProgram('bench/server.ts', {
        // Away from the working tree, whose .env is somebody's own.
        cwd: folder,
        env: {
          DATA_DIR: data,
          LOG_LEVEL: 'warn',
          PROXMOX_HOST: cluster.host,
          PROXMOX_FINGERPRINT: cluster.fingerprint,
          GUEST_PROXY: cluster.guestProxy,
          DEMO_SPEED: String(speed),
          CLONES_PER_SHARED_STORAGE: '4',
        },
      })
      child = started
      started.process.stdout.on('data', (chunk: string) => {
        log += chunk
      })
      const listening = /listening (\S+)\n/
      const [, url = ''] = listening.exec(await started.output(listening)) ?? []
      address = `${url}/api/v1`
    },
    kill,
    data,
    stop: async () => {
      address = null
      await child?.stop()
    },
    killDatabase: () => {
      const [pid] = readFileSync(join(postgres, 'postmaster.pid'), 'utf8').split('\n')
      process.kill(Number(pid), 'SIGKILL')
    },
    log: () => log,
    remove: async () => {
      // With its PostgreSQL, which would go on writing for a moment.
      await Promise.race([child?.stop(), delay(STOP_PATIENCE_MS)])
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
