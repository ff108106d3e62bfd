import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ProblemError } from '../problem.ts'
import { createCatalogue } from './catalogue.ts'

const folder = mkdtempSync(join(tmpdir(), 'catalogue-test-'))
const file = join(folder, 'catalogue.json')
const warn = vi.fn<(message: string) => void>()
const catalogue = createCatalogue({ file, logger: { warn } })
const value = 'cd'.repeat(32)
let publisher: Server
let at = ''

const answers: Record<string, string> = {
  '/SHA256SUMS': `${value}  base.qcow2\n`,
  '/OTHER': `${value}  something-else.qcow2\n`,
  '/LONG': 'x'.repeat(1_100_000),
}

beforeAll(async () => {
  publisher = createServer((request, response) => {
    const text = answers[request.url ?? '']
    response.statusCode = text === undefined ? 404 : 200
    response.end(text)
  }).listen(0, '127.0.0.1')
  await once(publisher, 'listening')
  const bound = publisher.address()
  at = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : 0}`
})
afterAll(() => {
  publisher.close()
  rmSync(folder, { recursive: true, force: true })
})

const write = (content: string) => writeFileSync(file, content)

const entry = (id: string, checksumsUrl: string | null, more: object = {}) => ({
  id,
  name: `Image ${id}`,
  kind: 'image',
  url: `${at}/base.qcow2`,
  fileName: `${id}.qcow2`,
  osType: 'linux',
  checksumsUrl,
  ...more,
})

const problemOf = (id: string) =>
  catalogue.checksum(id).catch((error: unknown) => {
    if (error instanceof ProblemError) return error.fields
    throw error
  })

describe('the file of the operator', () => {
  it('need not be there', async () => {
    const { entries, problem } = await catalogue.read()
    expect(problem).toBeNull()
    expect(entries.map(({ id }) => id)).toContain('debian-13')
  })

  it.each<[string, string, RegExp]>([
    ['no JSON', '{ "entries": [', /catalogue\.json is no JSON: /],
    ['another form', '[]', /was left out: the file: /],
    [
      'an entry that is wrong',
      JSON.stringify({ entries: [{ ...entry('x', null), url: 'ftp://x/y' }] }),
      /was left out: entries\.0\.url: here belongs an address that starts with https:/,
    ],
  ])('with %s is left out, and said so here and in the log', async (_what, content, words) => {
    write(content)
    const { entries, problem } = await catalogue.read()
    expect(problem).toMatch(words)
    expect(warn).toHaveBeenLastCalledWith(problem)
    expect(entries.length).toBeGreaterThan(5)
  })

  it('is read anew when it has changed', async () => {
    write(JSON.stringify({ entries: [entry('ours', null)] }))
    expect((await catalogue.read()).entries.at(-1)?.name).toBe('Image ours')
  })
})

describe('the checksum of an entry', () => {
  it('is read where the publisher states it, or is in the entry', async () => {
    const known = { checksum: 'ab'.repeat(64), algorithm: 'sha512' }
    write(
      JSON.stringify({
        entries: [entry('stated', `${at}/SHA256SUMS`), entry('known', `${at}/NONE`, known)],
      }),
    )
    expect(await catalogue.checksum('stated')).toEqual({ algorithm: 'sha256', value })
    expect(await catalogue.checksum('known')).toEqual({
      algorithm: 'sha512',
      value: known.checksum,
    })
  })

  it.each<[string, () => string | null, string]>([
    ['other files only', () => `${at}/OTHER`, 'does not name base.qcow2'],
    ['too much', () => `${at}/LONG`, 'too long for a list of checksums'],
    ['an error', () => `${at}/NONE`, 'it answered 404'],
    ['nobody there', () => 'http://127.0.0.1:9/SUMS', 'could not be read from this server'],
    ['no such place', () => null, 'states no checksum'],
  ])('with %s at the publisher is not known, with the reason', async (_what, url, words) => {
    write(JSON.stringify({ entries: [entry('asked', url())] }))
    expect(await problemOf('asked')).toMatchObject({
      status: 422,
      kind: 'checksum-unknown',
      detail: expect.stringContaining(words),
    })
  })

  it('is of an entry', async () => {
    expect(await problemOf('nothing')).toMatchObject({ status: 404 })
  })
})
