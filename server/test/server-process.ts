/** The real program in a process of its own, so that a test can kill it. */
import { deploymentViewSchema, type DeploymentView } from '@deployer/core/deployment.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import type { Simulator } from '@deployer/simulator/simulator.ts'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
/** Of the demo cluster's root@pam. */
export const TOKEN = 'PVEAPIToken=root@pam!demo=de300000-0000-4000-8000-000000000000'

export type ServerProcess = {
  /** `http://127.0.0.1:…/api/v1`. */
  base: string
  /** Answers when it is ready. */
  start: () => Promise<void>
  /** As a supervisor does it: with the chance to tidy up. */
  stop: () => Promise<void>
  /** As the kernel would, out of memory: no chance to tidy up. */
  kill: () => Promise<void>
  deploy: (request: DeploymentRequest) => Promise<DeploymentView>
  get: (id: string) => Promise<DeploymentView>
  cancel: (id: string) => Promise<void>
  /** Answers the deployment that undoes it. */
  undo: (id: string) => Promise<DeploymentView>
  /** Ends it where it runs, and removes its folder. */
  remove: () => Promise<void>
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

export const createServerProcess = async (deps: {
  databaseUrl: string
  simulator: Pick<Simulator, 'host' | 'fingerprint' | 'guestProxyUrl'>
  environment?: Record<string, string>
}): Promise<ServerProcess> => {
  const folder = mkdtempSync(join(tmpdir(), 'pvd-server-'))
  const port = await freePort()
  const base = `http://127.0.0.1:${port}/api/v1`
  let child: ChildProcess | undefined

  const start = async () => {
    const started = spawn(process.execPath, [MAIN], {
      // Away from the working tree, whose .env is somebody's own.
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        PORT: String(port),
        DATA_DIR: join(folder, 'data'),
        DATABASE_URL: deps.databaseUrl,
        APP_SECRET: 'the same for all servers of this test',
        PROXMOX_HOST: deps.simulator.host,
        PROXMOX_FINGERPRINT: deps.simulator.fingerprint,
        GUEST_PROXY: deps.simulator.guestProxyUrl,
        CLONES_PER_SHARED_STORAGE: '4',
        ...deps.environment,
      },
    })
    child = started
    let output = ''
    await new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        output += chunk.toString()
        if (output.includes('"msg":"Ready')) resolve()
      }
      started.stdout.on('data', hear)
      started.stderr.on('data', hear)
      started.once('exit', (code) => reject(new Error(`ended with ${code}: ${output}`)))
    })
  }
  const end = async (signal: NodeJS.Signals) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  const kill = () => end('SIGKILL')
  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        Authorization: TOKEN,
        ...(body && { 'Content-Type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return deploymentViewSchema.parse(JSON.parse(text))
  }
  return {
    base,
    start,
    stop: () => end('SIGTERM'),
    kill,
    deploy: (request) => call('POST', '/deployments', { request }),
    get: (id) => call('GET', `/deployments/${id}`),
    cancel: async (id) => {
      await call('POST', `/deployments/${id}/cancel`)
    },
    undo: (id) => call('POST', `/deployments/${id}/undo`),
    remove: async () => {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
