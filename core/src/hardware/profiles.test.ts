import { describe, expect, test } from 'vitest'
import { type ProfileContext, profileOf, type ProfileSize } from './profiles.ts'
import { osTypes } from './request.ts'

const contexts: [string, ProfileContext][] = [
  ['7.4', { version: { major: 7, minor: 4 }, nodes: 3 }],
  ['8.4', { version: { major: 8, minor: 4 }, nodes: 3 }],
  ['9.2', { version: { major: 9, minor: 2 }, nodes: 3 }],
  ['a single node', { version: { major: 9, minor: 2 }, nodes: 1 }],
]

const enough = (size: ProfileSize, least: ProfileSize) =>
  size.cores >= least.cores && size.memoryMiB >= least.memoryMiB && size.diskGiB >= least.diskGiB

describe.each(contexts)('on %s', (_where, context) => {
  test.each(osTypes)('%s has sizes that do, and a reason for each value', (osType) => {
    const { minimum, recommended, presets, rows, hardware } = profileOf(osType, context)
    const [small, medium, large] = presets
    expect(
      [recommended, small, medium, large].map((size) => size && enough(size, minimum)),
    ).toEqual([true, true, true, true])
    expect(medium && large && enough(large, medium)).toBe(true)
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
    for (const { reason } of rows) expect(reason).toMatch(/^[A-Z].*[^.]$/)
    const values = Object.fromEntries(rows.map(({ key, value }) => [key, value]))
    expect(values).toMatchObject({ machine: hardware.machine, cpu: hardware.cpuType })
    expect('tpmstate0' in values).toBe(hardware.tpm)
    expect('pre-enrolled-keys' in values).toBe(hardware.firmware === 'uefi')
  })
})
