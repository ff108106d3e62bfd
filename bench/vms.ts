/**
 * `GET /vms` of a cluster with 10,000 guests, through the whole server in a process of its own, as a page asks for it: the
 * packed list, and whether it has changed. Every request counts, those beside a refresh of the list too.
 */
import { demoTokenSecret } from '@deployer/simulator/worlds/demo.ts'
import { setTimeout as pause } from 'node:timers/promises'
import { Agent, request } from 'undici'
import { startCluster, startDeployer } from './processes.ts'
import { table } from './tables.ts'

const GUESTS = 10_000
const REQUESTS = 600
/** Twenty pages that ask every second. */
const EVERY_MS = 50
const GOAL_MS = 50

const headers = {
  authorization: `PVEAPIToken=root@pam!demo=${demoTokenSecret}`,
  'accept-encoding': 'gzip',
}

type Answer = { milliseconds: number; bytes: number; status: number; etag: string }

async function ask(url: string, dispatcher: Agent, known?: string): Promise<Answer> {
  const began = performance.now()
  const {
    statusCode,
    headers: answered,
    body,
  } = await request(url, {
    dispatcher,
    headers: { ...headers, ...(known !== undefined && { 'if-none-match': known }) },
  })
  const bytes = (await body.arrayBuffer()).byteLength
  const milliseconds = performance.now() - began
  return { milliseconds, bytes, status: statusCode, etag: String(answered['etag']) }
}

/** As Markdown. */
export async function benchVms(): Promise<string[]> {
  const cluster = await startCluster(1, 1, ['--guests', String(GUESTS)])
  const deployer = await startDeployer(cluster, 1)
  const dispatcher = new Agent()
  try {
    const url = `${deployer.api}/vms`
    const first = await ask(url, dispatcher)
    const whole = await spread(() => ask(url, dispatcher))
    let { etag } = first
    const conditional = await spread(async () => {
      const answer = await ask(url, dispatcher, etag)
      etag = answer.etag
      return answer
    })
    return table(
      ['Milliseconds', 'Answer', 'first', 'median', 'p95', 'p99', 'most', 'goal (p99)'],
      [
        row(`GET /vms, ${GUESTS} guests`, whole, first),
        row('the same with If-None-Match', conditional),
      ],
    )
  } finally {
    await dispatcher.close()
    await deployer.stop()
    await cluster.stop()
  }
}

/** One after another, with the pauses of a page. */
async function spread(work: () => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let index = 0; index < REQUESTS; index += 1) {
    answers.push(await work())
    await pause(EVERY_MS)
  }
  return answers
}

function row(name: string, answers: Answer[], first?: Answer): string[] {
  const times = answers.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b)
  const at = (share: number) => String(Math.round(times[Math.ceil(times.length * share) - 1] ?? 0))
  const bytes = answers.map((answer) => answer.bytes).toSorted((a, b) => a - b)
  return [
    name,
    `${Math.round((bytes[bytes.length >> 1] ?? 0) / 1024)} KiB`,
    first ? String(Math.round(first.milliseconds)) : '',
    at(0.5),
    at(0.95),
    at(0.99),
    at(1),
    String(GOAL_MS),
  ]
}
