import Fastify from 'fastify'
import { expect, it } from 'vitest'
import { registerErrors } from './errors.ts'
import type { App } from './http.ts'

it('work of Proxmox that was not waited for any longer is no fault of ours', async () => {
  const app: App = Fastify()
  registerErrors(app)
  app.delete('/', () => {
    throw new DOMException('The operation was aborted due to timeout', 'TimeoutError')
  })
  const answer = await app.inject({ method: 'DELETE', url: '/' })
  expect(answer.statusCode).toBe(504)
  expect(answer.json()).toMatchObject({ type: '/problems/proxmox-slow' })
  await app.close()
})

it('a body that is no JSON is told with a way to find out where', async () => {
  const app: App = Fastify()
  registerErrors(app)
  app.post('/', () => null)
  const headers = { 'content-type': 'application/json' }
  const answer = await app.inject({ method: 'POST', url: '/', headers, payload: '{"a":' })
  expect(answer.statusCode).toBe(400)
  expect(answer.json()).toMatchObject({ detail: expect.stringContaining('jq .') })
  await app.close()
})
