/** The two programs that are measured, each in a process of its own, and what they use of the machine. */
import type { Report } from '@deployer/simulator/report.ts'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const pathOf = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url))

export type ClusterProcess = {
  host: string
  fingerprint: string
  guestProxy: string
  report: () => Promise<Report>
  stop: () => Promise<void>
}

const seconds = z.number().nullable()
const reportSchema = z.object({
  calls: z.record(z.string(), z.number()),
  boots: z.array(
    z.object({
      name: z.string(),
      node: z.string(),
      startedAt: z.number(),
      agentSeconds: seconds,
      networkSeconds: seconds,
      portsSeconds: seconds,
    }),
  ),
}) satisfies z.ZodType<Report>

export async function startCluster(
  speed: number,
  seed: number,
  more: string[] = [],
): Promise<ClusterProcess> {
  const child = startProgram('simulator/src/main.ts', {
    args: ['--port', '0', '--speed', String(speed), '--seed', String(seed), ...more],
  })
  const banner = await child.output(/Ctrl\+C/)
  const found = (pattern: RegExp) => pattern.exec(banner)?.[1] ?? ''
  return {
    host: found(/address\s+https:\/\/(\S+)/),
    fingerprint: found(/fingerprint\s+(\S+)/),
    guestProxy: found(/guests' ports\s+(\S+)/),
    report: async () => {
      const answered = child.output(/^\{.*\}\n/m)
      child.process.kill('SIGUSR2')
      return reportSchema.parse(JSON.parse(await answered))
    },
    stop: child.stop,
  }
}

export type ServerProcess = {
  api: string
  usage: () => Usage
  /** From now on the peak counts anew. */
  resetPeak: () => void
  stop: () => Promise<void>
}

/** A fresh data folder with a database of its own. */
export async function startDeployer(
  cluster: ClusterProcess,
  speed: number,
): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'deployer-bench-'))
  const child = startProgram('bench/server.ts', {
    // Away from the working tree, whose .env is somebody's own.
    cwd: folder,
    env: {
      DATA_DIR: join(folder, 'data'),
      LOG_LEVEL: 'warn',
      PROXMOX_HOST: cluster.host,
      PROXMOX_FINGERPRINT: cluster.fingerprint,
      GUEST_PROXY: cluster.guestProxy,
      DEMO_SPEED: String(speed),
    },
  })
  const address = /listening (\S+)/.exec(await child.output(/listening \S+\n/))?.[1] ?? ''
  const pid = child.process.pid ?? 0
  return {
    api: `${address}/api/v1`,
    usage: () => usageOf(pid),
    resetPeak: () => writeFileSync(`/proc/${pid}/clear_refs`, '5'),
    stop: async () => {
      await child.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type Options = { args?: string[]; cwd?: string; env?: Record<string, string> }

export function startProgram(file: string, { args = [], cwd, env = {} }: Options) {
  const child = spawn(process.execPath, [pathOf(file), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(cwd === undefined ? {} : { cwd }),
  })
  child.stdout.setEncoding('utf8')
  // Whatever ends the benchmark, what it started does not stay behind.
  const endWithUs = () => child.kill('SIGKILL')
  process.once('exit', endWithUs)
  child.once('exit', () => process.off('exit', endWithUs))
  return {
    process: child,
    /** What it prints from now on until the pattern is there. */
    output: (until: RegExp) =>
      new Promise<string>((resolve, reject) => {
        let text = ''
        const hear = (chunk: string) => {
          text += chunk
          if (!until.test(text)) return
          child.stdout.off('data', hear)
          child.off('exit', died)
          resolve(text)
        }
        const died = (code: number | null, signal: string | null) =>
          reject(new Error(`${file} ended (${signal ?? code}):\n${text}`))
        child.stdout.on('data', hear)
        child.once('exit', died)
      }),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

export type Usage = {
  cpuSeconds: number
  /** Of PostgreSQL, all its processes. */
  databaseCpuSeconds: number
  memoryMiB: number
  peakMemoryMiB: number
}

/** Of `/proc/PID/stat`: sysconf(_SC_CLK_TCK) is 100 on every Linux that Node runs on. */
const ticksPerSecond = 100

type Stat = { parent: number; own: number; ended: number }

/** proc_pid_stat(5); the name in brackets may have blanks. Null where the process has just ended. */
function statOf(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const field = (number: number) => Number(fields[number - 3])
    return {
      parent: field(4),
      own: (field(14) + field(15)) / ticksPerSecond,
      ended: (field(16) + field(17)) / ticksPerSecond,
    }
  } catch {
    return null
  }
}

function usageOf(pid: number): Usage {
  const stats = new Map<number, Stat>()
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : null
    if (stat !== null) stats.set(Number(name), stat)
  }
  const belowOf = (parent: number): number =>
    [...stats]
      .filter(([, stat]) => stat.parent === parent)
      .reduce((sum, [child, stat]) => sum + stat.own + stat.ended + belowOf(child), 0)
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const mebibytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024
  return {
    cpuSeconds: stats.get(pid)?.own ?? 0,
    databaseCpuSeconds: belowOf(pid),
    memoryMiB: mebibytes('VmRSS'),
    peakMemoryMiB: mebibytes('VmHWM'),
  }
}
