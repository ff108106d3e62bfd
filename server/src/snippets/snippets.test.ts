import { once } from 'node:events'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { connect, createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { freePort, startSshd, type TestSshd } from '../../test/sshd.ts'
import { createSnippetStore, targetOf } from './snippets.ts'
import type { SshSettings } from './ssh.ts'

let sshd: TestSshd
let folder: string
let count = 0
const signal = new AbortController().signal

beforeAll(async () => {
  sshd = await startSshd()
})
afterAll(() => sshd.close())
beforeEach(async () => {
  count += 1
  folder = join(sshd.folder, String(count))
  await mkdir(folder)
})

const store = (changes: Partial<SshSettings> = {}) =>
  createSnippetStore({ ...sshd.settings, ...changes }, { retryMs: 10 })
const place = () => ({ node: 'pve1', address: null, folder })
const user = (text: string) => [{ name: 'web-01-user.yaml', text }]

/** A way to sshd on which the first connection breaks after so many bytes from us. */
const breaking = async (bytes: number) => {
  let connections = 0
  const server = createServer((socket) => {
    connections += 1
    const onward = connect(sshd.port, '127.0.0.1')
    let passed = 0
    const breaks = connections === 1
    socket.on('data', (chunk: Buffer) => {
      passed += chunk.length
      if (breaks && passed > bytes) socket.destroy()
      else onward.write(chunk)
    })
    onward.on('data', (chunk: Buffer) => socket.write(chunk))
    for (const side of [socket, onward]) {
      side.on('error', () => {})
      side.on('close', () => (side === socket ? onward : socket).destroy())
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port }: Pick<AddressInfo, 'port'> = Object.assign({ port: 0 }, server.address())
  return { hosts: { pve1: `127.0.0.1:${port}` }, connections: () => connections, server }
}

describe('a snippet', () => {
  test('is written for root alone, over one that is there, and leaves nothing beside it', async () => {
    await store().write(place(), user('#cloud-config\nhostname: a\n'), signal)
    await store().write(place(), user('#cloud-config\nhostname: größer\n'), signal)
    const file = join(folder, 'web-01-user.yaml')
    expect(await readFile(file, 'utf8')).toBe('#cloud-config\nhostname: größer\n')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual(['web-01-user.yaml'])
  })

  test('is removed with what a broken connection left of it; another is not touched', async () => {
    const names = ['web-01-user.yaml', '.web-01-user.yaml.0123456789ab.tmp', 'web-010-user.yaml']
    for (const name of names) await writeFile(join(folder, name), 'x')
    await store().remove(place(), ['web-01-user.yaml', 'never-there.yaml'], signal)
    expect(await readdir(folder)).toEqual(['web-010-user.yaml'])
    await store().remove({ ...place(), folder: join(folder, 'gone') }, ['a'], signal)
  })

  test('is never seen half: a reader finds the old text or the new one', async () => {
    const texts = ['a', 'b'].map((letter) => letter.repeat(400_000))
    await store().write(place(), user(texts[0] ?? ''), signal)
    const state = { writing: true }
    const seen = new Set<string>()
    const reader = (async () => {
      while (state.writing) seen.add(await readFile(join(folder, 'web-01-user.yaml'), 'utf8'))
    })()
    for (let round = 0; round < 6; round += 1)
      await store().write(place(), user(texts[round % 2] ?? ''), signal)
    state.writing = false
    await reader
    expect([...seen].every((text) => texts.includes(text))).toBe(true)
  })

  test('whose connection breaks in the middle is not there, and the next try writes it', async () => {
    const way = await breaking(200_000)
    const text = 'x'.repeat(800_000)
    const flaky = createSnippetStore({ ...sshd.settings, hosts: way.hosts }, { retryMs: 10 })
    const seen = new Set<number>()
    const state = { writing: true }
    const watcher = (async () => {
      while (state.writing) {
        const size = await stat(join(folder, 'web-01-user.yaml')).then(
          (found) => found.size,
          () => 0,
        )
        seen.add(size)
      }
    })()
    await flaky.write(place(), user(text), signal)
    state.writing = false
    await watcher
    way.server.close()
    expect(way.connections()).toBe(2)
    expect([...seen].filter((size) => size !== 0 && size !== text.length)).toEqual([])
    expect(await readFile(join(folder, 'web-01-user.yaml'), 'utf8')).toBe(text)
  })
})

const problem = async (settings: Partial<SshSettings>) => {
  const failed: unknown = await store(settings)
    .write(place(), user('secret'), signal)
    .then(
      () => null,
      (error: unknown) => error,
    )
  expect(await readdir(folder)).toEqual([])
  return failed
}

describe('no snippet is written', () => {
  test('to a host whose key is not pinned, and its fingerprint is told', async () => {
    expect(
      await problem({ hostKeys: ['SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'] }),
    ).toMatchObject({
      problem: { kind: 'host-key', fingerprint: sshd.settings.hostKeys[0] },
    })
    expect(await problem({ hostKeys: [] })).toMatchObject({ problem: { kind: 'host-key' } })
  })

  test('with a key or a password that the node does not take', async () => {
    expect(await problem({ privateKey: sshd.otherKey })).toMatchObject({
      problem: { kind: 'login' },
    })
    expect(await problem({ privateKey: null, password: 'guess' })).toMatchObject({
      problem: { kind: 'login' },
    })
  })

  test('where nobody listens', async () => {
    const port = await freePort()
    expect(await problem({ hosts: { pve1: `127.0.0.1:${port}` } })).toMatchObject({
      problem: { kind: 'lost', reason: expect.stringContaining('ECONNREFUSED') },
    })
  })

  test('when it was cancelled', async () => {
    const stop = new AbortController()
    stop.abort(new Error('cancelled'))
    await expect(store().write(place(), user('x'), stop.signal)).rejects.toThrow('cancelled')
    expect(await readdir(folder)).toEqual([])
  })

  test('into a folder that is not there', async () => {
    const failed = store().write({ ...place(), folder: `${folder}/none` }, user('x'), signal)
    await expect(failed).rejects.toMatchObject({ problem: { kind: 'refused', missing: true } })
  })
})

describe('the check before', () => {
  test('passes where snippets could be written', async () => {
    expect(await store().problemOf(place())).toBeNull()
  })
  test('tells a folder that is not there', async () => {
    expect(await store().problemOf({ ...place(), folder: `${folder}/none` })).toMatchObject({
      problem: { kind: 'refused', missing: true },
    })
  })
})

test.each([
  ['10.0.0.1', '10.0.0.1', 22],
  ['pve1.lab:2222', 'pve1.lab', 2222],
  ['fd00::1', 'fd00::1', 22],
  ['[fd00::1]', 'fd00::1', 22],
  ['[fd00::1]:2222', 'fd00::1', 2222],
])('the address %s of a node is read', (given, host, port) => {
  const at = { node: 'pve1', address: null, folder: '/' }
  expect(targetOf({ hosts: { pve1: given }, port: 22 }, at)).toEqual({ host, port })
})
