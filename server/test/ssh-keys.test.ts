/** The library of public SSH keys over HTTP: whose they are, what is told of pasted lines, bounds. */
import { keptKeySchema, keyImportSchema, MAX_SSH_KEYS } from '@deployer/core/ssh-key-library.ts'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { apiToken, startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
let operator: string
let viewer: string
beforeAll(async () => {
  server = await startTestServer()
  operator = await server.signIn('operator@pve')
  viewer = await server.signIn('viewer@pve')
})
afterAll(() => server.stop())

const length = (count: number) => Buffer.from([0, 0, 0, count])

/** A key as ssh-keygen would write it: the type with its length before it, then 32 bytes with theirs. */
function newKey(comment = ''): string {
  const type = Buffer.from('ssh-ed25519')
  const data = Buffer.concat([length(type.length), type, length(32), randomBytes(32)])
  return `ssh-ed25519 ${data.toString('base64')} ${comment}`.trim()
}

const post = (cookie: string, body: object) =>
  server.call('POST', '/api/v1/ssh-keys', { cookie, body })
const remove = (cookie: string, id: string) =>
  server.call('DELETE', `/api/v1/ssh-keys/${id}`, { cookie })

async function added(cookie: string, keys: string, name?: string) {
  const { status, body } = await post(cookie, { keys, name })
  expect(status).toBe(201)
  return keyImportSchema.parse(body)
}

async function listed(cookie: string) {
  const { status, body } = await server.call('GET', '/api/v1/ssh-keys', { cookie })
  expect(status).toBe(200)
  return z.object({ keys: z.array(keptKeySchema) }).parse(body).keys
}

describe('keys that a person keeps', () => {
  it('come back with name, type and fingerprint, to nobody else', async () => {
    const line = newKey('mira@laptop')
    const { added: kept } = await added(operator, `# my keys\n${line}\n`)
    expect(kept).toEqual([
      {
        id: expect.stringMatching(/^k-[0-9a-f]{10}$/),
        name: 'mira@laptop',
        type: 'ssh-ed25519',
        fingerprint: expect.stringMatching(/^SHA256:[A-Za-z0-9+/]{43}$/),
        publicKey: line,
        createdAt: expect.any(String),
      },
    ])
    expect(await listed(operator)).toEqual(kept)
    expect(await listed(viewer)).toEqual([])
    expect((await remove(viewer, kept[0]?.id ?? '')).status).toBe(404)
    expect(await listed(operator)).toEqual(kept)
    expect((await remove(operator, kept[0]?.id ?? '')).status).toBe(204)
    expect(await remove(operator, kept[0]?.id ?? '')).toMatchObject({
      status: 404,
      body: { type: '/problems/not-found' },
    })
    expect(await listed(operator)).toEqual([])
  })

  it('are told where they are there already, and where a line is no key', async () => {
    const [one, two] = [newKey('one'), newKey('two')]
    await added(operator, one)
    const again = keyImportSchema.parse(
      (await post(operator, { keys: `${one} again\n\nnonsense\n${two}\n${two}` })).body,
    )
    expect(again.added.map(({ name }) => name)).toEqual(['two'])
    expect(again.known.map(({ line, key }) => [line, key.name])).toEqual([
      [1, 'one'],
      [5, 'two'],
    ])
    expect(again.refused).toEqual([
      { line: 3, reason: expect.stringContaining('no public SSH key') },
    ])
    // Nothing new is no error.
    expect(await post(operator, { keys: one })).toMatchObject({ status: 200, body: { added: [] } })
    // The same key is another person's as well.
    expect((await added(viewer, one)).known).toEqual([])
    const keys = await listed(operator)
    expect(keys.map(({ name }) => name)).toEqual(['one', 'two'])
    for (const { id } of keys) await remove(operator, id)
  })

  it('take a name of their own, and none where the comment says none', async () => {
    expect((await added(operator, newKey('x'), ' Build server ')).added[0]?.name).toBe(
      'Build server',
    )
    expect((await added(operator, newKey())).added[0]?.name).toMatch(/^ssh-ed25519 [\w+/]{8}$/)
    for (const { id } of await listed(operator)) await remove(operator, id)
  })

  it.each([{}, { keys: '' }, { keys: 'x', other: 1 }, { keys: 'x', name: 'two\nlines' }])(
    'a body that is none is refused: %j',
    async (body) => {
      expect((await post(operator, body)).status).toBe(400)
    },
  )

  it('what a token keeps is its user’s', async () => {
    const headers = { authorization: apiToken }
    const { status } = await server.call('POST', '/api/v1/ssh-keys', {
      headers,
      body: { keys: newKey('from a script') },
    })
    expect(status).toBe(201)
    const root = await server.signIn('root@pam')
    expect((await listed(root)).map(({ name }) => name)).toEqual(['from a script'])
    expect(await listed(operator)).toEqual([])
  })

  it('one account keeps only so many, and all of a call or none', async () => {
    const lines = Array.from({ length: MAX_SSH_KEYS - 1 }, (_, index) => newKey(`k${index}`))
    await added(operator, lines.join('\n'))
    expect(await post(operator, { keys: `${newKey()}\n${newKey()}` })).toMatchObject({
      status: 409,
      body: { type: '/problems/too-many-ssh-keys' },
    })
    expect(await listed(operator)).toHaveLength(MAX_SSH_KEYS - 1)
  })
})

it('nobody who is not signed in', async () => {
  expect((await server.call('GET', '/api/v1/ssh-keys', {})).status).toBe(401)
})
