/** Looks at one VM: Proxmox's word first, then its agent, its address, its ports, and the checks of one's own. Only reads. */
import type { AgentInterface } from '@deployer/core/select-address.ts'
import {
  type Config,
  type CurrentStatus,
  httpPort,
  type Judged,
  judgeAddress,
  judgeAgentRefusal,
  judgeCommand,
  judgeHttp,
  judgePort,
  judgeStatus,
  osTypeOf,
  portsFor,
  verdictOf,
} from '@deployer/core/vm-validation/judge.ts'
import type {
  CheckResult,
  Outcome,
  OwnCheck,
  ValidationOrder,
} from '@deployer/core/vm-validation/order.ts'
import type { Api } from '@deployer/proxmox/client.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { tryHttp, tryPort } from '../guests/probes.ts'
import { runCommand } from './run-command.ts'

export type CheckSettings = {
  sshPort: number
  rdpPort: number
  /** Between two tries. */
  intervalSeconds: number
  /** How long what does not pass is tried again, where the order does not say. */
  patienceSeconds: number
  /** For all of it. */
  timeoutSeconds: number
  guestProxy: string | null
}

export type Target = { vmid: number; node: string }
export type VmTarget = Target & { name: string | null }

export type CheckParts = {
  api: Api
  /** Bounds how many questions the agents of a node get at a time. */
  askAgent: <T>(node: string, call: () => Promise<T>, signal: AbortSignal) => Promise<T>
  settings: CheckSettings
  /** Addresses that are never connected to, whatever a guest says: this machine's, the cluster's. */
  forbidden: readonly string[]
  signal: AbortSignal
  /** Told after each check, with all that there are. */
  tell: (checks: CheckResult[]) => Promise<void>
}

export type Looked = {
  name: string | null
  outcome: Outcome
  address: string | null
  checks: CheckResult[]
}

const PORT_MS = 3000
/** A Windows guest that has just booted restarts once more: a port must answer twice in a row. */
const SETTLED_SECONDS = 600

type Answer<T extends Judged> = { judged: T; final?: boolean }

/** What was answered last, and when. */
type Asked<T extends Judged> = { judged: T; tries: number; at: string }

/** Rejects with `ProxmoxError` where the VM itself cannot be read, or with the signal's reason. */
export const runChecks = async (
  { node, vmid }: Target,
  order: ValidationOrder,
  parts: CheckParts,
): Promise<Looked> => {
  const { api, settings } = parts
  const target = { node, vmid }
  const signal = AbortSignal.any([
    parts.signal,
    AbortSignal.timeout(settings.timeoutSeconds * 1000),
  ])
  const bounded = { ...parts, signal }
  const patienceMs = 1000 * (order.patienceSeconds ?? settings.patienceSeconds)
  const deadline = performance.now() + Math.min(patienceMs, settings.timeoutSeconds * 1000)
  const until = createUntil(bounded, deadline)
  const checks: CheckResult[] = []

  const add = async ({ judged, tries, at }: Asked<Judged>) => {
    const { kind, name, state, evidence } = judged
    checks.push({ kind, name, state, evidence, tries, checkedAt: at })
    await parts.tell([...checks])
  }

  const config: Config = await api.call('GET /nodes/{node}/qemu/{vmid}/config', target, { signal })
  const name = typeof config['name'] === 'string' ? config['name'] : null
  const current = await readStatus(api, target, signal)
  const running = judgeStatus(current)
  await add({ judged: running, tries: 1, at: nowText() })
  // It does not start by itself.
  if (running.state !== 'passed') return { name, outcome: verdictOf(checks), address: null, checks }

  const agent = await until(() => askAgentForAddresses(target, bounded))
  await add(agent)
  const found = await until(addressAsker(target, config, agent.judged.interfaces, bounded))
  await add(found)
  const { address } = found.judged

  const osType = order.osType ?? osTypeOf(config)
  const young = osType === 'windows' && (current.uptime ?? 0) < SETTLED_SECONDS
  const asks = createAsks({ target, address, osType, parts: bounded })
  const ports = order.ports ?? portsFor(osType, settings)
  const asked = [
    ...ports.map((port) => until(asks.port(port, false), young ? 2 : 1)),
    ...(order.checks ?? []).map((check) =>
      until(asks.check(check), check.kind === 'tcp' && young ? 2 : 1),
    ),
  ]
  for (const outcome of await Promise.all(asked)) await add(outcome)
  return { name, outcome: verdictOf(checks), address, checks }
}

const nowText = (): string => new Date().toISOString()

