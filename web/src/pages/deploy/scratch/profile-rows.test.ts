import { profileOf } from '@deployer/core/hardware/profiles.ts'
import { osTypes } from '@deployer/core/hardware/request.ts'
import { describe, expect, test } from 'vitest'
import { shownRows } from './profile-rows.ts'

const context = { version: { major: 9, minor: 2 }, nodes: 3 }
const windows = profileOf('windows-11', context)

describe('the rows of a profile', () => {
  test.each(osTypes)('%s: untouched, they are the profile’s, with its reasons', (osType) => {
    const profile = profileOf(osType, context)
    expect(shownRows(profile, {}, {})).toEqual(
      profile.rows.map(({ setting: _setting, ...row }) => ({ ...row, own: null })),
    )
  })

  test('what somebody set stands in its row, with what it would be', () => {
    const rows = shownRows(windows, { cpuType: 'host', tpm: false }, { bus: 'sata' })
    expect(rows.filter((row) => row.own !== null)).toEqual([
      {
        key: 'tpmstate0',
        label: 'TPM',
        value: 'none',
        reason: 'You set it; Windows 11 would have tpmstate0 v2.0',
        own: 'tpm',
      },
      {
        key: 'cpu',
        label: 'CPU',
        value: 'host',
        reason: 'You set it; Windows 11 would have x86-64-v2-AES',
        own: 'cpuType',
      },
      {
        key: 'scsihw',
        label: 'Disk',
        value: 'bus=sata',
        reason: expect.stringContaining('You set it; Windows 11 would have scsi0'),
        own: 'disk',
      },
    ])
  })

  test('what the profile does not list comes after it', () => {
    expect(shownRows(windows, { sockets: '2', balloon: '0' }, {}).slice(-2)).toEqual([
      { key: 'sockets', label: 'Sockets', value: '2', reason: 'You set it', own: 'sockets' },
      { key: 'balloon', label: 'Ballooning', value: 'off', reason: 'You set it', own: 'balloon' },
    ])
  })

  test('BIOS has no keys', () => {
    const labels = shownRows(windows, { firmware: 'bios' }, {}).map((row) => row.label)
    expect(labels).not.toContain('Keys')
  })
})
