import type { Issue } from '@deployer/core/plan.ts'
import { expect, test } from 'vitest'
import { emptyForm } from './form.ts'
import { fixOf, groupIssues } from './issues.ts'

const taken = (name: string): Issue => ({
  code: 'name-taken',
  message: `${name} exists already: VM 100 on pve1. Choose another name.`,
  vm: name,
  field: 'vms.0.name',
})
const tight = (node: string): Issue => ({
  code: 'memory-over',
  message: `${node} would need 290 % of its memory: 371 GiB of 128 GiB. Place fewer VMs there.`,
  field: 'placement',
})

test('issues that say the same of several are read as one, blockers first', () => {
  const plan = {
    blockers: [taken('web-01'), taken('web-02')],
    warnings: [tight('pve1'), tight('pve2'), { code: 'other', message: 'Something else.' }],
  }
  expect(groupIssues(plan).map(({ tone, titles, rest }) => [tone, titles.length, rest])).toEqual([
    ['bad', 2, 'Choose another name.'],
    ['warn', 2, 'Place fewer VMs there.'],
    ['warn', 1, ''],
  ])
})

const names = ['web-01', 'web-02', 'web-03']

test.each([
  ['web-{01..03}', 3, names, names, 'web-{04..06}'],
  ['web-{01..03}', 3, names, ['web-01'], 'web-{02..04}'],
  ['web-{n}', 3, ['web-1', 'web-2', 'web-3'], ['web-2'], 'web-{n=3}'],
  ['web-{n=008}', 1, ['web-008'], ['web-008'], 'web-{n=009}'],
  ['web', 1, ['web'], ['web'], 'web-2'],
  ['web-01.lab', 1, ['web-01.lab'], ['web-01.lab'], 'web-02.lab'],
])('names of %s that are taken: the next ones', (namePattern, quantity, all, gone, next) => {
  const [group] = groupIssues({ blockers: gone.map(taken), warnings: [] })
  const form = { ...emptyForm, namePattern, quantity }
  expect(group && fixOf(group, form, all)).toEqual({
    words: `Use ${next}`,
    change: { namePattern: next },
  })
})

test('a range that is too short grows to the number of VMs', () => {
  const message = '10.0.0.{20..21}/24 makes 2 addresses for 3 VMs. Write it longer.'
  const blocker = { code: 'count-mismatch', message, field: 'defaults.networks.0.ip' }
  const [group] = groupIssues({ blockers: [blocker], warnings: [] })
  const form = { ...emptyForm, range: '10.0.0.{20..21}/24' }
  expect(group && fixOf(group, form, names)?.change).toEqual({ range: '10.0.0.{20..22}/24' })
})

test('what only a person can judge has no fix', () => {
  const [group] = groupIssues({ blockers: [tight('pve1')], warnings: [] })
  expect(group && fixOf(group, emptyForm, names)).toBeNull()
})
