import { checksumOf } from '../../src/internet/internet.ts'
import { reportAll } from '../../src/pvestatd.ts'
import { startSimulator, type Simulator } from '../../src/simulator.ts'
import type { Certificate } from '../../src/wire/certificate.ts'
import { doOnHost, giveOnly, tinyUrl } from './host.ts'
import { labNode, labWorld } from './lab-world.ts'
import { mismatches, type Bindings } from './match.ts'
import type { RawAnswer } from './raw-client.ts'
import { createSender, type Sender } from './send.ts'
import {
  expandCase,
  setupOf,
  type Answer,
  type Case,
  type Item,
  type Recorded,
  type RecordedVersion,
  type Step,
  type TaskOutcome,
} from './transcripts.ts'

/** Simulated seconds per real one: slower where seconds matter, so that a busy machine does not. */
const speedOf = ({ area }: Case) => {
  if (area === 'locks') return 4
  return area === 'power' || area === 'tasks' ? 10 : 50
}

type Run = {
  simulator: Simulator
  sender: Sender
  bindings: Bindings
  upids: string[]
  /** The exchange that is replayed now. */
  at: number
  problems: Problem[]
}

/** What differs: the exchange's number in the recording, -1 for the setup. */
export type Problem = { exchange: number; text: string }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const dataOf = (answer: RawAnswer): unknown => {
  const body = answer && parsed(answer.body)
  return isRecord(body) ? body['data'] : undefined
}

const isRequest = (step: Step): step is Step & Recorded =>
  step.method !== undefined && step.path !== undefined

/** Remembers what later requests refer to: UPIDs and secrets of tokens. */
const remember = (run: Run, request: Recorded, answer: RawAnswer) => {
  const data = dataOf(answer)
  if (typeof data === 'string' && data.startsWith('UPID:')) {
    run.upids.push(data)
    run.sender.values.set(`upid:${run.upids.length}`, data)
  }
  if (isRecord(data) && typeof data['pid'] === 'number')
    for (const name of ['<pid of the exec answer>', '<pid>'])
      run.sender.values.set(name, String(data['pid']))
  if (isRecord(data) && typeof data['value'] === 'string' && request.path.includes('/token/'))
    run.sender.values.set(`secret:${String(data['full-tokenid'])}`, data['value'])
}

const settle = async ({ simulator }: Run, upid: string | undefined) => {
  if (upid === undefined) return
  for (let running = true; running; running = simulator.tasks.isRunning(upid))
    await new Promise((resolve) => setTimeout(resolve, 2))
}

/** A step that only prepares: it has to go as it went when it was recorded. */
const prepare = async (run: Run, step: Step) => {
  if (!isRequest(step)) return doOnHost(run.simulator, step)
  const answer = await run.sender.send(step)
  remember(run, step, answer)
  const expected = typeof step.answer === 'string' ? Number(step.answer.slice(0, 3)) : step.answer
  if (expected !== undefined && answer?.status !== expected)
    run.problems.push({
      exchange: run.at,
      text: `${step.method} ${step.path}: ${answer?.status} ${answer?.reason} instead of ${String(step.answer)}`,
    })
  if (step.task !== undefined) await settle(run, run.upids.at(-1))
  return undefined
}

/** Rows that other cases had left were taken out of the recorded lists; the template is such a row where it is not shown. */
const comparable = (data: unknown, expected: unknown, sortedBy: string | undefined): unknown => {
  if (!Array.isArray(data) || !Array.isArray(expected)) return data
  const shownIds = new Set(expected.filter(isRecord).map((row) => row['vmid']))
  const rows = data.filter(
    (row) =>
      !isRecord(row) || ![9000, 1406].includes(Number(row['vmid'])) || shownIds.has(row['vmid']),
  )
  if (expected.length === 1 && typeof expected[0] === 'string' && expected[0].endsWith(' rows>'))
    return [`<${rows.length} rows>`]
  const elided = expected.findIndex((row) => typeof row === 'string' && row.startsWith('<... '))
  if (elided >= 0) return [...sorted(rows, sortedBy).slice(0, elided), expected[elided]]
  return sorted(rows, sortedBy)
}

