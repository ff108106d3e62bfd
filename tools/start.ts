/** Builds the page where it changed, starts the server in the background, waits until it is ready, says how to sign in. */
import { execFileSync, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../server/src/config.ts'
import { openDataFolder } from '../server/src/data-folder.ts'
import { cannotListen } from '../server/src/listening.ts'
import { readinessSchema } from '../server/src/rest/health.ts'
import { pageIsBuilt } from './page.ts'
import { forgetServer, rememberServer, runningServer } from './process-file.ts'

const PATIENCE_SECONDS = 60

const config = readConfig()
const everywhere = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(config.host)
const host = config.host.includes(':') ? `[${config.host}]` : config.host
const address = `http://${everywhere ? 'localhost' : host}:${config.port}`
try {
  openDataFolder(config.home)
} catch (error) {
  refuse(error instanceof Error ? error.message : String(error))
}

const already = runningServer(config.home)
if (already !== null) {
  console.log(`Already running at ${address} (process ${already}). ./stop.sh stops it.`)
  process.exit(0)
}

// Told before, because the health of another server on that port would be taken for that of this one.
const occupied = await cannotListen(config)
if (occupied !== null) refuse(occupied)

if (!pageIsBuilt()) {
  console.log('Building the page')
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] })
}

const logFile = join(config.home, 'server.log')
const log = openSync(logFile, 'a')
const logStart = readFileSync(logFile).length
const server = spawn(process.execPath, ['server/src/main.ts'], {
  detached: true,
  stdio: ['ignore', log, log],
})
closeSync(log)
if (server.pid === undefined) fail('The server could not be started.')
rememberServer(config.home, server.pid)
server.unref()

let exited = false
server.on('exit', () => (exited = true))
const deadline = Date.now() + PATIENCE_SECONDS * 1000
while (!(await answers())) {
  if (exited) fail('The server ended right after its start.')
  if (Date.now() > deadline) {
    server.kill()
    fail(`The server did not answer at ${address} within ${PATIENCE_SECONDS} s, and was stopped.`)
  }
  await sleep(100)
}

for (const notice of config.notices) console.log(notice)
console.log(`Proxmox VM Deployer runs at ${address}`)
if (config.proxmox === null) {
  console.log('Demo on a simulated cluster: sign in as root, realm pam, password demo.')
  console.log(
    'Your own cluster: copy .env.example to .env, set PROXMOX_HOST, run ./stop.sh and ./start.sh.',
  )
} else {
  await sayConnection()
}
console.log(`Log: ${logFile}   Stop: ./stop.sh`)
process.exit(0)

/** A first start against a cluster seldom goes through at once: the doctor knows what to do next. */
async function sayConnection(): Promise<void> {
  const trouble = await connectionTrouble()
  if (trouble === null) {
    console.log(
      'Sign in with your Proxmox account. The page Doctor says what is missing, if anything.',
    )
    return
  }
  console.log(`\n${trouble}`)
  console.log('What to do about it: npm run doctor\n')
}

async function connectionTrouble(): Promise<string | null> {
  const answer = await fetch(`${address}/api/v1/ready`).catch(() => null)
  const { data } = readinessSchema.safeParse(await answer?.json().catch(() => null))
  return data?.checks.find(({ name, ok }) => name === 'proxmox' && !ok)?.message ?? null
}

async function answers(): Promise<boolean> {
  try {
    return (await fetch(`${address}/api/v1/health`)).ok
  } catch {
    return false
  }
}

function refuse(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}

function fail(sentence: string): never {
  forgetServer(config.home)
  const lines = readFileSync(logFile).subarray(logStart).toString('utf8').trim().split('\n')
  console.error(`${sentence} The end of ${logFile}:\n\n${lines.slice(-8).map(readable).join('\n')}`)
  process.exit(1)
}

/** The sentence of a line of the log, which is JSON; any other line as it is. */
function readable(line: string): string {
  try {
    const { msg }: { msg?: unknown } = JSON.parse(line)
    return typeof msg === 'string' ? msg : line
  } catch {
    return line
  }
}
