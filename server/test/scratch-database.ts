/** A real PostgreSQL of its own for one test file: durable writes off, thrown away at the end. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

export const createScratchPostgres = async (): Promise<ScratchPostgres> => {
  const folder = mkdtempSync(join(tmpdir(), 'pvd-test-'))
  const data = join(folder, 'data')
  const launcher = launcherFor(data)
  if (launcher.account) chownSync(folder, launcher.account.uid, launcher.account.gid)
  const program = (name: string, args: string[]) =>
    launcher.spawn(join(postgresBinaries(), name), ['-D', data, ...args])
  const url = (database: string) =>
    `postgresql://postgres@localhost/${database}?host=${encodeURIComponent(folder)}`

  const initdb = program('initdb', ['-U', 'postgres', '--auth=trust', '--no-sync', '--locale=C'])
  const [code] = await once(initdb, 'exit')
  if (code !== 0) throw new Error(`initdb ended with ${code}`)

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
