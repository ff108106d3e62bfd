import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createScratchPostgres, type ScratchPostgres } from '../../test/scratch-database.ts'
import { type Database, openDatabase } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { createLogger } from '../logger.ts'
import { createSecrets } from './secrets.ts'
import { createSessions, type Sessions, type Ticket } from './sessions.ts'

const MINUTE_MS = 60_000
const logger = createLogger('silent')
const ticket: Ticket = {
  kind: 'ticket',
  username: 'mira@pve',
  ticket: 'PVE:mira@pve:1',
  csrfToken: 'csrf-1',
}

let postgres: ScratchPostgres
let database: Database
let time: Date
let renewals: Ticket[]
let renew: (old: Ticket) => Promise<Ticket>

const open = (secret = 'the secret of these tests'): Sessions =>
  createSessions({
    db: database.db,
    secrets: createSecrets(secret),
    renew: (old) => renew(old),
    now: () => time,
    logger,
  })
const pass = (minutes: number) => {
  time = new Date(time.getTime() + minutes * MINUTE_MS)
}

beforeAll(async () => {
  postgres = await createScratchPostgres()
  database = openDatabase(await postgres.createDatabase('sessions'), logger)
  await migrate(database.db)
})
beforeEach(async () => {
  await database.db.deleteFrom('session').execute()
  time = new Date('2026-11-23T08:00:00Z')
  renewals = []
  renew = async (old) => {
    renewals.push(old)
    return { ...old, ticket: `PVE:mira@pve:${renewals.length + 1}` }
  }
})
afterAll(async () => {
  await database.close()
  await postgres.stop()
})

describe('sessions', () => {
  it('find whoever has the cookie, and nobody else', async () => {
    const sessions = open()
    const { cookie } = await sessions.create(ticket)
    expect(await sessions.find(cookie)).toEqual({
      username: 'mira@pve',
      credentials: ticket,
      expiresAt: new Date('2026-11-23T10:00:00Z'),
      session: createHash('sha256').update(cookie).digest('hex'),
    })
    expect(await sessions.find(`${cookie}x`)).toBeNull()
  })

  it('store neither cookie nor ticket readably', async () => {
    const { cookie } = await open().create(ticket)
    const rows = await database.db.selectFrom('session').selectAll().execute()
    const stored =
      JSON.stringify(rows) + rows.map((row) => row.id_hash.toString('base64url')).join('')
    expect(rows).toHaveLength(1)
    for (const secret of [cookie, ticket.ticket, ticket.csrfToken])
      expect(stored).not.toContain(secret)
  })

  it('end at sign-out', async () => {
    const sessions = open()
    const { cookie } = await sessions.create(ticket)
    await sessions.end(cookie)
    expect(await sessions.find(cookie)).toBeNull()
  })

  it('end two hours after the last renewal, and leave no row behind', async () => {
    const sessions = open()
    const { cookie } = await sessions.create(ticket)
    pass(121)
    expect(await sessions.find(cookie)).toBeNull()
    await sessions.create(ticket)
    expect(await database.db.selectFrom('session').selectAll().execute()).toHaveLength(1)
  })

  it('renew the ticket once when it is used after an hour, however many calls come at once', async () => {
    const sessions = open()
    const { cookie } = await sessions.create(ticket)
    pass(59)
    await sessions.find(cookie)
    expect(renewals).toEqual([])
    pass(2)
    const found = await Promise.all([1, 2, 3].map(() => sessions.find(cookie)))
    expect(renewals).toEqual([ticket])
    for (const caller of found)
      expect(caller?.credentials).toMatchObject({ ticket: 'PVE:mira@pve:2' })
    pass(100)
    expect((await sessions.find(cookie))?.credentials).toMatchObject({ ticket: 'PVE:mira@pve:3' })
  })

  it('go on with the old ticket while Proxmox does not answer', async () => {
    const sessions = open()
    const { cookie } = await sessions.create(ticket)
    renew = () =>
      Promise.reject(
        new ProxmoxError('POST /access/ticket', {
          kind: 'unreachable',
          host: 'pve1',
          reason: 'down',
        }),
      )
    pass(61)
    expect((await sessions.find(cookie))?.credentials).toEqual(ticket)
  })

  it('end where Proxmox refuses to renew', async () => {
    const sessions = open()
    const { cookie } = await sessions.create(ticket)
    renew = () =>
      Promise.reject(
        new ProxmoxError('POST /access/ticket', {
          kind: 'answered',
          status: 401,
          message: 'authentication failure',
          errors: {},
        }),
      )
    pass(61)
    expect(await sessions.find(cookie)).toBeNull()
    expect(await database.db.selectFrom('session').selectAll().execute()).toEqual([])
  })

  it('cannot be read with another APP_SECRET', async () => {
    const { cookie } = await open().create(ticket)
    expect(await open('another secret than before').find(cookie)).toBeNull()
  })
})
