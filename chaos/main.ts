/**
 * `npm run chaos -- --seed 7 --vms 100 [--share 0.1] [--kills 3] [--speed 20] [--runs 50]`: deployments on a cluster on a bad
 * day, with a server that is killed, and then the invariants (check.ts). The seed decides everything that is random; with
 * `--runs` the following seeds as well. Ends with 1 where one does not hold.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { run, type RunResult } from './run.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    vms: { type: 'string', default: '100' },
    share: { type: 'string', default: '0.1' },
    kills: { type: 'string', default: '3' },
    /** Somebody cancels one of the batches. */
    cancel: { type: 'boolean', default: false },
    speed: { type: 'string', default: '20' },
    runs: { type: 'string', default: '1' },
    /** A folder for files with everything that is known of runs in which something is broken. */
    dump: { type: 'string' },
    /** Seconds for each run. */
    patience: { type: 'string', default: '600' },
  },
})

const numberOf = (name: keyof typeof values, least: number, most: number) => {
  const number = Number(values[name])
  if (Number.isFinite(number) && number >= least && number <= most) return number
  throw new Error(`--${name} takes a number from ${least} to ${most}, not "${values[name]}"`)
}

const firstSeed = numberOf('seed', 0, 2 ** 31)
const runs = numberOf('runs', 1, 1000)
const given = {
  vms: numberOf('vms', 1, 500),
  share: numberOf('share', 0, 1),
  kills: numberOf('kills', 0, 100),
  cancel: values.cancel,
  speed: numberOf('speed', 1, 200),
}

const say = (text: string) => console.log(text)

// So that what was started ends as well.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const listed = (counts: Record<string, number>) =>
  Object.entries(counts)
    .toSorted(([, one], [, other]) => other - one)
    .map(([what, count]) => `${count} × ${what}`)

function report({
  options,
  broken,
  seconds,
  kills,
  summary,
  reasons,
  state,
  leftByProxmox,
}: RunResult): void {
  const disturbed = Object.values(state.faults.strikes).reduce((sum, count) => sum + count, 0)
  say(`Disturbed calls: ${disturbed} of ${state.calls}`)
  for (const line of listed(state.faults.strikes)) say(`    ${line}`)
  say(`VMs of somebody else: ${state.faults.otherVms.length} made meanwhile`)
  if (summary.failed > 0) say(`Why VMs failed: ${listed(reasons).join(', ')}`)
  if (leftByProxmox.length > 0) say(`Left behind by Proxmox itself: ${leftByProxmox.join(', ')}`)
  for (const line of broken) say(`  BROKEN  ${line}`)
  say(
    `Seed ${options.seed}: ${summary.succeeded} of ${summary.total} VMs succeeded, ${summary.failed} failed, ${summary.cancelled} were cancelled; ${kills} kills, ` +
      `${seconds.toFixed(0)} s; ${broken.length === 0 ? 'every invariant holds' : `${broken.length} broken`}`,
  )
}

let failed = 0
for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
  const options = { seed, ...given }
  say(
    `Seed ${seed}: ${given.vms} VMs, ${given.share * 100} % of calls disturbed, ${given.kills} kills, cluster at ${given.speed} times real speed`,
  )
  try {
    const result = await run(options, { say, patienceSeconds: numberOf('patience', 1, 86_400) })
    report(result)
    if (result.broken.length === 0) continue
    failed += 1
    if (values.dump !== undefined)
      writeFileSync(join(values.dump, `${seed}.json`), JSON.stringify(result))
  } catch (error) {
    failed += 1
    say(`Seed ${seed}: BROKEN  ${error instanceof Error ? (error.stack ?? '') : String(error)}`)
  }
}
if (runs > 1) say(`${runs - failed} of ${runs} runs without a broken invariant`)
process.exit(failed === 0 ? 0 : 1)
