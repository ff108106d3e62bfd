import Fastify from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from './http.ts'
import { registerPage } from './page.ts'

const home = mkdtempSync(join(tmpdir(), 'page-test-'))
const built = join(home, 'dist')
const open: App[] = []

const appWith = async (folder: string): Promise<App> => {
  const app: App = Fastify().withTypeProvider<ZodTypeProvider>()
  await registerPage(app, folder)
  open.push(app)
  return app
}

beforeAll(() => {
  mkdirSync(join(built, 'assets'), { recursive: true })
  writeFileSync(join(built, 'index.html'), '<title>the page</title>')
  writeFileSync(join(built, 'theme.js'), 'theme()')
  writeFileSync(join(built, 'preload.json'), '["assets/deploy-c3.js","assets/controls-d4.js"]')
  writeFileSync(join(built, 'assets/index-a1b2.js'), 'app()')
  writeFileSync(join(built, 'assets/index-a1b2.js.br'), brotliCompressSync('app()'))
  writeFileSync(join(built, 'assets/index-a1b2.js.gz'), gzipSync('app()'))
})
afterAll(async () => {
  await Promise.all(open.map((app) => app.close()))
  rmSync(home, { recursive: true })
})

describe('the built page', () => {
  it.each(['/', '/deploy', '/deployments/d-7f3a?tab=log'])('is there at %s', async (url) => {
    const { statusCode, body, headers } = await (await appWith(built)).inject(url)
    expect([statusCode, body]).toEqual([200, '<title>the page</title>'])
    expect(headers['cache-control']).toBe('no-cache')
  })

  it.each([
    ['/', 'session=abc', true],
    ['/deploy?from=d-7f3a', 'theme=dark; session=abc', true],
    ['/deploy', '', false],
    ['/vms', 'session=abc', false],
  ])(
    'at %s with the cookie "%s" loads the Deploy page beside the app: %s',
    async (url, cookie, does) => {
      const { headers } = await (await appWith(built)).inject({ url, headers: { cookie } })
      expect(headers['link']).toBe(
        does
          ? '</assets/deploy-c3.js>; rel=modulepreload; crossorigin, </assets/controls-d4.js>; rel=modulepreload; crossorigin'
          : undefined,
      )
    },
  )

  it('keeps files with a hash in their name for ever, others not', async () => {
    const app = await appWith(built)
    const hashed = await app.inject('/assets/index-a1b2.js')
    expect([hashed.statusCode, hashed.body]).toEqual([200, 'app()'])
    expect(hashed.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect((await app.inject('/theme.js')).headers['cache-control']).toBe('no-cache')
  })

  it.each([
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
  ])('is sent compressed to who accepts %s', async (accepted, encoding, decompress) => {
    const app = await appWith(built)
    const url = '/assets/index-a1b2.js'
    const { headers, rawPayload } = await app.inject({
      url,
      headers: { 'accept-encoding': accepted },
    })
    expect(headers).toMatchObject({
      'content-encoding': encoding,
      'content-type': expect.stringContaining('javascript'),
      'cache-control': 'public, max-age=31536000, immutable',
      vary: expect.stringMatching(/accept-encoding/i),
    })
    expect(String(decompress(rawPayload))).toBe('app()')
    // A file without a compressed copy is sent as it is.
    const plain = await app.inject({ url: '/deploy', headers: { 'accept-encoding': accepted } })
    expect([plain.statusCode, plain.body]).toEqual([200, '<title>the page</title>'])
  })

  it.each(['/assets/index-old.js', '/logo.png', '/api/v1/vm', '/docs/x', '/../dist/index.html'])(
    'is not given in place of %s',
    async (url) => {
      const { statusCode, headers } = await (await appWith(built)).inject(url)
      expect(statusCode).toBe(404)
      expect(headers['content-type']).toBe('application/problem+json')
    },
  )

  it('says how to build it where it is not', async () => {
    const { statusCode, body } = await (await appWith(join(home, 'nothing'))).inject('/deploy')
    expect(statusCode).toBe(404)
    expect(body).toContain('npm run build')
  })
})
