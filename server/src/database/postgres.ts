/**
 * The embedded PostgreSQL: made once, run as a child of this process, started again when it dies, ended with us.
 * It listens on a unix socket only, in a folder that only its own account may enter.
 */
import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../logger.ts'
import { type Launcher, launcherFor, postgresBinaries } from './postgres-account.ts'
import { endPrevious, postmasterState, runsIn } from './postmaster.ts'

const START_PATIENCE_MS = 60_000
const STOP_PATIENCE_MS = 10_000
const RESTART_DELAY_MS = 200
const USER = 'deployer'
/** Path of a socket, `/.s.PGSQL.5432` included, on Linux; macOS has 103. */
const MAX_SOCKET_PATH = 100

const SETTINGS = [
  'listen_addresses=',
  'unix_socket_permissions=0700',
  'max_connections=100',
  'shared_buffers=64MB',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_logical_replication_workers=0',
  'io_method=sync',
  'jit=off',
  'timezone=UTC',
  'log_timezone=UTC',
  'log_checkpoints=off',
  // Errors of single statements are reported to who made them.
  'log_min_messages=log',
]

/** The end of a connection at the end of the server is none. */
const TROUBLE = / (FATAL|PANIC): +(?!terminating connection due to administrator command)/

export type Postgres = {
  url: string
  /** Ends it in good order: sessions are cut, everything is on disk. */
  stop: () => Promise<void>
}

/**
 * Starts the database in `folder` (made where it does not exist yet) and answers when it takes connections.
 * @throws {Error} in words for the operator, with PostgreSQL's own last lines
 */
export async function startPostgres(folder: string, logger: Logger): Promise<Postgres> {
  mkdirSync(dirname(folder), { recursive: true })
  const launcher = launcherFor(folder)
  if (!existsSync(join(folder, 'PG_VERSION'))) await initialise(folder, launcher)
  const socketFolder = prepareSocketFolder(folder, launcher)

  const stopping = new AbortController()
  let server = await launch(folder, socketFolder, launcher, logger)
  const supervise = (child: ChildProcess) =>
    child.once('exit', (code, signal) => {
      if (stopping.signal.aborted) return
      logger.error({ code, signal }, 'PostgreSQL ended by itself, starting it again')
      void restart()
    })
  const restart = async () => {
    while (!stopping.signal.aborted) {
      try {
        server = await launch(folder, socketFolder, launcher, logger)
        if (stopping.signal.aborted) return await end(server)
        supervise(server)
        logger.info('PostgreSQL runs again')
        return
      } catch (error) {
        logger.error({ err: error }, 'PostgreSQL did not start, next try follows')
        await sleep(RESTART_DELAY_MS)
      }
    }
  }
  supervise(server)

  return {
    url: urlOf(socketFolder),
    stop: async () => {
      stopping.abort()
      await end(server)
    },
  }
}

/** URL of the database in `folder` where a server of ours runs it now, else null. Starts and changes nothing. */
export function runningPostgres(folder: string): string | null {
  const state = postmasterState(folder)
  if (state === null || state.status !== 'ready' || !runsIn(state.pid, folder)) return null
  return urlOf(prepareSocketFolder(folder, launcherFor(folder)))
}

const urlOf = (socketFolder: string): string =>
  `postgresql://${USER}@localhost/postgres?host=${encodeURIComponent(socketFolder)}`

/** Into a temporary folder that is renamed when it is complete, so that a crash leaves no half database behind. */
async function initialise(folder: string, launcher: Launcher): Promise<void> {
  const unfinished = `${folder}.new-`
  for (const name of readdirSync(dirname(folder))) {
    const path = join(dirname(folder), name)
    if (path.startsWith(unfinished)) rmSync(path, { recursive: true, force: true })
  }
  const temporary = `${unfinished}${process.pid}`
  mkdirSync(temporary, { mode: 0o700 })
  if (launcher.account) chownSync(temporary, launcher.account.uid, launcher.account.gid)
  const child = launcher.spawn(join(postgresBinaries(), 'initdb'), [
    `--pgdata=${temporary}`,
    `--username=${USER}`,
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
  ])
  const output = collect(child)
  if ((await exitOf(child)) !== 0) {
    rmSync(temporary, { recursive: true, force: true })
    throw new Error(`The embedded PostgreSQL could not be set up in ${folder}:\n${output()}`)
  }
  renameSync(temporary, folder)
}

async function launch(
  folder: string,
  socketFolder: string,
  launcher: Launcher,
  logger: Logger,
): Promise<ChildProcess> {
  await endPrevious(folder, socketFolder, logger)
  const child = launcher.spawn(join(postgresBinaries(), 'postgres'), [
    '-D',
    folder,
    ...[...SETTINGS, `unix_socket_directories=${socketFolder}`].flatMap((setting) => [
      '-c',
      setting,
    ]),
  ])
  const output = collect(child, (line) => {
    if (TROUBLE.test(line)) logger.warn({ postgres: line }, 'PostgreSQL')
    else logger.debug({ postgres: line }, 'PostgreSQL')
  })
  const deadline = Date.now() + START_PATIENCE_MS
  while (!isReady(folder, child)) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined)
      throw new Error(`PostgreSQL ended while it started in ${folder}:\n${output()}`)
    if (Date.now() > deadline) {
      await end(child)
      throw new Error(`PostgreSQL in ${folder} was not ready within 60 s:\n${output()}`)
    }
    await sleep(10)
  }
  return child
}

function isReady(folder: string, child: ChildProcess): boolean {
  const state = postmasterState(folder)
  return state !== null && state.pid === child.pid && state.status === 'ready'
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGINT')
  const timer = setTimeout(() => child.kill('SIGQUIT'), STOP_PATIENCE_MS)
  await exited
  clearTimeout(timer)
}

/** The data folder itself, or, where its path is too long for a socket, a private folder with a short name. */
function prepareSocketFolder(folder: string, launcher: Launcher): string {
  if (folder.length + '/.s.PGSQL.5432'.length <= MAX_SOCKET_PATH) return folder
  const uid = launcher.account?.uid ?? process.getuid?.()
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 12)
  const short = join(tmpdir(), `proxmox-vm-deployer-${name}`)
  if (!existsSync(short)) {
    mkdirSync(short, { mode: 0o700 })
    if (launcher.account) chownSync(short, launcher.account.uid, launcher.account.gid)
  }
  const { uid: owner, mode } = statSync(short)
  if (owner !== uid || (mode & 0o077) !== 0)
    throw new Error(
      `${short} belongs to somebody else. Remove it, or choose a DATA_DIR with a shorter path.`,
    )
  return short
}

/** Keeps the last lines that a child writes; each line goes to `onLine` as well. */
function collect(child: ChildProcess, onLine: (line: string) => void = () => {}): () => string {
  const lines: string[] = []
  let rest = ''
  const take = (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n')
    rest = parts.pop() ?? ''
    for (const line of parts) {
      onLine(line)
      lines.push(line)
    }
    lines.splice(0, lines.length - 20)
  }
  child.stdout?.on('data', take)
  child.stderr?.on('data', take)
  child.once('error', (error) => lines.push(error.message))
  return () => [...lines, rest].join('\n').trim()
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(null))
    child.once('close', (code) => resolve(code))
  })
}