/** Asks until it passes, `passes` times in a row, or is final, or the time is over. */
const createUntil =
  ({ settings, signal }: Pick<CheckParts, 'settings' | 'signal'>, deadline: number) =>
  async <T extends Judged>(ask: () => Promise<Answer<T>>, passes = 1): Promise<Asked<T>> => {
    let passed = 0
    for (let tries = 1; ; tries += 1) {
      const { judged, final = false } = await ask()
      passed = judged.state === 'passed' ? passed + 1 : 0
      const done = passed >= passes || judged.state === 'skipped' || final
      if (done || performance.now() >= deadline) return { judged, tries, at: nowText() }
      const left = Math.max(0, deadline - performance.now())
      await delay(Math.min(settings.intervalSeconds * 1000, left), undefined, { signal })
    }
  }

/** The address may come after the agent: from the second time on its interfaces are asked for anew. */
const addressAsker = (
  target: Target,
  config: Config,
  heard: AgentInterface[] | null,
  parts: CheckParts,
) => {
  let interfaces = heard
  let again = false
  return async (): Promise<Answer<ReturnType<typeof judgeAddress>>> => {
    if (again && interfaces !== null)
      ({ interfaces } = (await askAgentForAddresses(target, parts)).judged)
    again = true
    return { judged: judgeAddress(config, interfaces, parts.forbidden) }
  }
}

/** Questions to a guest itself, each for one try. */
const createAsks = (of: {
  target: Target
  address: string | null
  osType: ReturnType<typeof osTypeOf>
  parts: CheckParts
}) => {
  const { target, address, osType, parts } = of
  const { settings, signal } = parts
  const dialling = { proxy: settings.guestProxy, timeoutMs: PORT_MS, signal }

  const port = (number: number, own: boolean) => async (): Promise<Answer<Judged>> => {
    const speaksSsh = !own && osType === 'linux' && number === settings.sshPort
    const tried =
      address === null ? null : await tryPort(address, number, { ...dialling, banner: speaksSsh })
    return { judged: judgePort(number, tried, { own, speaksSsh }) }
  }

  const check = (wanted: OwnCheck) => async (): Promise<Answer<Judged>> => {
    switch (wanted.kind) {
      case 'tcp':
        return port(wanted.port, true)()
      case 'http': {
        const { path = '/', tls = false, host = null } = wanted
        const asked = { port: httpPort(wanted), path, tls, host }
        const tried = address === null ? null : await tryHttp(address, asked, dialling)
        return { judged: judgeHttp(wanted, tried) }
      }
      case 'command':
        return { judged: judgeCommand(wanted, await runCommand(target, wanted, parts)) }
    }
  }

  return { port, check }
}

const readStatus = async (
  api: Api,
  target: Target,
  signal: AbortSignal,
): Promise<CurrentStatus> => {
  const { status, qmpstatus, uptime, lock } = await api.call(
    'GET /nodes/{node}/qemu/{vmid}/status/current',
    target,
    { signal },
  )
  return { status, qmpstatus, uptime, lock }
}

type AgentAnswer = Answer<Judged & { interfaces: AgentInterface[] | null }>

/** One question tells both: whether the agent answers, and which addresses it knows. */
const askAgentForAddresses = async (
  { node, vmid }: Target,
  { api, askAgent, signal }: Pick<CheckParts, 'api' | 'askAgent' | 'signal'>,
): Promise<AgentAnswer> => {
  const started = performance.now()
  try {
    const { result } = await askAgent(
      node,
      () =>
        api.call(
          'GET /nodes/{node}/qemu/{vmid}/agent/network-get-interfaces',
          { node, vmid },
          { signal },
        ),
      signal,
    )
    const milliseconds = Math.max(1, Math.round(performance.now() - started))
    const judged = {
      kind: 'agent',
      name: 'Agent',
      state: 'passed',
      evidence: `Answered in ${milliseconds} ms`,
    } as const
    // Some guests forbid this one command; the agent answers all the same.
    return { judged: { ...judged, interfaces: Array.isArray(result) ? result : null } }
  } catch (error) {
    if (!(error instanceof ProxmoxError)) throw error
    const { failure } = error
    const said =
      failure.kind === 'answered'
        ? { status: failure.status, message: failure.message }
        : { status: 0, message: failure.reason }
    if (said.status === 401) throw error
    const { hopeless, ...judged } = judgeAgentRefusal(said.status, said.message)
    return { judged: { ...judged, interfaces: null }, final: hopeless }
  }
}
