import { expect, test } from 'vitest'
import type { Check } from './deployment.ts'
import { outcomeOf } from './validation.ts'

const check = (name: Check['name'], passed: boolean): Check => ({
  name,
  port: null,
  passed,
  evidence: '',
})
const [running, stopped] = [check('proxmox', true), check('proxmox', false)]
const [agent, noAgent] = [check('agent', true), check('agent', false)]
const [port, noPort] = [check('port', true), check('port', false)]

test.each([
  ['healthy', [running, agent, port]],
  ['healthy', [running]],
  ['degraded', [running, agent, noPort]],
  ['degraded', [running, noAgent, port]],
  ['unhealthy', [stopped, agent, port]],
  ['unhealthy', [running, noAgent, noPort]],
  ['unhealthy', [stopped]],
  [null, []],
])('%s', (outcome, checks) => {
  expect(outcomeOf(checks)).toBe(outcome)
})
