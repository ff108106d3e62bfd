import { describe, expect, it } from 'vitest'
import { remember } from './cache.ts'

const counting = () => {
  let count = 0
  return async () => (count += 1)
}

describe('remember', () => {
  it('shares one answer between calls at the same time and shortly after', async () => {
    let time = 0
    const known = remember<number>(3, () => time)
    const load = counting()
    expect(await Promise.all([known('a', load), known('a', load)])).toEqual([1, 1])
    time = 2999
    expect(await known('a', load)).toBe(1)
    time = 3000
    expect(await known('a', load)).toBe(2)
  })

  it('keeps callers apart', async () => {
    const known = remember<number>(3)
    const load = counting()
    expect([await known('root@pam /', load), await known('viewer@pve /', load)]).toEqual([1, 2])
  })

  it('asks again where fresh is wanted, and others then get the fresh answer', async () => {
    const known = remember<number>(3)
    const load = counting()
    await known('a', load)
    expect(await known('a', load, true)).toBe(2)
    expect(await known('a', load)).toBe(2)
  })

  it('does not remember a failure', async () => {
    const known = remember<number>(3)
    await expect(known('a', () => Promise.reject(new Error('595')))).rejects.toThrow('595')
    expect(await known('a', counting())).toBe(1)
  })
})