const sorted = (rows: unknown[], sortedBy: string | undefined) => {
  if (sortedBy === undefined) return rows
  const keyOf = (row: unknown) => (isRecord(row) ? String(row[sortedBy]) : '')
  return rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

/** What stock QEMU keeps the lab from showing of a running guest, on 9.2 only. */
const notInLab = [
  'diskread',
  'diskwrite',
  'running-machine',
  'running-qemu',
  'proxmox-support',
  'mem',
  'memhost',
]

const asInLab = (data: unknown, expected: unknown): unknown => {
  if (!isRecord(data) || !isRecord(expected)) return data
  const lacksQmp = data['qmpstatus'] !== undefined && data['pid'] !== undefined
  if (!lacksQmp || expected['running-qemu'] !== undefined) return data
  const kept = Object.entries(data).filter(([key]) => !notInLab.includes(key))
  const own = notInLab.filter((key) => expected[key] !== undefined)
  return {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(own.map((key) => [key, expected[key]])),
  }
}

/** The total of a task list counts the tasks of other cases as well. */
const totalOf = (body: Record<string, unknown>) =>
  body['total'] === undefined ? {} : { total: '<int:total>' }

const compareBody = (
  run: Run,
  expected: Answer,
  answer: NonNullable<RawAnswer>,
  isTaskList: boolean,
): string[] => {
  if (expected.bodyEmpty) return answer.body === '' ? [] : [`body ${answer.body} instead of none`]
  if (expected.text !== undefined)
    return expected.text === '<HTML page>'
      ? []
      : mismatches(expected.text, answer.body, run.bindings, 'text')
  const body = parsed(answer.body)
  if (!isRecord(body) || !isRecord(expected.body))
    return mismatches(expected.body, body, run.bindings)
  const data = comparable(body['data'], expected.body['data'], expected.dataSortedBy)
  const shown = isTaskList ? { ...expected.body, ...totalOf(expected.body) } : expected.body
  return mismatches(shown, { ...body, data: asInLab(data, expected.body['data']) }, run.bindings)
}

const comparedHeaders = ['content-type', 'connection', 'content-encoding', 'location']

const compareHeaders = (expected: Answer, answer: NonNullable<RawAnswer>): string[] => {
  const recorded = expected.headers ?? {}
  const differing = comparedHeaders
    .filter(
      (name) => (recorded[name] ?? '').toLowerCase() !== (answer.headers[name] ?? '').toLowerCase(),
    )
    .filter((name) => !(name === 'location' && recorded[name] === undefined))
    .map((name) => `header ${name}: ${answer.headers[name]} instead of ${recorded[name]}`)
  const hasLength = answer.headers['content-length'] !== undefined
  if (
    recorded['content-length'] !== undefined &&
    (recorded['content-length'] === 'present') !== hasLength
  )
    differing.push(`content-length ${hasLength ? 'present' : 'absent'}`)
  return differing
}

const compareAnswer = (
  run: Run,
  expected: Answer,
  answer: RawAnswer,
  isTaskList: boolean,
): string[] => {
  if (expected.status === null)
    return answer ? [`answered ${answer.status}, not at all expected`] : []
  if (!answer) return ['no answer']
  const reason = expected.reason ?? ''
  return [
    ...(answer.status === expected.status
      ? []
      : [`status ${answer.status} instead of ${expected.status}`]),
    ...mismatches(reason, answer.reason, run.bindings, 'reason'),
    ...compareHeaders(expected, answer),
    ...compareBody(run, expected, answer, isTaskList),
  ]
}

/** How far a copy is at which moment is not the point, nor what only the lab's host printed. */
const comparedLines = (lines: string[]) =>
  lines.filter(
    (line) =>
      !/transferred |^trying to acquire lock|^ OK$|^<\.\.\. \d+ lines elided|^Can't exec "udevadm"|^\s*\.\.\. |^drive mirror is starting|^ *\d+K[ .]+\d+%/.test(
        line,
      ),
  )

const logOf = (data: unknown): string[] =>
  Array.isArray(data) ? comparedLines(data.filter(isRecord).map((row) => String(row['t']))) : []

