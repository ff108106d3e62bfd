import type { AuditDraft } from '@deployer/core/audit.ts'
import { beforeEach, expect, test } from 'vitest'
import { createRefusals } from './refusals.ts'

let now: number
let written: AuditDraft[]
let refusals: ReturnType<typeof createRefusals>

beforeEach(() => {
  now = 0
  written = []
  refusals = createRefusals({
    write: async (drafts) => {
      written.push(...drafts)
    },
    now: () => now,
  })
})

const attempt = (username: string, address: string): AuditDraft => ({
  operation: 'sign_in',
  status: 'failed',
  reason: 'refused',
  actor: { username, kind: 'unknown', address, requestId: null },
})

test('10,000 attempts of one address are 30 entries and a count', async () => {
  for (let n = 0; n < 10_000; n += 1) await refusals.record(attempt(`user-${n}@pam`, '10.0.0.9'))
  expect(written).toHaveLength(30)
  now = 61_000
  await refusals.flush(false)
  expect(written).toHaveLength(31)
  expect(written.at(-1)).toMatchObject({ details: { repeated: 9970 } })
  await refusals.record(attempt('user@pam', '10.0.0.9'))
  expect(written).toHaveLength(32)
})

test('those of another address have entries of their own', async () => {
  for (let n = 0; n < 100; n += 1) await refusals.record(attempt('mira@pve', '10.0.0.9'))
  await refusals.record(attempt('mira@pve', '10.0.0.10'))
  expect(written).toHaveLength(31)
})

test('what was only counted is written at the end', async () => {
  for (let n = 0; n < 31; n += 1) await refusals.record(attempt('mira@pve', '10.0.0.9'))
  await refusals.flush(true)
  expect(written.at(-1)).toMatchObject({ details: { repeated: 1 } })
  await refusals.flush(true)
  expect(written).toHaveLength(31)
})

test('from ever new addresses it remembers only so many', async () => {
  for (let n = 0; n < 5000; n += 1)
    await refusals.record(attempt('mira@pve', `10.0.${n >> 8}.${n & 255}`))
  expect(written).toHaveLength(5000)
})
