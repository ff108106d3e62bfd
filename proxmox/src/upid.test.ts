import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatUpid, parseUpid, taskOutcome, type TaskOutcome, type Upid } from './upid.ts'

describe('parseUpid', () => {
  it('reads every part', () => {
    expect(parseUpid('UPID:pve1:0000A1B2:00C3D4E5F:6B03C8B5:qmclone:9000:root@pam!lab:')).toEqual({
      node: 'pve1',
      pid: 0xa1_b2,
      processStart: 0xc_3d_4e_5f,
      startedAtSeconds: 0x6b_03_c8_b5,
      type: 'qmclone',
      id: '9000',
      user: 'root@pam!lab',
    })
  })

  it.each([
    ['an empty id', 'UPID:pve1:0000A1B2:00C3D4E5:6B03C8B5:aptupdate::root@pam:'],
    ['an id with a storage', 'UPID:pve1:0000A1B2:00C3D4E5:6B03C8B5:imgdel:9000@local:root@pam:'],
  ])('takes %s', (_, text) => {
    expect(parseUpid(text)).not.toBeNull()
  })

  it.each([
    '',
    'OK',
    'UPID:pve1:0000A1B2:00C3D4E5:6B03C8B5:qmclone:9000:root@pam',
    'UPID:pve1:A1B2:00C3D4E5:6B03C8B5:qmclone:9000:root@pam:',
    'UPID:-pve1:0000A1B2:00C3D4E5:6B03C8B5:qmclone:9000:root@pam:',
    'UPID:pve1:0000A1B2:00C3D4E5:6B03C8B5:qmclone:9000:root@pam:x',
    'UPID:pve1:0000A1B2:00C3D4E5:6B03C8B5::9000:root@pam:',
    'UPID:pve1:0000A1B2:00C3D4E5:6B03C8B5:qmclone:90 00:root@pam:',
  ])('"%s" is none', (text) => {
    expect(parseUpid(text)).toBeNull()
  })

  it('reads what formatUpid writes', () => {
    const word = fc.stringMatching(/^[a-z0-9]{1,12}$/)
    const upid: fc.Arbitrary<Upid> = fc.record({
      node: fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/),
      pid: fc.nat({ max: 0xff_ff_ff_ff }),
      processStart: fc.nat({ max: 0xf_ff_ff_ff_ff }),
      startedAtSeconds: fc.nat({ max: 0xff_ff_ff_ff }),
      type: word,
      id: fc.oneof(fc.constant(''), word),
      user: fc.tuple(word, word).map(([user, realm]) => `${user}@${realm}`),
    })
    fc.assert(
      fc.property(upid, (one) => {
        expect(parseUpid(formatUpid(one))).toEqual(one)
      }),
    )
  })
})

describe('taskOutcome', () => {
  it.each<[string | undefined, TaskOutcome]>([
    ['OK', { outcome: 'ok' }],
    ['WARNINGS: 3', { outcome: 'warnings', count: 3 }],
    ['VM is locked (backup)', { outcome: 'failed', message: 'VM is locked (backup)' }],
    [
      'unable to create VM 101 - VM 101 already exists on node',
      { outcome: 'failed', message: 'unable to create VM 101 - VM 101 already exists on node' },
    ],
    ['received interrupt', { outcome: 'failed', message: 'received interrupt' }],
    ['WARNINGS: many', { outcome: 'failed', message: 'WARNINGS: many' }],
    ['OK, but', { outcome: 'failed', message: 'OK, but' }],
    ['unexpected status', { outcome: 'unknown', message: 'unexpected status' }],
    [
      'unable to open file - No such file or directory',
      { outcome: 'unknown', message: 'unable to open file - No such file or directory' },
    ],
    [
      'unable to get last line from task log - x',
      { outcome: 'unknown', message: 'unable to get last line from task log - x' },
    ],
    [
      'unable to read tail (got 0 bytes)',
      { outcome: 'unknown', message: 'unable to read tail (got 0 bytes)' },
    ],
    ['', { outcome: 'unknown', message: 'the task ended without a status' }],
    [undefined, { outcome: 'unknown', message: 'the task ended without a status' }],
  ])('%s', (status, outcome) => {
    expect(taskOutcome(status)).toEqual(outcome)
  })
})