/** A copy's log while it runs, or a page of it: as far as both have come, without the lines that say how far that is. */
const compareLogBody = (run: Run, expected: Answer, answer: NonNullable<RawAnswer>): string[] => {
  const body = parsed(answer.body)
  if (!isRecord(body) || !isRecord(expected.body)) return ['no log']
  const before = logOf(expected.body['data'])
  const now = logOf(body['data'])
  const shorter = Math.min(before.length, now.length)
  return mismatches(before.slice(0, shorter), now.slice(0, shorter), run.bindings, 'log')
}

const isLogOfCopy = ({ simulator, upids }: Run, { request }: Item) => {
  const [, index] = /\{upid:(\d+)[^}]*\}\/log$/.exec(request?.path ?? '') ?? []
  const upid = index === undefined ? undefined : upids[Number(index) - 1]
  return upid !== undefined && simulator.tasks.find(upid)?.type === 'qmclone'
}

const lastTask = ({ simulator, upids }: Run) => {
  const upid = upids.at(-1)
  return upid === undefined ? undefined : simulator.tasks.find(upid)
}

const compareTask = async (run: Run, expected: TaskOutcome): Promise<string[]> => {
  const upid = run.upids[expected.upid - 1]
  await settle(run, upid)
  const task = upid === undefined ? undefined : run.simulator.tasks.find(upid)
  if (task?.log.includes('Execute autostart')) await run.simulator.tasks.settled()
  if (!task) return [`task ${expected.upid} is not there`]
  const { type, id, user, tokenid, exitstatus, log } = task
  const outcome = { type, id, user, exitstatus, ...(tokenid === undefined ? {} : { tokenid }) }
  const { upid: _, logLines, ...rest } = expected
  const fields = Object.fromEntries(
    Object.entries(rest).filter(([key]) =>
      ['type', 'id', 'user', 'tokenid', 'exitstatus'].includes(key),
    ),
  )
  return [
    ...mismatches(fields, outcome, run.bindings, 'task'),
    ...mismatches(comparedLines(logLines), comparedLines(log), run.bindings, 'log'),
  ]
}

/** The recorder looked at a running copy, or stopped it, after a while. */
const copyHasBegun = async (run: Run) => {
  const task = lastTask(run)
  const { simulator } = run
  if (task?.type !== 'qmclone') return
  while (
    simulator.tasks.isRunning(task.upid) &&
    !task.log.some((line) => line.startsWith('transferred '))
  )
    await new Promise((resolve) => setTimeout(resolve, 2))
}

/** Files of the node do not exist here, but the stored password can be looked at. */
const compareArtefact = ({ simulator, bindings }: Run, item: Item): string[] => {
  const [, vmid] = /qemu-server\/(\d+)\.conf \(cipassword line\)/.exec(item.artefact ?? '') ?? []
  if (vmid === undefined) return []
  const config = simulator.world.guests.find((guest) => guest.vmid === Number(vmid))?.config ?? {}
  const lines = ['cipassword', 'ciuser'].map((key) => `${key}: ${config[key]}\n`)
  return mismatches(item.text, lines.join(''), bindings, 'file')
}

/** `PUT ... config, user has only VM.Audit on /`: each body with its answer. */
const replayObservation = async (run: Run, item: Item): Promise<string[]> => {
  const [, path, privilege] =
    /^PUT (\S+), user has only (\S+) on \/$/.exec(item.observation ?? '') ?? []
  if (item.observation?.startsWith('seconds from start task') === true) {
    await run.simulator.clock.skip(5000)
    return []
  }
  if (path === undefined || privilege === undefined || !item.results)
    return [`nothing replays this: ${item.observation}`]
  giveOnly(run.simulator, 'k@pve', privilege)
  const found: string[] = []
  for (const [body, expected] of Object.entries(item.results)) {
    const form: Record<string, unknown> = JSON.parse(body)
    const auth = { kind: 'ticket', user: 'k@pve', csrf: true }
    const answer = await run.sender.send({ method: 'PUT', path, form, auth })
    const shown = shownOutcome(answer)
    if (shown !== expected) found.push(`${body}: ${shown} instead of ${expected}`)
  }
  return found
}

const shownOutcome = (answer: RawAnswer) => {
  const body = answer && parsed(answer.body)
  const errors = isRecord(body) && isRecord(body['errors']) ? body['errors'] : undefined
  const details = Object.entries(errors ?? {}).map(
    ([key, text]) => `"${key}": ${JSON.stringify(text)}`,
  )
  const suffix = details.length === 0 ? '' : ` {${details.join(', ')}}`
  return `${answer?.status} ${answer?.reason}${suffix}`
}

