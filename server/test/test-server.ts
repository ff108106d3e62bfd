/** The whole server for one test file: the real simulator over HTTPS, a PostgreSQL of its own, calls by `inject`. */
import { createConnection } from '@deployer/proxmox/client.ts'
import { type Simulator, startSimulator, type World } from '@deployer/simulator/simulator.ts'
import { demoPassword, demoTokenSecret } from '@deployer/simulator/worlds/demo.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseConfig } from '../src/config.ts'
import { createLogger, type Logger } from '../src/logger.ts'
import type { App } from '../src/rest/http.ts'
import { startServer } from '../src/server.ts'
import { createScratchPostgres, type ScratchPostgres } from './scratch-database.ts'

export const apiToken = `PVEAPIToken=root@pam!demo=${demoTokenSecret}`

export type Answer = { status: number; body: unknown; headers: Record<string, unknown> }

type CallOptions = {
  /** A cookie from `signIn`. */
  cookie?: string
  headers?: Record<string, string>
  body?: unknown
}

export type TestServer = {
  simulator: Simulator
  postgres: ScratchPostgres
  databaseUrl: string
  dataDir: string
  app: App
  call: (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    options?: CallOptions,
  ) => Promise<Answer>
  /** Of a demo user: the cookie. */
  signIn: (username: string) => Promise<string>
  /** Listens on a free port; answers the address. */
  listen: () => Promise<string>
  stop: () => Promise<void>
}

export async function startTestServer(
  environment: Record<string, string> = {},
  speed = 100,
  logger: Logger = createLogger('silent'),
  world?: World,
): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'server-test-'))
  const [postgres, simulator] = await Promise.all([
    createScratchPostgres(),
    startSimulator({ speed, ...(world && { world }) }),
  ])
  const databaseUrl = await postgres.createDatabase('deployer')
  const config = parseConfig({
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    APP_SECRET: 'the secret of these tests',
    DEMO_SPEED: String(speed),
    ...environment,
  })
  const server = await startServer(config, logger, async () => {
    const connection = createConnection({
      hosts: [simulator.host],
      tls: { kind: 'pinned', fingerprints: [simulator.fingerprint] },
    })
    return {
      connection,
      tls: 'fingerprint',
      demo: true,
      guestProxy: simulator.guestProxyUrl,
      close: connection.close,
    }
  })
  const { app } = server

  const call: TestServer['call'] = async (method, path, { cookie, headers, body } = {}) => {
    const response = await app.inject({
      method,
      url: path,
      headers: {
        ...(cookie !== undefined && { cookie: `session=${cookie}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && {
        payload: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    })
    const text = response.body
    const isJson = /[/+]json\b/.test(String(response.headers['content-type']))
    return {
      status: response.statusCode,
      body: isJson ? JSON.parse(text) : text,
      headers: response.headers,
    }
  }

  return {
    simulator,
    postgres,
    databaseUrl,
    dataDir: config.dataDir,
    app,
    call,
    signIn: async (username) => {
      const response = await app.inject({
        method: 'POST',
        url: '/api/v1/session',
        payload: { username, password: demoPassword },
      })
      const cookie = response.cookies.find(({ name }) => name === 'session')?.value
      if (cookie === undefined) throw new Error(`${username} was not let in: ${response.body}`)
      return cookie
    },
    listen: () => app.listen({ port: 0, host: '127.0.0.1' }),
    stop: async () => {
      await server.stop()
      await simulator.close()
      await postgres.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
