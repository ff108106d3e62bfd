import type { Api } from '@deployer/proxmox/client.ts'
import { formatUpid } from '@deployer/proxmox/upid.ts'
import { expect, test } from 'vitest'
import { createProgressBoard } from './progress.ts'

const upidOf = (pid: number, node = 'pve1') =>
  formatUpid({
    node,
    pid,
    processStart: 1,
    startedAtSeconds: 1_795_410_101,
    type: 'qmclone',
    id: '9000',
    user: 'ada@pve',
  })

/** A log that has a line more at every read. */
const api: Pick<Api, 'call' | 'send'> = {
  call: async () => JSON.parse('[{"n":1,"t":"transferred 1 of 4 GiB (25.00%)"}]'),
  send: async () => null,
}

const createBoard = () => {
  /** The steps that each tick told of. */
  const ticks: string[][] = []
  const board = createProgressBoard({
    journal: {
      writeProgress: async (entries) => {
        ticks.push(entries.map(({ ref }) => ref.stepId))
      },
    },
    isFollowed: () => true,
    tickMs: 10,
    logger: { warn: () => {} },
  })
  const track = (stepId: string, upid: string) =>
    board.track({
      ref: { deploymentId: 'd-1', vmId: 'd-1-1', stepId, attempt: 1 },
      upid,
      api,
      source: 'image',
    })
  return { board, ticks, track }
}

test('the first few copies of a deployment are read at every tick', async () => {
  const { board, ticks, track } = createBoard()
  for (let copy = 1; copy <= 8; copy += 1) track(`copy-${copy}`, upidOf(copy))
  await expect.poll(() => ticks.length, { interval: 5 }).toBeGreaterThan(2)
  board.stop()
  expect(ticks.every((told) => told.length === 8)).toBe(true)
})

test('later ones are read in turn, one of a node at a time', async () => {
  const { board, ticks, track } = createBoard()
  for (let copy = 1; copy <= 8; copy += 1) track(`early-${copy}`, upidOf(copy))()
  const late = ['one', 'two', 'three']
  for (const [index, name] of late.entries()) track(name, upidOf(100 + index))
  track('elsewhere', upidOf(200, 'pve2'))
  await expect.poll(() => new Set(ticks.flat()).size, { interval: 5 }).toBe(4)
  board.stop()
  const here = ticks.map((told) => told.filter((name) => late.includes(name)))
  expect(Math.max(...here.map((told) => told.length))).toBe(1)
  expect(here.flat().slice(0, 3)).toEqual(late)
})
