import { expect, test } from 'vitest'
import { ApiError } from '../../api/problem.ts'
import { deployAction } from './deploy-action.ts'
import { emptyPlan } from './fixtures.ts'
import { noName } from './names.ts'

const ready = { plan: emptyPlan, current: true, answers: true, error: null }
const blocker = { code: 'name-taken', message: 'web-01 exists already.', field: 'vms.0.name' }
const unreachable = new ApiError(
  {
    type: 'about:blank',
    title: 'Proxmox does not answer',
    status: 503,
    detail: '',
    requestId: '',
  },
  null,
)

test('a plan without blockers can be deployed', () => {
  expect(deployAction(10, {}, ready, false)).toEqual({
    label: 'Deploy 10 VMs',
    working: null,
    blocked: null,
    firstField: null,
  })
})

test('one VM is not many', () => {
  expect(deployAction(1, {}, ready, false).label).toBe('Deploy 1 VM')
})

test.each([
  ['no template', { template: 'x', namePattern: 'y' }, 'Choose a template first', 'template'],
  ['no name', { namePattern: noName }, 'Name the VMs first', 'namePattern'],
  ['a wrong name', { namePattern: 'A brace …' }, 'Put 1 field right first', 'namePattern'],
  ['a wrong field', { disk: 'y' }, 'Put 1 field right first', 'disk'],
  ['the topmost of several', { vlan: 'x', disk: 'y' }, 'Put 2 fields right first', 'disk'],
])('%s blocks, and the button leads there', (_what, errors, blocked, firstField) => {
  expect(deployAction(null, errors, ready, false)).toMatchObject({
    blocked,
    firstField,
    working: null,
  })
})

test('blockers of the plan block, the button leads to the first that has a field', () => {
  const plan = { ...emptyPlan, blockers: [{ code: 'no-quorum', message: 'No quorum.' }, blocker] }
  expect(deployAction(3, {}, { ...ready, plan }, false)).toMatchObject({
    blocked: 'Resolve 2 blockers first',
    firstField: 'namePattern',
  })
})

test('a plan of an earlier form is never deployed', () => {
  expect(deployAction(3, {}, { ...ready, current: false }, false)).toMatchObject({
    working: 'Checking the plan',
  })
})

test('without an answer there is nothing to deploy', () => {
  expect(deployAction(3, {}, { ...ready, error: unreachable }, false)).toMatchObject({
    blocked: 'Proxmox does not answer',
    firstField: null,
  })
})

test('what was planned before Proxmox went away waits for it', () => {
  expect(deployAction(3, {}, { ...ready, answers: false }, false)).toMatchObject({
    blocked: 'Proxmox does not answer',
    working: null,
  })
})

test('while it is sent, the button says so', () => {
  expect(deployAction(3, {}, ready, true)).toMatchObject({ working: 'Deploying 3 VMs' })
})
