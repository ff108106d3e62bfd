/** `npm run doctor`: what stands between you and a deployment, and what to do. Works whether the server runs or not. */
import { messageOf } from '@deployer/proxmox/caught.ts'
import { countOf, type DoctorReport, doctorText } from '@deployer/core/doctor/report.ts'
import type { Connection } from '@deployer/proxmox/client.ts'
import { answeredWith, ProxmoxError } from '@deployer/proxmox/errors.ts'
import { signIn } from '@deployer/proxmox/tickets.ts'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import { hostsOf, openCluster } from '../server/src/cluster.ts'
import { type Config, readConfig } from '../server/src/config.ts'
import { openDatabase } from '../server/src/database/database.ts'
import { runningPostgres } from '../server/src/database/postgres.ts'
import { readService } from '../server/src/doctor/account-facts.ts'
import { createDoctor } from '../server/src/doctor/doctor.ts'
import { createHostFacts } from '../server/src/doctor/hosts.ts'
import { databaseState, readOwnFacts } from '../server/src/doctor/own-facts.ts'
import type { Caller } from '../server/src/identity/caller.ts'
import { createServiceAccount } from '../server/src/identity/service-account.ts'
import { createInventory } from '../server/src/inventory/inventory.ts'
import { createLogger } from '../server/src/logger.ts'

const USAGE = `Usage: npm run doctor -- [--user NAME@REALM | --token USER@REALM!ID] [--json]

Looks at the connection to Proxmox, its certificates and clocks, the database and the disk. With an account also at what
it may do, at storages and templates; its password, or the secret of the token, is asked for, or read from standard input.

Ends with 1 where something stops deployments.`

const options = {
  user: { type: 'string' },
  token: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

const unconnected: Pick<Connection, 'api'> = {
  api: () => {
    throw new Error('There is no cluster to ask.')
  },
}

const asked = readArguments()
if (asked.help) {
  console.log(USAGE)
  process.exit(0)
}
const config = readConfig()
const logger = createLogger('silent')
try {
  const report = await examine()
  process.stdout.write(asked.json ? `${JSON.stringify(report, null, 2)}\n` : doctorText(report))
  process.exitCode = countOf(report.findings, 'fail') > 0 ? 1 : 0
} catch (error) {
  fail(messageOf(error))
}

function readArguments() {
  try {
    const { values } = parseArgs({ options })
    if (values.user !== undefined && values.token !== undefined)
      return fail('One account at a time.')
    return values
  } catch (error) {
    return fail(`${messageOf(error)}\n\n${USAGE}`)
  }
}

function fail(sentence: string): never {
  console.error(`Error: ${sentence}`)
  process.exit(1)
}

/** The demo is no cluster to look at from here: it lives in the server. */
async function examine(): Promise<DoctorReport> {
  const { proxmox, serviceAccount } = config
  const cluster = proxmox === null ? null : await openCluster(config)
  try {
    const connection = cluster?.connection ?? null
    const service =
      connection && serviceAccount ? createServiceAccount(connection, serviceAccount) : null
    const doctor = createDoctor({
      apiOf: ({ credentials }) => {
        if (connection === null) throw new Error('There is no cluster to ask.')
        return connection.api(credentials)
      },
      inventory: createInventory({
        connection: connection ?? unconnected,
        vmids: config.vmids,
        reservedVmids: async () => [],
        pendingVms: async () => [],
        snippets: null,
        logger,
      }),
      vmids: config.vmids,
      hosts: createHostFacts(hostsOf(proxmox)),
      own: async () =>
        readOwnFacts(
          config,
          await stateOfDatabase(config),
          service && (await readService(service.api, service.username)),
        ),
      showsOwn: () => true,
      host: () => connection?.currentHost() ?? 'the simulated cluster',
    })
    return await doctor.examine(connection && (await callerFor(connection)))
  } finally {
    await cluster?.close()
  }
}

async function stateOfDatabase({ databaseUrl, dataDir }: Config) {
  const folder = join(dataDir, 'postgres')
  const url = databaseUrl ?? runningPostgres(folder)
  if (url === null)
    return { kind: 'not-started', exists: existsSync(join(folder, 'PG_VERSION')) } as const
  const database = openDatabase(url, logger)
  try {
    return await databaseState(database.db)
  } finally {
    await database.close()
  }
}

/** Whose rights are looked at: who was named, else the service account with a token, else nobody. */
async function callerFor(connection: Connection): Promise<Caller | null> {
  const { user, token } = asked
  const expiresAt = null
  if (token !== undefined) {
    const secret = await secretFor(token)
    return { username: token, credentials: { kind: 'token', tokenId: token, secret }, expiresAt }
  }
  if (user === undefined) {
    const service = config.serviceAccount
    return service?.kind === 'token'
      ? { username: service.tokenId, credentials: service, expiresAt }
      : null
  }
  const at = user.lastIndexOf('@')
  if (at < 1) return fail('--user is a name with its realm, such as mira@pve.')
  const person = { username: user.slice(0, at), realm: user.slice(at + 1) }
  const password = await secretFor(user)
  const answer = await signIn(connection, { ...person, password }).catch((error: unknown) => {
    if (answeredWith(error, 401))
      return fail(`Proxmox does not let ${user} in: name or password is wrong.`)
    // What is said of the connection tells why.
    if (error instanceof ProxmoxError) return null
    throw error
  })
  if (answer === null) return null
  if (answer.outcome !== 'signed-in')
    return fail(`${user} has a second factor. Use the page Doctor, or --token.`)
  return { username: user, credentials: answer.credentials, expiresAt }
}

/** Typed without being shown, or the first line of what is piped in. */
async function secretFor(account: string): Promise<string> {
  const { stdin, stderr } = process
  const typed = stdin.isTTY
  if (typed) stderr.write(`Password or secret of ${account}: `)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: stdin, output: nowhere, terminal: typed })
  for await (const line of lines) {
    if (typed) stderr.write('\n')
    lines.close()
    return line
  }
  return fail(`No password for ${account} was given.`)
}
