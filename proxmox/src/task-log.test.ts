import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { none, testServers } from '../test/fixture.ts'
import { json } from '../test/https-server.ts'
import { cloneProgress, readLog, stopTask } from './task-log.ts'

const { server, connect } = testServers()
const upid = 'UPID:pve1:0000A1B2:00C3D4E5:6B03C8B5:qmclone:9000:root@pam!lab:'
const inPath = 'UPID%3Apve1%3A0000A1B2%3A00C3D4E5%3A6B03C8B5%3Aqmclone%3A9000%3Aroot%40pam!lab%3A'

describe('readLog', () => {
  it('reads on from where it was', async () => {
    const pve = await server()
    const api = connect([pve.host]).api(none)
    pve.reply(
      json([
        { n: 1, t: 'one' },
        { n: 2, t: 'two' },
      ]),
      json([{ n: 3, t: 'three' }]),
      json([]),
    )
    expect(await readLog(api, upid, 0)).toEqual({ lines: ['one', 'two'], next: 2 })
    expect(await readLog(api, upid, 2)).toEqual({ lines: ['three'], next: 3 })
    expect(await readLog(api, upid, 3)).toEqual({ lines: [], next: 3 })
    expect(pve.received.map(({ url }) => url)).toEqual([
      `/api2/json/nodes/pve1/tasks/${inPath}/log?start=0&limit=500`,
      `/api2/json/nodes/pve1/tasks/${inPath}/log?start=2&limit=500`,
      `/api2/json/nodes/pve1/tasks/${inPath}/log?start=3&limit=500`,
    ])
  })

  it.each([
    ['an empty log', [{ n: 1, t: 'no content' }]],
    ['no log, 9.2', [{ n: 1, t: 'unable to open file - No such file or directory' }]],
    ['no log, 8.4', { n: 1, t: 'unable to open file - No such file or directory' }],
  ])('%s has no lines, and does not count as read', async (_, data) => {
    const pve = await server()
    pve.reply(json(data))
    const log = await readLog(connect([pve.host]).api(none), upid, 0)
    expect(log).toEqual({ lines: [], next: 0 })
  })

  it('refuses what is no UPID', async () => {
    const api = connect(['pve1.invalid']).api(none)
    await expect(readLog(api, 'UPID:x', 0)).rejects.toThrow('not a UPID')
  })
})

it('stopTask asks the node that runs the task', async () => {
  const pve = await server()
  await stopTask(connect([pve.host]).api(none), upid)
  expect(pve.received[0]).toMatchObject({
    method: 'DELETE',
    url: `/api2/json/nodes/pve1/tasks/${inPath}`,
  })
})

const copied = (percent: string) => `transferred 29.7 MiB of 2.1 GiB (${percent}%)`

describe('cloneProgress', () => {
  const cloudInit = 'create full clone of drive ide2 (local:9000/vm-9000-cloudinit.qcow2)'
  const disk = 'create full clone of drive scsi0 (local:9000/base-9000-disk-0.qcow2)'
  const linked = 'create linked clone of drive scsi0 (local-lvm:base-9000-disk-0)'

  it.each<[string, string[], number, number]>([
    ['nothing yet', [], 2, 0],
    ['9.2 says hello first', ['creating a clone of VM 9000 with ID 401'], 2, 0],
    ['the first drive begins', [cloudInit], 2, 0],
    ['the second begins: the first is done', [cloudInit, disk], 2, 0.5],
    ['half of the second', [cloudInit, disk, copied('0.00'), copied('50.00')], 2, 0.75],
    ['the last line comes twice', [disk, copied('100.00'), copied('100.00')], 1, 1],
    ['the next drive starts anew', [disk, copied('100.00'), cloudInit], 3, 1 / 3],
    ['linked drives have no percentage', [cloudInit, linked], 2, 0.5],
    ['it is done', [cloudInit, linked, 'TASK OK'], 2, 1],
    ['done with warnings', [disk, 'TASK WARNINGS: 1'], 4, 1],
    [
      'a running source is mirrored',
      [disk, 'drive-scsi0: transferred 512.0 MiB of 1.0 GiB (50.00%) in 0s'],
      1,
      0.5,
    ],
    [
      'a failure stays where it was',
      [disk, copied('3.51'), 'TASK ERROR: clone failed: interrupted by signal (100%)'],
      1,
      0.0351,
    ],
    ['more drives than were told', [disk, disk, disk], 2, 2 / 3],
  ])('%s', (_, lines, drives, expected) => {
    expect(cloneProgress(lines, drives)).toBeCloseTo(expected, 6)
  })

  it('never falls, and stays between 0 and 1', () => {
    const line = fc.oneof(
      fc.constantFrom(cloudInit, disk, linked, 'allocated target volume', 'TASK ERROR: x'),
      fc.double({ min: 0, max: 120, noNaN: true }).map((percent) => copied(percent.toFixed(2))),
    )
    fc.assert(
      fc.property(fc.array(line), fc.integer({ min: 0, max: 6 }), (lines, drives) => {
        const started = lines.filter((one) => one.startsWith('create ')).length
        fc.pre(drives >= started)
        const course = lines.map((_, index) => cloneProgress(lines.slice(0, index + 1), drives))
        expect(course).toEqual(course.toSorted((a, b) => a - b))
        for (const value of course) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})
