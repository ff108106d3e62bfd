import Fastify from 'fastify'
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from './http.ts'
import { limitBodies, ownPace } from './slow-bodies.ts'

const LIMIT_MS = 300

const app: App = Fastify({ requestTimeout: 0 }).withTypeProvider<ZodTypeProvider>()
let port = 0

beforeAll(async () => {
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  limitBodies(app, LIMIT_MS)
  app.addContentTypeParser('application/octet-stream', (_request, _payload, done) => done(null))
  app.post('/ordinary', async (request) => ({ body: request.body }))
  app.post('/file', { config: ownPace }, async (request) => {
    let bytes = 0
    for await (const piece of request.raw) bytes += Buffer.from(piece).length
    return { bytes }
  })
  app.post('/refused', { config: ownPace }, async (_request, reply) => reply.code(403).send())
  app.get('/slow', async () => {
    await new Promise((resolve) => setTimeout(resolve, 2 * LIMIT_MS))
    return { done: true }
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  port = typeof address === 'object' ? (address?.port ?? 0) : 0
})
afterAll(() => app.close())

/** Everything that comes back until the connection ends, after `parts` with a pause between them. */
async function talk(head: string, parts: string[], pauseMs: number): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (data) => (answer += data.toString()))
  socket.on('error', () => {})
  await once(socket, 'connect')
  const closed = once(socket, 'close')
  socket.write(head)
  for (const part of parts) {
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, pauseMs))])
    if (!socket.destroyed) socket.write(part)
  }
  await closed
  return answer
}

const post = (path: string, type: string, length: number) =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`

describe('a body', () => {
  it('that does not come is not waited for', async () => {
    const answer = await talk(post('/ordinary', 'application/json', 100), ['{'], 10)
    expect(answer).not.toContain('200 OK')
  })

  it('that comes in time is read', async () => {
    const answer = await talk(post('/ordinary', 'application/json', 8), ['{"a":', '17}'], 20)
    expect(answer).toContain('{"body":{"a":17}}')
  })

  it('of a file may take longer', async () => {
    const head = post('/file', 'application/octet-stream', 6)
    expect(await talk(head, ['abc', 'def'], LIMIT_MS)).toContain('{"bytes":6}')
  })

  it('of a file that was refused is not waited for', async () => {
    const head = post('/refused', 'application/octet-stream', 1000).replace('close', 'keep-alive')
    expect(await talk(head, ['abc'], 10)).toContain('403 Forbidden')
  })
})

it('an answer may take longer', async () => {
  const answer = await fetch(`http://127.0.0.1:${port}/slow`)
  expect(await answer.json()).toEqual({ done: true })
})
