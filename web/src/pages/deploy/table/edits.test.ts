import { describe, expect, test } from 'vitest'
import { ubuntu } from '../fixtures.ts'
import { type DeployForm, emptyForm, emptyTable } from '../form.ts'
import type { ColumnId } from './columns.ts'
import { deleteRows, duplicateRows, nextNames, resetRows, setCells } from './edits.ts'
import { tableWords } from './plain.ts'
import { baseOf, nameOf, rowsOf } from './rows.ts'

const form: DeployForm = {
  ...emptyForm,
  template: 9000,
  namePattern: 'web-{01..04}',
  quantity: 4,
  size: 'medium',
  table: { ...emptyTable, rows: [{ name: 'db-1', ip: '10.0.0.9/24', vmid: '300' }] },
}

function set(into: DeployForm, index: number, column: ColumnId, text: string): DeployForm {
  const row = rowsOf(into)[index]
  if (row === undefined) throw new Error('no such row')
  return setCells(into, baseOf(into, ubuntu), [{ row, column, text }])
}

const rows = (made: DeployForm, ...indices: number[]) =>
  rowsOf(made).filter((_row, index) => indices.includes(index))

describe('a cell', () => {
  test.each<[string, ColumnId, string, string | undefined]>([
    ['gets its normal form', 'memory', '8g', '8 GiB'],
    ['that cannot be read stays as it was typed', 'cores', 'many', 'many'],
    ['that says what the pattern says is not set', 'cores', '2', undefined],
    ['that is emptied goes back', 'cores', ' ', undefined],
    ['takes MiB exactly', 'memory', '3000 MiB', '3000 MiB'],
    ['takes several tags', 'tags', 'Web, Canary', 'web canary'],
  ])('%s', (_what, column, typed, text) => {
    expect(set(form, 1, column, typed).table.overrides[1]?.[column]).toBe(text)
  })

  test('set and emptied again leaves nothing behind', () => {
    expect(set(set(form, 1, 'cores', '8'), 1, 'cores', '')).toEqual(form)
  })

  test('a row of its own keeps its name', () => {
    expect(set(form, 4, 'name', '').table.rows[0]?.name).toBe('db-1')
  })
})

describe('rows', () => {
  test('at the end of the pattern make it shorter, in the middle they are left out', () => {
    const shorter = deleteRows(form, rows(form, 2, 3))
    expect(shorter.namePattern).toBe('web-{01..02}')
    expect(shorter.table.gone).toEqual([])
    const gap = deleteRows(form, rows(form, 1))
    expect(gap.namePattern).toBe('web-{01..04}')
    expect(rowsOf(gap).map(nameOf)).toEqual(['web-01', 'web-03', 'web-04', 'db-1'])
    expect(tableWords(gap)).toEqual(['1 left out', '1 with a name of its own'])
  })

  test('of their own go', () => {
    expect(deleteRows(form, rows(form, 4)).table.rows).toEqual([])
  })

  test('are copied with the next free name and address, and no VMID', () => {
    const made = duplicateRows(form, rows(form, 4))
    expect(made.table.rows[1]).toEqual({ name: 'db-2', ip: '10.0.0.10/24' })
  })

  test('go back to the pattern, but for names of their own', () => {
    const changed = set(form, 0, 'cores', '8')
    expect(resetRows(changed, rows(changed, 0, 4)).table).toEqual({
      ...emptyTable,
      rows: [{ name: 'db-1' }],
    })
  })

  test('new names go on and skip those in use', () => {
    expect(nextNames(form, 2)).toEqual(['db-2', 'db-3'])
    expect(nextNames({ ...form, table: emptyTable }, 2)).toEqual(['web-05', 'web-06'])
    expect(nextNames({ ...form, table: emptyTable, namePattern: 'web', quantity: 1 }, 1)).toEqual([
      'web-2',
    ])
  })
})
