/** A real PostgreSQL of its own for one test file: durable writes off, thrown away at the end. */
import { type ChildProcess, execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { launcherFor, postgresBinaries } from '../src/database/postgres-account.ts'

export type ScratchPostgres = {
  /** Makes an empty database and answers its URL. */
  createDatabase: (name: string) => Promise<string>
  /** Ends all server processes at once, as a power cut would. */
  kill: () => Promise<void>
  start: () => Promise<void>
  stop: () => Promise<void>
}

/** Small files of the write-ahead log: there is little to copy. */
const INITDB = ['-U', 'postgres', '--auth=trust', '--no-sync', '--locale=C', '--wal-segsize=1']
const CACHE = join(import.meta.dirname, '../../node_modules/.cache/postgres')

/** Of this build of PostgreSQL, for this account: what initdb makes is the same every time. */
const keptData = (): string => {
  const program = join(postgresBinaries(), 'postgres')
  const { size, mtimeMs } = statSync(program)
  const made = [program, size, mtimeMs, userInfo().uid, ...INITDB].join(' ')
  return join(CACHE, createHash('sha256').update(made).digest('hex').slice(0, 12))
}

/** By initdb the first time, later as a copy of that, which takes a tenth of the time. */
const makeData = async (data: string, initdb: (args: string[]) => ChildProcess): Promise<void> => {
  const kept = keptData()
  if (existsSync(kept)) return copy(kept, data)
  const [code] = await once(initdb(INITDB), 'exit')
  if (code !== 0) throw new Error(`initdb ended with ${code}`)
  mkdirSync(CACHE, { recursive: true })
  const making = mkdtempSync(join(CACHE, 'making-'))
  await copy(data, join(making, 'data'))
  // Another run may be keeping it as well: the first one that is done wins.
  try {
    renameSync(join(making, 'data'), kept)
  } catch (error) {
    if (!existsSync(kept)) throw error
  }
  rmSync(making, { recursive: true, force: true })
}

/** With its owner: PostgreSQL does not run as root. */
const copy = async (from: string, to: string): Promise<void> => {
  await promisify(execFile)('cp', ['-a', from, to])
}

export const createScratchPostgres = async (): Promise<ScratchPostgres> => {
  const folder = mkdtempSync(join(tmpdir(), 'pvd-test-'))
  const data = join(folder, 'data')
  const launcher = launcherFor(data)
  if (launcher.account) chownSync(folder, launcher.account.uid, launcher.account.gid)
  const program = (name: string, args: string[]) =>
    launcher.spawn(join(postgresBinaries(), name), ['-D', data, ...args])
  const url = (database: string) =>
    `postgresql://postgres@localhost/${database}?host=${encodeURIComponent(folder)}`

  await makeData(data, (args) => program('initdb', args))

  let server: ChildProcess | undefined
  const start = () =>
    new Promise<void>((resolve, reject) => {
      const settings = ['listen_addresses=', 'fsync=off', 'max_connections=200']
      server = program('postgres', ['-k', folder, ...settings.flatMap((one) => ['-c', one])])
      server.once('exit', (status) => reject(new Error(`postgres ended with ${status}`)))
      let log = ''
      server.stderr?.on('data', (chunk: Buffer) => {
        log += chunk.toString()
        if (log.includes('database system is ready to accept connections')) resolve()
      })
    })
  const end = async (signal: NodeJS.Signals) => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return
    const ended = once(server, 'exit')
    server.kill(signal)
    await ended
  }
  await start()

  return {
    createDatabase: async (name) => {
      const client = new Client(url('postgres'))
      await client.connect()
      await client.query(`create database ${name}`)
      await client.end()
      return url(name)
    },
    // SIGQUIT makes the postmaster end its children without any shutdown work.
    kill: () => end('SIGQUIT'),
    start,
    stop: async () => {
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
