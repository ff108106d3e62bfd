import type { Issue } from '@deployer/core/plan.ts'
import { expect, test } from 'vitest'
import { ubuntu } from '../fixtures.ts'
import { type DeployForm, emptyForm } from '../form.ts'
import { toRequest } from '../request.ts'
import { cellOfIssue, clashes, ownerOf, ownersOf, unreadable } from './problems.ts'
import { baseOf, rowsOf } from './rows.ts'

const form: DeployForm = {
  ...emptyForm,
  template: 9000,
  namePattern: 'web-{01..04}',
  addressing: 'range',
  range: '10.0.0.{20..23}/24',
  table: {
    overrides: {
      '1': { cores: '8', ip: '10.0.0.20/24' },
      '2': { bridge: 'vmbr1', ip: '10.0.0.20/24' },
    },
    gone: [0],
    rows: [{ name: 'WEB-04' }, { name: 'db', disk: '4 GiB' }],
  },
}
const rows = rowsOf(form)
const base = baseOf(form, ubuntu)

test('cells that cannot be are found by row', () => {
  expect([...unreadable(rows, base)]).toEqual([
    [4, [{ column: 'disk', message: 'The template has 12 GiB. Disks grow, never shrink.' }]],
  ])
})

test('what comes twice is marked in all of its rows; another bridge is another network', () => {
  expect([...clashes(rows, base, ownersOf(rows, base))]).toEqual([
    [2, [{ column: 'name', message: 'web-04 is the name of row 4 too.' }]],
    [3, [{ column: 'name', message: 'WEB-04 is the name of row 3 too.' }]],
  ])
})

test.each([
  ['name', 'Web-02', 1, 0],
  ['name', 'web-02', 0, null],
  ['ip', '10.0.0.20', 3, 0],
  ['ip', '10.0.0.99', 3, null],
  ['cores', '8', 3, null],
] as const)('while typing %s %s into row %i, its owner is %j', (column, text, index, owner) => {
  expect(ownerOf(ownersOf(rows, base), rows, base, index, column, text)).toBe(owner)
})

test.each<[string, Partial<Issue>, { row: number; column: string } | null]>([
  ['a row of the request', { field: 'vms.1.node' }, { row: 1, column: 'node' }],
  ['a VM by name', { field: 'vms.0.networks.0.ip', vm: 'web-03' }, { row: 1, column: 'ip' }],
  ['a default, with its VM', { field: 'defaults.diskGiB', vm: 'db' }, { row: 4, column: 'disk' }],
  ['a further NIC', { field: 'vms.0.networks.1.ip' }, { row: 0, column: 'nics' }],
  [
    'of two with one name the second',
    { field: 'vms.3.name', vm: 'web-04' },
    { row: 3, column: 'name' },
  ],
  ['a default of all', { field: 'defaults.diskGiB' }, null],
  ['the placement', { field: 'placement.node' }, null],
  ['nothing', {}, null],
])('an issue about %s', (_what, issue, place) => {
  const table = { ...form.table, rows: [{ name: 'WEB-04' }, { name: 'db' }] }
  const parsed = toRequest({ ...form, table }, ubuntu)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  const found = cellOfIssue(
    { code: 'x', message: 'x', ...issue },
    parsed.request,
    rowsOf({ ...form, table }),
  )
  expect(found).toEqual(place)
})