/** Guest 1010 of the area `agent` stays from its case `boot` on. */
const prepareAgentGuest = async (run: Run, found: Case) => {
  const text = JSON.stringify(found.exchanges)
  if (found.area !== 'agent' || found.id === 'boot' || !text.includes('/qemu/1010/')) return
  const auth = { kind: 'token', tokenid: 'root@pam!lab' }
  const base = '/nodes/<node>/qemu'
  const form = { newid: 1010, name: 'agentvm' }
  await prepare(run, { method: 'POST', path: `${base}/9000/clone`, form, auth, task: 'OK' })
  await prepare(run, { method: 'POST', path: `${base}/1010/status/start`, auth, task: 'OK' })
  await run.simulator.clock.skip(5000)
  run.upids.length = 0
}

/** The recorder looked again when pvestatd had reported its guests. */
const showsReports = (item: Item) =>
  item.request?.path === '/cluster/resources' && JSON.stringify(item.response).includes('"maxcpu"')

/** A recorded `stopped` was asked for after the end of the task. */
const saysStopped = ({ body }: Answer) =>
  isRecord(body) && isRecord(body['data']) && body['data']['exitstatus'] !== undefined

/** What the recording shows as a checksum only was right, or wrong, by its outcome. */
const chooseChecksum = ({ sender }: Run, { thenTask }: Item) => {
  const isWrong = thenTask?.exitstatus?.startsWith('checksum mismatch') === true
  sender.values.set('<sha256>', isWrong ? '0'.repeat(64) : checksumOf(tinyUrl, 'sha256'))
}

const replayItem = async (run: Run, item: Item): Promise<string[]> => {
  if (item.artefact !== undefined) return compareArtefact(run, item)
  if (item.observation !== undefined) return replayObservation(run, item)
  if (item.action) {
    await prepare(run, item.action)
    return []
  }
  const found: string[] = []
  if (item.request && item.response) {
    if (isLogOfCopy(run, item) || item.request.path.includes('/tasks/{upid'))
      await copyHasBegun(run)
    if (saysStopped(item.response)) await settle(run, run.upids.at(-1))
    if (showsReports(item)) reportAll(run.simulator.cluster)
    if (run.simulator.world.internet.length > 0) chooseChecksum(run, item)
    const answer = await run.sender.send(item.request, {
      sameConnection: item.note?.startsWith('same connection') === true,
      tampered: item.note === 'tampered signature',
    })
    remember(run, item.request, answer)
    found.push(
      ...(answer && isLogOfCopy(run, item)
        ? compareLogBody(run, item.response, answer)
        : compareAnswer(run, item.response, answer, item.request.path.endsWith('/tasks'))),
    )
    for (const [name, value] of run.bindings) run.sender.values.set(name, value)
  } else if (item.thenTask === undefined)
    return [`nothing replays this: ${JSON.stringify(item).slice(0, 100)}`]
  if (item.thenTask) found.push(...(await compareTask(run, item.thenTask)))
  return found
}

/** Replays one case against a fresh simulator; answers what differs. */
export const replayCase = async (
  found: Case,
  version: RecordedVersion,
  certificate: Certificate,
): Promise<Problem[]> => {
  const simulator = await startSimulator({
    version,
    speed: speedOf(found),
    certificate,
    world: labWorld(version),
    pvestatdSeconds: 1e6,
  })
  const sender = createSender(simulator, labNode[version])
  const run: Run = { simulator, sender, bindings: new Map(), upids: [], at: -1, problems: [] }
  sender.values.set('<int:since>', String(simulator.clock.seconds() - 5))
  try {
    await prepareAgentGuest(run, found)
    for (const step of setupOf(found, version)) await prepare(run, step)
    for (const { exchange, item } of expandCase(found, version)) {
      run.at = exchange
      const differing = await replayItem(run, item)
      const { method = '', path = '' } = item.request ?? {}
      run.problems.push(
        ...differing.map((text) => ({ exchange, text: `${method} ${path}: ${text}` })),
      )
    }
    return run.problems
  } finally {
    sender.close()
    await simulator.close()
  }
}
