import Fastify from 'fastify'
import { expect, it } from 'vitest'
import { auditRequests } from '../audit/requests.ts'
import { registerErrors } from './errors.ts'
import type { App } from './http.ts'

const away = () =>
  Object.assign(new Error('the database system is shutting down'), { code: '57P01' })

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

it('a database that goes away in the middle of a call leaves open whether it was done', async () => {
  const app: App = Fastify()
  app.decorateRequest('caller', null)
  registerErrors(app)
  let recorded = true
  const write = async () => (recorded ? 1 : Promise.reject(away()))
  auditRequests(app, { write, server: 'server-1' }, { error: () => {} })
  app.delete('/api/v1/vms/:vmid/snapshots/:name', () => {
    throw away()
  })
  const call = () => app.inject({ method: 'DELETE', url: '/api/v1/vms/100/snapshots/a' })
  const middle = await call()
  expect(middle.statusCode).toBe(504)
  expect(middle.headers).not.toHaveProperty('retry-after')
  expect(middle.json().detail).toContain('may be under way on Proxmox')
  recorded = false
  const before = await call()
  expect(before.statusCode).toBe(503)
  expect(before.headers).toHaveProperty('retry-after')
  recorded = true
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
