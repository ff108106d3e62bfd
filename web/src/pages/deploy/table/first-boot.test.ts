import { expect, test } from 'vitest'
import { cellsOfCloudInit, cloudInitOfCells, fromOther, otherProblem } from './first-boot.ts'
import { tableWithoutSecrets } from './secrets.ts'

const users = [{ name: 'ops', sudo: true }, { name: 'dev' }]

test.each([
  [{}, undefined],
  [{ packages: 'nginx git' }, { packages: ['nginx', 'git'] }],
  [
    { packages: 'none', commands: 'none' },
    { packages: [], commands: [] },
  ],
  [{ commands: 'echo a; echo b' }, { commands: ['echo a; echo b'] }],
  [{ commands: '["a",["b","c"]]' }, { commands: ['a', ['b', 'c']] }],
  [{ users: 'dev' }, { users: [{ name: 'dev' }] }],
  [{ firstBoot: '{}' }, {}],
  [
    { hostname: 'front', firstBoot: '{"timezone":"UTC"}' },
    { hostname: 'front', timezone: 'UTC' },
  ],
])('%j is %j, and comes back', (cells, cloudInit) => {
  expect(cloudInitOfCells(cells, users)).toEqual(cloudInit)
  const defaults = 'firstBoot' in cells && cells.firstBoot === '{}' ? undefined : { users }
  expect(cellsOfCloudInit(cloudInit, defaults)).toEqual(cells)
})

test('users that the form does not have stand among the other settings', () => {
  expect(cellsOfCloudInit({ users: [{ name: 'db' }] }, { users })).toEqual({
    firstBoot: '{"users":[{"name":"db"}]}',
  })
})

test.each([
  ['users', 'db'],
  ['packages', 'none'],
  ['commands', 'reboot'],
  ['hostname', undefined],
  ['cores', undefined],
] as const)('the other settings say for %s: %j', (column, text) => {
  const firstBoot = '{"users":[{"name":"db"}],"packages":[],"commands":["reboot"]}'
  expect(fromOther({ firstBoot }, column)).toBe(text)
  expect(fromOther({}, column)).toBeUndefined()
})

test('what all VMs have is no cell', () => {
  expect(cellsOfCloudInit({ packages: ['nginx'] }, { packages: ['nginx'] })).toEqual({})
})

test.each([
  ['timezone: UTC', /JSON/],
  ['{"timzone":"UTC"}', /JSON/],
  ['{"timezone":"!"}', /^timezone: /],
  ['{"users":[{"name":"ops","askPassword":true}]}', /^Give the password of ops again/],
])('%s', (text, problem) => {
  expect(otherProblem(text)).toMatch(problem)
})

test('settings as the API has them are right', () => {
  expect(otherProblem('{"timezone":"UTC"}')).toBeNull()
})

test('passwords in cells are not kept in the browser', () => {
  const firstBoot = '{"users":[{"name":"db","password":"geheim"}]}'
  const kept = tableWithoutSecrets({
    overrides: { '1': { firstBoot, cores: '2' } },
    gone: [],
    rows: [{ name: 'x', firstBoot }],
  })
  expect(JSON.stringify(kept)).not.toContain('geheim')
  expect(kept.overrides['1']).toEqual({
    firstBoot: '{"users":[{"name":"db","askPassword":true}]}',
    cores: '2',
  })
})
