/** Held to outputs that the logs' former reader gave for the same lines. */
import { auditBody, type ChainEnd, chainStart, checkLink, seal } from '@deployer/core/audit.ts'
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'

const recordings = fileURLToPath(new URL('./audit-recordings/', import.meta.url))
const lines = join(recordings, 'lines.jsonl')
const recorded = (name: string) => readFileSync(join(recordings, name), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'audit-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const tool = fileURLToPath(new URL('./audit.ts', import.meta.url))
const audit = (...args: (string | Record<string, string>)[]) =>
  new Promise<{ code: number; out: string; err: string }>((done) => {
    const words = args.filter((arg) => typeof arg === 'string')
    const env = Object.assign(
      { PATH: process.env['PATH'] },
      ...args.filter((arg) => typeof arg !== 'string'),
    )
    execFile(process.execPath, [tool, ...words], { env }, (error, out, err) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })

describe('prints what the former reader printed', () => {
  test.each([
    ['statistics', []],
    ['statistics-failed', ['--filter-status', 'failed']],
    ['statistics-clones', ['--filter-operation', 'template_clone']],
    ['statistics-user', ['--filter-user', 'mira@pve']],
    ['statistics-since', ['--since', '2026-02-10T00:00:00Z']],
    ['statistics-until', ['--until', '2026-02-09T18:40:00.789000Z']],
    ['statistics-none', ['--filter-user', 'nobody@pam']],
  ])('%s', async (name, args) => {
    const { code, out, err } = await audit('--log-file', lines, ...args)
    expect(out).toBe(recorded(`${name}.txt`))
    expect(code).toBe(0)
    expect(err).toContain('Warning: Invalid JSON on line 5')
  })

  test('entries; values that are no text as JSON instead of as Python', async () => {
    const { out } = await audit('--log-file', lines, '--print-entries')
    const python = recorded('entries.txt')
      .replace('Status:     None', 'Status:     unknown')
      .replaceAll(/ None$/gm, ' null')
      .replaceAll(/ True$/gm, ' true')
      .replaceAll(/ False$/gm, ' false')
      .replaceAll(/\[.*\]$/gm, (list) => list.replaceAll("'", '"').replaceAll(', ', ','))
    expect(out).toBe(python)
  })
})

describe('exports the tables that the former reader exported', () => {
  test.each([
    ['all', []],
    ['clones', ['--filter-operation', 'template_clone']],
    ['creations', ['--filter-operation', 'vm_creation']],
    ['batches', ['--filter-operation', 'batch_clone']],
  ])('%s', async (name, args) => {
    const table = join(folder, `${name}.csv`)
    const { out } = await audit('--log-file', lines, '--export-csv', table, ...args)
    expect(readFileSync(table, 'utf8')).toBe(recorded(`${name}.csv`))
    expect(out).toMatch(/^✅ Exported \d entries to /)
  })

  test('nothing where nothing fits', async () => {
    const table = join(folder, 'none.csv')
    const { out, code } = await audit(
      '--log-file',
      lines,
      '--export-csv',
      table,
      '--filter-user',
      'x',
    )
    expect([out, code]).toEqual(['No entries to export\n', 0])
  })
})

describe('does what the former reader could not', () => {
  test.each([
    ['--since', '2026-02-10', 4],
    ['--until', '2026-02-09', 4],
    ['--since', '2026-02-10T08:05+01:00', 3],
    ['--until', '2026-02-10 07:05', 6],
  ])('%s %s', async (option, time, total) => {
    const { out } = await audit('--log-file', lines, '--json', option, time)
    expect(JSON.parse(out)).toMatchObject({ total })
  })

  test('says which time it does not understand', async () => {
    const { code, err } = await audit('--log-file', lines, '--since', 'yesterday')
    expect(code).toBe(1)
    expect(err).toContain('--since is a time such as 2026-02-09')
  })

  test('says that there is no file, and that one is empty', async () => {
    const missing = await audit('--log-file', join(folder, 'missing.log'))
    expect(missing).toMatchObject({ code: 1, out: '' })
    expect(missing.err).toContain('Error: Audit log not found: ')
    const empty = join(folder, 'empty.log')
    writeFileSync(empty, '')
    expect(await audit('--log-file', empty)).toMatchObject({
      code: 0,
      out: 'No entries found in audit log\n',
    })
  })

  test('reads rotated files, oldest first', async () => {
    const file = join(folder, 'rotated.log')
    const [first = '', second = '', third = ''] = recorded('lines.jsonl').split('\n')
    for (const [name, line] of [
      [`${file}.10`, first],
      [`${file}.2`, second],
      [file, third],
    ] as const)
      writeFileSync(name, `${line}\n`)
    const { out } = await audit('--log-file', file, '--print-entries', '--json')
    expect(JSON.parse(out)).toMatchObject([
      { operation: 'vm_creation' },
      { operation: 'template_clone' },
      { operation: 'batch_clone' },
    ])
  })

  test('counts an operation once, not its intent as well', async () => {
    const file = join(folder, 'intents.log')
    writeFileSync(
      file,
      chain(4, (id) => (id === 2 ? { intent: true } : id === 3 ? { closes: 2 } : {})),
    )
    expect(JSON.parse((await audit('--log-file', file, '--json')).out)).toMatchObject({ total: 3 })
    expect(JSON.parse((await audit('--log-file', file, '--json', '--all')).out)).toMatchObject({
      total: 4,
    })
  })
})

const chain = (count: number, more: (id: number) => object = () => ({})): string => {
  let end: ChainEnd = chainStart
  const sealed: string[] = []
  for (let id = 1; id <= count; id += 1) {
    const actor = { username: 'mira@pve', kind: 'person', address: null, requestId: null } as const
    const body = auditBody({ operation: 'vm_power', status: 'success', actor, ...more(id) })
    const line = seal(body, `2026-11-23T10:00:0${id}.000000Z`, end)
    const check = checkLink(line, end)
    if (check.ok) end = check.end
    sealed.push(line)
  }
  return `${sealed.join('\n')}\n`
}

const verify = async (name: string, changed: string[]) => {
  const file = join(folder, name)
  writeFileSync(file, `${changed.join('\n')}\n`)
  return audit('verify', '--log-file', file)
}

describe('verify', () => {
  const whole = chain(6).trimEnd().split('\n')
  test('finds a whole log whole', async () => {
    expect(await verify('whole.log', whole)).toMatchObject({
      code: 0,
      out: expect.stringContaining('Files: 6 entries, 1 to 6, none changed, none missing.'),
    })
  })

  test('says that there is no database, and makes none', async () => {
    const { code, err } = await audit('verify', { DATA_DIR: join(folder, 'nothing') })
    expect(code).toBe(1)
    expect(err).toContain('Error: There is no database in ')
    expect(existsSync(join(folder, 'nothing'))).toBe(false)
  })

  test('takes a log whose beginning was rotated away, and lines of another program in front', async () => {
    expect(await verify('later.log', whole.slice(2))).toMatchObject({ code: 0 })
    const older = recorded('lines.jsonl').split('\n').slice(0, 2)
    expect(await verify('older.log', [...older, ...whole])).toMatchObject({
      code: 0,
      out: expect.stringContaining('2 lines in front are of another program.'),
    })
  })

  test.each([
    [
      'changed',
      (log: string[]) => log.with(2, (log[2] ?? '').replace('mira', 'root')),
      'Entry 3 was changed after it was written.',
      3,
    ],
    ['missing', (log: string[]) => log.toSpliced(3, 1), 'Entry 4 is missing.', 4],
    [
      'moved',
      (log: string[]) => [
        ...log.slice(0, 1),
        ...log.slice(2, 4),
        ...log.slice(1, 2),
        ...log.slice(4),
      ],
      'Entry 2 does not follow entry 1; it stands elsewhere.',
      2,
    ],
    [
      'repeated',
      (log: string[]) => [...log.slice(0, 4), ...log.slice(2)],
      'Entry 3 stands after entry 4.',
      5,
    ],
    [
      'foreign',
      (log: string[]) => log.toSpliced(4, 0, '{"timestamp":"now","operation":"vm_power"}'),
      'Where entry 5 belongs stands something else.',
      5,
    ],
    [
      'no JSON',
      (log: string[]) => log.with(5, 'x'),
      'Where entry 6 belongs stands something else.',
      6,
    ],
  ])('names the first bad one: %s', async (name, change, sentence, line) => {
    const { code, out } = await verify(`${name}.log`, change(whole))
    expect(out).toBe(`Files: ${sentence} ${name}.log, line ${line}.\n`)
    expect(code).toBe(1)
  })
})
