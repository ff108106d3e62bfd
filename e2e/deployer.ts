/** Starts the real program on the simulated cluster, in a folder of its own, as `./start.sh` would. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const READY_SECONDS = 30

export type Deployer = Awaited<ReturnType<typeof startDeployer>>

/** How many times faster than on real hosts everything takes on the simulated cluster. */
const SPEED = 4

export type Cluster = Awaited<ReturnType<typeof startCluster>>

/** The simulated cluster in a process of its own, which a crash of the deployer leaves alone. */
export async function startCluster(more: string[] = []) {
  const child = spawn(process.execPath, [
    'simulator/src/main.ts',
    '--port',
    '0',
    '--speed',
    String(SPEED),
    ...more,
  ])
  let text = ''
  for await (const data of child.stdout) {
    text += String(data)
    if (text.includes('Ctrl+C')) break
  }
  const found = (pattern: RegExp) => pattern.exec(text)?.[1] ?? ''
  return {
    environment: {
      PROXMOX_HOST: found(/address\s+https:\/\/(\S+)/),
      PROXMOX_FINGERPRINT: found(/fingerprint\s+(\S+)/),
      GUEST_PROXY: found(/guests' ports\s+(\S+)/),
    },
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

/** Without a cluster it runs the demo, as a newcomer's would. */
export async function startDeployer({
  cluster,
  environment = {},
}: { cluster?: Cluster; environment?: Record<string, string> } = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'deployer-e2e-'))
  const port = await freePort()
  const url = `http://localhost:${port}`
  const lines: string[] = []
  let server = launch()
  await ready()

  function launch() {
    const env = {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      DEMO_SPEED: String(SPEED),
      ...cluster?.environment,
      ...environment,
    }
    const child = spawn(process.execPath, ['server/src/main.ts'], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.on('data', (data: Buffer) => lines.push(data.toString()))
    child.stderr.on('data', (data: Buffer) => lines.push(data.toString()))
    return child
  }

  async function ready() {
    for (let waited = 0; waited < READY_SECONDS * 10; waited += 1) {
      if (server.exitCode !== null) break
      const ok = await fetch(`${url}/api/v1/ready`)
        .then((answer) => answer.ok)
        .catch(() => false)
      if (ok) return
      await sleep(100)
    }
    throw new Error(`The server is not ready at ${url}:\n${lines.join('').slice(-4000)}`)
  }

  return {
    url,
    api: `${url}/api/v1`,
    log: () => lines.join(''),
    /** Ends the process at once, as a crash would, and starts it again on the same data. */
    async crashAndRestart() {
      server.kill('SIGKILL')
      await once(server, 'exit')
      server = launch()
      await ready()
    },
    async stop() {
      if (server.exitCode === null) {
        server.kill('SIGTERM')
        await once(server, 'exit')
      }
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}
