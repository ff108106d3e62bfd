/**
 * The benchmark: `npm run bench [-- --vms 1,10,100 --clone linked --speed 4 --runs 3 --write docs/performance.md]`.
 * Batches through the whole server against the lower bound, beside what people write themselves; then planning times.
 * It prints Markdown; the limits are those of the environment (`CLONES_PER_SHARED_STORAGE` and the like).
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import {
  type Case,
  type Client,
  type CloneKind,
  limitsInForce,
  measureClient,
  measureDeployer,
} from './measure.ts'
import { benchPlans } from './plan.ts'
import { benchVms } from './vms.ts'
import { callTable, failures, resultTable, type Row, stageTable } from './tables.ts'

const { values } = parseArgs({
  options: {
    vms: { type: 'string', default: '1,10,100,500' },
    clone: { type: 'string', default: 'linked,full' },
    speed: { type: 'string', default: '4' },
    /** Of each batch; left out: 3 of up to 10 VMs, else 1. */
    runs: { type: 'string' },
    clients: { type: 'string', default: 'deployer,sequential,parallel' },
    /** The sequential client makes at most so many; its time for more is reckoned up. */
    sequential: { type: 'string', default: '5' },
    plans: { type: 'boolean', default: true },
    /** The list of 10,000 guests. */
    list: { type: 'boolean', default: true },
    batches: { type: 'boolean', default: true },
    write: { type: 'string' },
  },
  allowNegative: true,
})

const listOf = (text: string) => text.split(',').map((part) => part.trim())
const numbersOf = (name: string, text: string, most: number) =>
  listOf(text).map((part) => {
    const number = Number(part)
    if (Number.isInteger(number) && number >= 1 && number <= most) return number
    throw new Error(`--${name} takes whole numbers from 1 to ${most}, not "${part}"`)
  })
const wordsOf = <Word extends string>(name: string, text: string, words: readonly Word[]) =>
  listOf(text).map((part) => {
    const word = words.find((one) => one === part)
    if (word !== undefined) return word
    throw new Error(`--${name} takes ${words.join(', ')}, not "${part}"`)
  })

const sizes = numbersOf('vms', values.vms, 500)
const clones = wordsOf<CloneKind>('clone', values.clone, ['linked', 'full'])
const clients = wordsOf<Client>('clients', values.clients, ['deployer', 'sequential', 'parallel'])
const [speed = 1] = numbersOf('speed', values.speed, 20)
const [sequentialMost = 1] = numbersOf('sequential', values.sequential, 500)
const [fixedRuns] = values.runs === undefined ? [] : numbersOf('runs', values.runs, 100)

const say = (text: string) => process.stderr.write(`${text}\n`)

/** One batch by every client, each as often as asked. */
async function measure(vms: number, clone: CloneKind): Promise<Row[]> {
  const runs = fixedRuns ?? (vms <= 10 ? 3 : 1)
  const row = (client: Client): Row => ({ vms, clone, client, samples: [], measuredVms: null })
  const rows = {
    deployer: row('deployer'),
    sequential: row('sequential'),
    parallel: row('parallel'),
  }
  if (vms > sequentialMost) rows.sequential.measuredVms = sequentialMost
  for (let run = 1; run <= runs; run += 1) {
    const given: Case = { vms, clone, speed, seed: run }
    say(`${vms} ${clone}, run ${run} of ${runs} (load ${loadavg()[0]?.toFixed(1)})`)
    const { sample, plan } = await measureDeployer(given)
    rows.deployer.samples.push(sample)
    for (const client of ['sequential', 'parallel'] as const) {
      if (!clients.includes(client)) continue
      const measured = rows[client].measuredVms ?? vms
      const part = { ...plan, vms: plan.vms.slice(0, measured) }
      rows[client].samples.push(await measureClient(client, part, given))
    }
  }
  return clients.map((client) => rows[client])
}

const loadBefore = loadavg()[0] ?? 0
const rows: Row[] = []
if (values.batches)
  for (const clone of clones) for (const vms of sizes) rows.push(...(await measure(vms, clone)))
const planLines = values.plans ? await benchPlans() : []
const listLines = values.list ? await benchVms() : []

const { clonesPerSharedStorage, fullCopiesPerStorage, startsPerNode, agentCallsPerNode } =
  limitsInForce()
const load = `load ${loadBefore.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after`
const lines = [
  `Measured ${new Date().toISOString().slice(0, 10)}: ${availableParallelism()} × ${cpus()[0]?.model ?? 'CPU'}, ${load} ` +
    `(1 minute); cluster at ${speed} times real speed; limits: ${clonesPerSharedStorage} clones per shared storage, ` +
    `${fullCopiesPerStorage} full copies per storage, ${startsPerNode} starts and ${agentCallsPerNode} agent calls per node; ` +
    `${fixedRuns ?? '3 (up to 10 VMs) or 1'} run(s) of each batch; ≈: from ${sequentialMost} VMs.`,
  ...(rows.length === 0 ? [] : ['', ...resultTable(rows)]),
]
const failed = failures(rows)
if (failed.length > 0) lines.push('', 'Why VMs failed:', '', ...failed)
for (const { client, clone, vms, samples } of rows) {
  const [sample] = samples
  if (client !== 'deployer' || sample === undefined || vms !== sizes.at(-1)) continue
  lines.push('', `Where the time goes, ${vms} ${clone} (seconds since the request):`, '')
  lines.push(...stageTable(sample.stages), '', `Calls to Proxmox, ${vms} ${clone}:`, '')
  lines.push(...callTable(sample.calls, vms))
}
if (planLines.length > 0) lines.push('', 'Planning:', '', ...planLines)
if (listLines.length > 0) lines.push('', 'The list of VMs:', '', ...listLines)

console.log(lines.join('\n'))
if (values.write !== undefined) writeInto(values.write, lines)

/** Between the two marks of the page; what stands around them stays. */
function writeInto(path: string, text: string[]): void {
  const page = readFileSync(path, 'utf8')
  const marked = /(<!-- bench:begin -->\n)[^]*(<!-- bench:end -->)/
  if (!marked.test(page)) throw new Error(`${path} has no marks bench:begin and bench:end`)
  writeFileSync(
    path,
    page.replace(marked, (_, begin, end) => `${begin}${text.join('\n')}\n${end}`),
  )
}
