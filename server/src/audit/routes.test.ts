import { expect, test } from 'vitest'
import { auditedRoute } from './routes.ts'

test.each([
  ['GET', '/deployments'],
  ['POST', '/plans'],
  ['POST', '/deployments/:id/retry/plan'],
])('%s %s changes nothing', (method, path) => {
  expect(auditedRoute(method, path)).toBeNull()
})

test('a call without a line of its own is a change, with what its address names and nothing of its body', () => {
  const route = auditedRoute('POST', '/vms/:vmid/snapshots/:name')
  expect(route?.operation).toBe('change')
  const params = { vmid: '101', name: 'before' }
  expect(route?.describe?.({ params, body: { password: 'canary' } })).toEqual({
    vm: { name: null, vmid: 101, node: null },
    details: { call: 'POST /vms/:vmid/snapshots/:name', target: { name: 'before' } },
  })
})

test('a schedule names what it is for and what it does, and nothing of a command', () => {
  const route = auditedRoute('POST', '/validations/schedules')
  const body = {
    target: { vmids: [101] },
    intervalMinutes: 60,
    order: { ports: [22], checks: [{ kind: 'command', command: ['canary'] }] },
  }
  expect(route?.describe?.({ params: {}, body })).toEqual({
    configuration: { ports: [22], checks: [{ kind: 'command', arguments: 1 }] },
    details: {
      call: 'POST /validations/schedules',
      interval_minutes: 60,
      target: { vm_ids: [101] },
    },
  })
})

test('a sign-in names who was said to sign in, and nothing else of the body', () => {
  const route = auditedRoute('POST', '/session')
  const body = { username: 'mira', realm: 'pve', password: 'canary', otp: '123456' }
  expect(route?.describe?.({ params: {}, body })).toEqual({ username: 'mira@pve' })
  expect(route?.describe?.({ params: {}, body: { ...body, username: 'mira@pve' } })).toEqual({
    username: 'mira@pve',
  })
  expect(route?.describe?.({ params: {}, body: 'no object' })).toEqual({})
  const mistaken = { username: 'Tr0ub4dor&3!', realm: 'pve', password: 'x' }
  expect(route?.describe?.({ params: {}, body: mistaken })).toEqual({ username: 'hidden@pve' })
})
