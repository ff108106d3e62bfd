import { validationOrderSchema } from '@deployer/core/vm-validation/order.ts'
import { describe, expect, it } from 'vitest'
import { type CheckKind, draftOf, readDraft } from './draft.ts'

const read = (kind: CheckKind, text: string) =>
  readDraft({ ports: '', checks: [{ id: 7, kind, text }] })

describe('a check that is typed', () => {
  it.each<[CheckKind, string, object]>([
    ['tcp', ' 5432 ', { kind: 'tcp', port: 5432 }],
    ['http', '', { kind: 'http' }],
    ['http', '/health?a=b', { kind: 'http', path: '/health?a=b' }],
    ['http', ':8080/health', { kind: 'http', port: 8080, path: '/health' }],
    ['http', '8080', { kind: 'http', port: 8080 }],
    ['https', '/', { kind: 'http', tls: true, path: '/' }],
    [
      'command',
      'sh -c "test -e /etc/done"',
      { kind: 'command', command: ['sh', '-c', 'test -e /etc/done'] },
    ],
  ])('%s "%s" is an order, and comes back as it was', (kind, text, check) => {
    const { order, checks } = read(kind, text)
    expect(checks.size).toBe(0)
    expect(order).toEqual({ checks: [check] })
    expect(validationOrderSchema.safeParse(order).success).toBe(true)
    expect(readDraft(draftOf(order)).order).toEqual(order)
  })

  it.each<[CheckKind, string]>([
    ['tcp', ''],
    ['tcp', '70000'],
    ['http', 'example.org/health'],
    ['http', 'http://10.0.0.1/'],
    ['http', ':0/'],
    ['command', '  '],
  ])('%s "%s" is none', (kind, text) => {
    const { order, checks } = read(kind, text)
    expect(order).toEqual({})
    expect([...checks.keys()]).toEqual([7])
  })
})

it.each([
  ['', undefined, null],
  ['22, 5432 80', [22, 5432, 80], null],
  ['22, ssh', [22], expect.any(String)],
  ['1 2 3 4 5 6 7 8 9 10 11', expect.any(Array), 'At most 10 ports'],
])('ports "%s"', (ports, numbers, wrong) => {
  const found = readDraft({ ports, checks: [] })
  expect(found.order.ports).toEqual(numbers)
  expect(found.ports).toEqual(wrong)
})
