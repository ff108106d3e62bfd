import { describe, expect, test } from 'vitest'
import { ubuntu } from '../fixtures.ts'
import { type DeployForm, emptyForm, emptyTable } from '../form.ts'
import { parseDelimited } from './delimited.ts'
import {
  applyPaste,
  columnOfHead,
  guessMapping,
  looksLikeHead,
  type PasteMode,
  planPaste,
} from './mapping.ts'
import { usualColumns } from './columns.ts'
import { baseOf, cellOf, rowsOf } from './rows.ts'

const form: DeployForm = {
  ...emptyForm,
  template: 9000,
  namePattern: 'web-{01..03}',
  size: 'medium',
  addressing: 'range',
  range: '10.0.0.{20..22}/24',
}

function pasted(text: string, mode: PasteMode, from: { row: number; column: number }, into = form) {
  const lines = parseDelimited(text)
  const head = looksLikeHead(lines[0])
  const base = baseOf(into, ubuntu)
  const mapping = guessMapping(lines, head, usualColumns, from.column)
  const paste = planPaste(into, base, { lines, head, mapping, mode, start: from.row })
  const next = applyPaste(into, base, paste)
  const after = baseOf(next, ubuntu)
  return {
    refused: paste.rejected.map(({ number, reason }) => `${number}: ${reason}`),
    table: next.table,
    rows: rowsOf(next).map((row) =>
      ['name', 'ip', 'cores', 'memory'].map((id) =>
        cellOf(row, after, usualColumns.find((each) => each === id) ?? 'name'),
      ),
    ),
  }
}

test.each([
  ['Name', 'name', ''],
  ['IP', 'ip', ''],
  ['IP address', 'ip', ''],
  ['vCPUs', 'cores', ''],
  ['RAM', 'memory', ''],
  ['Memory (MiB)', 'memory', 'mib'],
  ['memory_gb', 'memory', 'gb'],
  ['Disk in GiB', 'disk', 'gib'],
  ['onBoot', 'onBoot', ''],
  ['agentTimeout', 'agentTimeout', ''],
])('the head %s is the column %s', (head, column, unit) => {
  expect(columnOfHead(head)).toEqual({ column, unit })
})

test.each(['web-01', '10.0.0.1', 'price', ''])('%j names no column', (head) => {
  expect(columnOfHead(head)).toBeNull()
})

test.each<[string[], boolean]>([
  [['name', 'ip', 'cores'], true],
  [['name', 'rack'], true],
  [['web-01', '10.0.0.1/24'], false],
  [['web-01', 'name', 'x'], false],
])('%j is a head: %j', (line, head) => {
  expect(looksLikeHead(line)).toBe(head)
})

describe('where lines go', () => {
  test('from the active cell on, to the right and down; more lines become rows', () => {
    const { rows, refused } = pasted('8\t16\n2\t4 GiB\n4\t512 MiB', 'from-here', {
      row: 1,
      column: 4,
    })
    expect(refused).toEqual([])
    expect(rows).toEqual([
      ['web-01', '10.0.0.20/24', '2', '4 GiB'],
      ['web-02', '10.0.0.21/24', '8', '16 GiB'],
      ['web-03', '10.0.0.22/24', '2', '4 GiB'],
      ['web-04', '10.0.0.23/24', '4', '512 MiB'],
    ])
  })

  test('by name: rows that are there change, others are added; a bare address gets the prefix', () => {
    const { rows, table } = pasted(
      'name,ip,cores\nWEB-02,10.0.0.99,8\ndb-1,10.0.0.50,4',
      'by-name',
      { row: 0, column: 0 },
    )
    expect(rows[1]).toEqual(['WEB-02', '10.0.0.99/24', '8', '4 GiB'])
    expect(rows[3]).toEqual(['db-1', '10.0.0.50/24', '4', '4 GiB'])
    expect(table.rows).toHaveLength(1)
  })

  test('what the pattern says anyway is not set', () => {
    const { table } = pasted('name,ip,cores\nweb-02,10.0.0.21/24,2', 'by-name', {
      row: 0,
      column: 0,
    })
    expect(table).toEqual(emptyTable)
  })

  test('units of the head count for bare numbers', () => {
    const { rows } = pasted('name,Memory (MiB)\nweb-01,2048\nweb-02,1 GiB', 'by-name', {
      row: 0,
      column: 0,
    })
    expect(rows.map((row) => row[3])).toEqual(['2 GiB', '1 GiB', '4 GiB'])
  })
})

describe('lines that are refused, each with its reason', () => {
  test.each<[string, PasteMode, string[]]>([
    ['name,cores\nweb-01,many', 'by-name', ['2: Cores many: A whole number from 1 to 512']],
    ['name,cores\nweb-01,2,extra', 'by-name', []],
    ['name,cores\ndb,2\ndb,4', 'by-name', ['3: db is in line 2 too.']],
    ['name\nweb-02', 'add', ['2: web-02 is row 2 of the table already.']],
    [
      'name,disk\nweb-01,2',
      'by-name',
      ['2: Disk 2: The template has 12 GiB. Disks grow, never shrink.'],
    ],
    ['name,rack\n,A7', 'by-name', ['2: Nothing in the columns that are taken over.']],
    [
      'name\nno_dns',
      'by-name',
      [
        '2: Name no_dns: no_dns is no DNS name. Names have letters, digits and hyphens, with dots between parts; no part starts or ends with a hyphen.',
      ],
    ],
  ])('%j', (text, mode, refused) => {
    expect(pasted(text, mode, { row: 0, column: 0 }).refused).toEqual(refused)
  })

  test('more than 500 VMs', () => {
    const full = { ...form, namePattern: 'web-{001..499}', range: '10.0.{n}.5/16' }
    const { refused, table } = pasted('name\na\nb', 'add', { row: 0, column: 0 }, full)
    expect(refused).toEqual(['3: One deployment has at most 500 VMs.'])
    expect(table.rows).toEqual([{ name: 'a' }])
  })
})
