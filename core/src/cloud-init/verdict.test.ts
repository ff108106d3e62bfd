import { describe, expect, test } from 'vitest'
import { readVerdict } from './verdict.ts'

const ended = { finished: 12.5, errors: [], start: 10 }
const status = (final: object, more: object = {}) =>
  JSON.stringify({
    v1: {
      datasource: 'DataSourceNoCloud [seed=/dev/sr0]',
      init: ended,
      'init-local': ended,
      'modules-config': ended,
      'modules-final': { ...ended, ...final },
      stage: null,
      ...more,
    },
  })

describe('cloud-init that', () => {
  test('has finished without errors is done', () => {
    expect(readVerdict(status({}))).toEqual({
      state: 'ended',
      verdict: 'done',
      datasource: 'DataSourceNoCloud [seed=/dev/sr0]',
      errors: [],
      warnings: [],
    })
  })

  test('runs tells its stage; between two stages there is none', () => {
    const running = { finished: null }
    expect(readVerdict(status(running, { stage: 'modules-final' }))).toEqual({
      state: 'running',
      stage: 'modules-final',
    })
    expect(readVerdict(JSON.stringify({ v1: { init: ended, stage: null } }))).toEqual({
      state: 'running',
      stage: null,
    })
  })

  test.each([
    [
      "('scripts_user', RuntimeError('Runparts: 1 failures (runcmd) in 1 attempted commands'))",
      'scripts_user',
      'Runparts: 1 failures (runcmd) in 1 attempted commands',
    ],
    [
      `('package-update-upgrade-install', ProcessExecutionError("Unexpected error while running command.\\nExit code: 100"))`,
      'package-update-upgrade-install',
      'Unexpected error while running command.\nExit code: 100',
    ],
    ['("ntp", KeyError(\'a\'))', 'ntp', 'a'],
    ['Failed loading yaml blob', null, 'Failed loading yaml blob'],
    ["('x', Odd)", 'x', 'Odd'],
  ])('failed with %s', (text, module, message) => {
    expect(readVerdict(status({ errors: [text] }))).toMatchObject({
      verdict: 'error',
      errors: [{ module, message }],
    })
  })

  test('an error of an early stage counts as well, once', () => {
    const failed = { ...ended, errors: ['a'] }
    const text = status({}, { 'init-local': failed, init: failed })
    expect(readVerdict(text)).toMatchObject({ verdict: 'error', errors: [{ message: 'a' }] })
  })

  test('recovered from errors is degraded; what is merely deprecated is not', () => {
    const recovered = { recoverable_errors: { WARNING: ['schema'], DEPRECATED: ['old key'] } }
    expect(readVerdict(status(recovered))).toMatchObject({
      verdict: 'degraded',
      warnings: ['schema'],
    })
    const deprecated = { recoverable_errors: { DEPRECATED: ['old key'] } }
    expect(readVerdict(status(deprecated))).toMatchObject({ verdict: 'done' })
  })
})

test.each(['', '{', '[]', '{"v1": 1}'])('%j is no status', (text) => {
  expect(readVerdict(text)).toBeNull()
})
