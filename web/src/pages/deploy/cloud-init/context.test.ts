import { expect, test } from 'vitest'
import { plannedProblems, problemAt, typedProblems } from './context.ts'
import type { CloudInitForm } from './state.ts'

test.each<[CloudInitForm, string]>([
  [{ users: [{ name: '' }] }, 'users.0.name'],
  [{ users: [{ name: 'ops' }, { name: 'Ops' }] }, 'users.1.name'],
  [{ users: [{ name: 'ops', sshKeys: ['nonsense'] }] }, 'users.0.sshKeys.0'],
  [{ users: [{ name: 'ops', askPassword: true }] }, 'users.0.password'],
  [{ defaultUser: { sshKeys: ['nonsense'] } }, 'defaultUser.sshKeys.0'],
  [{ packages: ['nginx', 'a\u0000b'] }, 'packages.1'],
  [{ writeFiles: [{ path: 'etc/motd', content: '' }] }, 'writeFiles.0.path'],
  [{ timezone: '!' }, 'timezone'],
])('%j is wrong at %s', (form, path) => {
  expect([...typedProblems(form).keys()]).toEqual([path])
})

test('a right form has nothing wrong', () => {
  expect(typedProblems({ users: [{ name: 'ops' }], packages: ['nginx'] }).size).toBe(0)
})

const issue = (field: string) => ({ code: 'x', message: field, field })

test('the plan’s words come to their fields, those of other parts do not', () => {
  const found = plannedProblems([
    issue('defaults.cloudInit.users.0.name'),
    issue('vms.0.cloudInit.delivery'),
    issue('defaults.networks.0.ip'),
    { code: 'y', message: 'none' },
  ])
  expect([...found.keys()]).toEqual(['users.0.name', 'delivery'])
})

test('a field speaks for what lies below it, and names the item', () => {
  const problems = new Map([['packages.1', 'is no package']])
  expect(problemAt(problems, 'packages', ['a', 'b b'])).toBe('b b: is no package')
  expect(problemAt(problems, 'packagesElse')).toBeNull()
})
