import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registerErrors } from './errors.ts'
import type { App } from './http.ts'
import { refuseUnstorableText } from './unstorable-text.ts'

const app: App = Fastify()
beforeAll(async () => {
  registerErrors(app)
  app.addHook('preValidation', async (request) => refuseUnstorableText(request))
  app.post('/:id', () => 'kept')
  await app.ready()
})
afterAll(() => app.close())

const post = (url: string, payload: string) =>
  app.inject({ method: 'POST', url, payload, headers: { 'content-type': 'application/json' } })

describe('text that nothing can keep', () => {
  it.each([
    ['/a', String.raw`{"vms":[{"name":"a\u0000"}]}`, 'vms.0.name'],
    ['/a', String.raw`{"vms":[{"name":"\ud800"}]}`, 'vms.0.name'],
    ['/a', String.raw`{"vms":{"\udfff":1}}`, 'vms'],
    ['/a%00', '{}', 'id'],
    ['/a?q=%00', '{}', 'q'],
    ['/a', String.raw`"\u0000"`, ''],
  ])('is refused in %s with %s', async (url, body, path) => {
    const answer = await post(url, body)
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ errors: [{ path }] })
  })

  it.each([
    ['/a', String.raw`{"name":"\ud83d\ude00 e\u0301 \u202e \u0001"}`],
    ['/a', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['/ä%20?q=%F0%9F%98%80', 'null'],
  ])('is no other text, however odd: %s', async (url, body) => {
    expect((await post(url, body)).statusCode).toBe(200)
  })
})
