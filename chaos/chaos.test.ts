/** Chaos runs in small. A seed that fails here: `npm run chaos -- --seed N --vms 6 --kills 2 --speed 40`. */
import { createLimit } from '@deployer/proxmox/limit.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createServer, startCluster, type ServerProcess } from './processes.ts'
import { run } from './run.ts'

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1)
const SPEED = 40
const PATIENCE_SECONDS = 120

/** Was started once and has a database, which every run begins with a copy of. */
let template: ServerProcess

beforeAll(async () => {
  const cluster = await startCluster(SPEED, 1)
  template = createServer({ cluster, speed: SPEED, template: null })
  await template.start()
  await template.stop()
  await cluster.stop()
})
afterAll(() => template.remove())

const twoAtATime = createLimit(2)

describe.concurrent('a batch on a bad day, with a server that is killed twice', () => {
  test.each(SEEDS)(
    'seed %i: every VM ends once, as planned or with a reason',
    { timeout: SEEDS.length * PATIENCE_SECONDS * 1000 },
    (seed) =>
      twoAtATime(async () => {
        const lines: string[] = []
        const { broken, summary } = await run(
          { seed, vms: 6, share: 0.1, kills: 2, cancel: seed % 2 === 0, speed: SPEED },
          {
            template: template.data,
            patienceSeconds: PATIENCE_SECONDS,
            say: (line) => lines.push(line),
          },
        )
        if (broken.length > 0) console.log(lines.join('\n'))
        expect(broken).toEqual([])
        expect(summary.succeeded + summary.failed + summary.cancelled).toBe(6)
      }),
  )
})
