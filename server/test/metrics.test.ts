import Fastify from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registerErrors } from '../src/rest/errors.ts'
import type { App } from '../src/rest/http.ts'
import { metricsRoutes } from '../src/rest/metrics.ts'
import { apiToken, startTestServer, type TestServer } from './test-server.ts'

const TOKEN = 'a token for Prometheus'
let local: TestServer
beforeAll(async () => {
  local = await startTestServer()
})
afterAll(() => local.stop())

const read = () => Promise.resolve({ contentType: 'text/plain', text: 'up 1' })

const statusFrom = async (remoteAddress: string, headers = {}) =>
  (await local.app.inject({ url: '/metrics', remoteAddress, headers })).statusCode

describe('GET /metrics', () => {
  it('is what Prometheus reads', async () => {
    await local.call('GET', '/api/v1/templates/9000', { headers: { authorization: apiToken } })
    await local.signIn('viewer@pve')
    const { status, body, headers } = await local.call('GET', '/metrics')
    expect(status).toBe(200)
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
    const lines = String(body).split('\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        'deployer_database_up 1',
        'deployer_proxmox_up 1',
        'deployer_sessions 1',
        'deployer_http_request_duration_seconds_count{method="GET",route="/api/v1/templates/:vmid",status="200"} 1',
      ]),
    )
    expect(lines.some((line) => line.startsWith('process_resident_memory_bytes'))).toBe(true)
    // Every line is a comment, or a name, labels and a number.
    const odd = lines.filter(
      (line) => !/^(#.*|\w+(\{([a-z_]+="[^"]*",?)*\})? (-?[\d.e+-]+|NaN|\+Inf)|)$/.test(line),
    )
    expect(odd).toEqual([])
  })

  it('counts deployments, VMs and slots', async () => {
    const request = {
      source: { kind: 'template', vmid: 9000, clone: 'linked' },
      vms: [{ name: 'counted-{1..3}', start: false }],
    }
    const headers = { authorization: apiToken }
    const { body } = await local.call('POST', '/api/v1/deployments', { headers, body: { request } })
    expect(body).toMatchObject({ summary: { total: 3 } })
    await expect
      .poll(async () => (await local.call('GET', '/metrics')).body, {
        timeout: 25_000,
        interval: 250,
      })
      .toMatch(/^deployer_vms\{status="succeeded"\} 3$/m)
    expect((await local.call('GET', '/metrics')).body).toMatch(
      /^deployer_deployments\{status="succeeded"\} 1$/m,
    )
  })

  it('says that the database is away', async () => {
    await local.postgres.kill()
    const { body } = await local.call('GET', '/metrics')
    await local.postgres.start()
    expect(body).toMatch(/^deployer_database_up 0$/m)
  })

  it('answers this machine only, and nobody through a proxy', async () => {
    expect(await statusFrom('127.0.0.1')).toBe(200)
    expect(await statusFrom('::1')).toBe(200)
    expect(await statusFrom('10.0.0.7')).toBe(403)
    expect(await statusFrom('127.0.0.1', { 'x-forwarded-for': '10.0.0.7' })).toBe(403)
  })

  it('answers who has the token, wherever they are', async () => {
    // The routes alone: one process has one server only.
    const guarded: App = Fastify()
    guarded.setValidatorCompiler(validatorCompiler)
    guarded.setSerializerCompiler(serializerCompiler)
    registerErrors(guarded)
    metricsRoutes(guarded, { token: TOKEN, read, requestEnded: () => {} })
    const ask = async (url: string, authorization?: string) => {
      const headers = authorization === undefined ? {} : { authorization }
      return (await guarded.inject({ url, remoteAddress: '10.0.0.7', headers })).statusCode
    }
    expect(await ask('/metrics', `Bearer ${TOKEN}`)).toBe(200)
    expect(await ask('/metrics', `Bearer ${TOKEN}x`)).toBe(401)
    expect(await ask('/metrics', apiToken)).toBe(401)
    expect(await ask('/api/v1/metrics')).toBe(401)
  })
})
