import { describe, expect, test } from 'vitest'
import { ubuntu } from '../fixtures.ts'
import { type DeployForm, emptyForm, emptyTable } from '../form.ts'
import type { Cells, ColumnId } from './columns.ts'
import { applyFix, fixOf } from './fixes.ts'
import { baseOf, cellOf, rowsOf } from './rows.ts'

const form: DeployForm = {
  ...emptyForm,
  template: 9000,
  namePattern: 'web-{01..03}',
  quantity: 3,
  size: 'medium',
  addressing: 'range',
  range: '10.0.0.{41..43}/24',
}

const tableOf = (made: DeployForm, row: number, column: ColumnId) => ({
  form: made,
  rows: rowsOf(made),
  base: baseOf(made, ubuntu),
  problems: new Map([[row, [{ column, message: 'wrong' }]]]),
})

const withCells = (index: number, cells: Cells): DeployForm => ({
  ...form,
  table: { ...emptyTable, overrides: { [index]: cells } },
})

describe('fixOf', () => {
  test.each<[string, DeployForm, number, ColumnId, string, string]>([
    ['an address gets the next that no row has', form, 1, 'ip', 'Use 10.0.0.44/24', '10.0.0.44/24'],
    [
      'a name that is not the pattern’s goes back to it',
      withCells(1, { name: 'web-01' }),
      1,
      'name',
      'Use web-02',
      'web-02',
    ],
    ['a name of the pattern goes on behind the last', form, 0, 'name', 'Use web-04', 'web-04'],
    [
      'a name whose place is taken goes on behind the last',
      withCells(1, { name: 'web-03' }),
      2,
      'name',
      'Use web-04',
      'web-04',
    ],
    [
      'a VMID is left to the plan',
      withCells(0, { vmid: '131' }),
      0,
      'vmid',
      'Let the plan choose',
      '',
    ],
    [
      'what cannot be read goes back',
      withCells(2, { memory: 'much' }),
      2,
      'memory',
      'Back to 4 GiB',
      '4 GiB',
    ],
    [
      'an address that cannot be read goes back',
      withCells(2, { ip: '10.0.0' }),
      2,
      'ip',
      'Back to 10.0.0.43/24',
      '10.0.0.43/24',
    ],
  ])('%s', (_what, made, row, column, words, text) => {
    const table = tableOf(made, row, column)
    const fix = fixOf(table, row)
    expect(fix?.words).toBe(words)
    const after = fix && applyFix(table, fix)
    const fixed = after && rowsOf(after)[row]
    expect(fixed && cellOf(fixed, table.base, column)).toBe(text)
  })

  test('there is none for what the pattern says, and none where nothing is wrong', () => {
    expect(fixOf(tableOf(form, 0, 'cores'), 0)).toBeNull()
    expect(fixOf(tableOf(form, 0, 'ip'), 1)).toBeNull()
  })
})
