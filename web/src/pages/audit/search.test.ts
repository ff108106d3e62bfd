import { describe, expect, it } from 'vitest'
import { apiFilters, exportAddress, readAuditSearch } from './search.ts'

const now = Date.parse('2026-11-23T12:00:00Z')

describe('the address of the audit page', () => {
  it('keeps what it knows and leaves out the rest', () => {
    expect(
      readAuditSearch({ q: 101, time: 'day', result: 'failed', action: 'sign_in', entry: 7, x: 1 }),
    ).toMatchObject({ q: '101', time: 'day', result: 'failed', action: 'sign_in', entry: 7 })
    expect(readAuditSearch({ time: 'year', result: 'ok', entry: '7', actor: '' })).toMatchObject({
      time: undefined,
      result: undefined,
      entry: undefined,
      actor: undefined,
    })
  })

  it('becomes the filters of the API, with its own names', () => {
    expect(apiFilters({ time: 'hour', action: 'vm_power', result: 'success' }, now)).toEqual({
      since: '2026-11-23T11:00:00.000Z',
      operation: 'vm_power',
      status: 'success',
    })
    expect(apiFilters({}, now)).toEqual({})
  })

  it('leads to an export of what is shown', () => {
    expect(exportAddress({ q: 'a&b', actor: 'mira@pve' }, 'csv', now)).toBe(
      '/api/v1/audit/export?format=csv&q=a%26b&actor=mira%40pve',
    )
  })
})
