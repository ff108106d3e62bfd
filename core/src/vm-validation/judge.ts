/** From what was seen of a VM to checks with evidence, and from those to the verdict. Pure: the server looks, this judges. */
import { isUsableAddress, parseAddress, parseCidr } from '../addresses.ts'
import { type AgentInterface, macsOf, selectAddress } from '../select-address.ts'
import type { CheckResult, OsType, Outcome, OwnCheck } from './order.ts'

/** A check without the time at which it was made. */
export type Judged = Pick<CheckResult, 'kind' | 'name' | 'state' | 'evidence'>

export type Config = Record<string, unknown>

/** Of `GET /nodes/N/qemu/ID/status/current`. `uptime` in seconds. */
export type CurrentStatus = {
  status: string
  qmpstatus?: string | undefined
  uptime?: number | undefined
  lock?: string | undefined
}

/**
 * `unhealthy`: it does not run, or nothing of what was looked at inside it is as it should be. `degraded`: some of it is,
 * or it runs and nothing inside could be looked at. `healthy`: everything that could be asked passed.
 */
export function verdictOf(checks: Pick<CheckResult, 'kind' | 'state'>[]): Outcome {
  const runs = checks.every(({ kind, state }) => kind !== 'proxmox' || state === 'passed')
  if (!runs) return 'unhealthy'
  const inside = checks.filter(({ kind, state }) => kind !== 'proxmox' && state !== 'skipped')
  if (inside.length === 0) return 'degraded'
  if (inside.every(({ state }) => state === 'passed')) return 'healthy'
  return inside.some(({ state }) => state === 'passed') ? 'degraded' : 'unhealthy'
}

/** `41 s`, `5 min`, `2 h 8 min`, `12 d 3 h`. */
export function uptimeText(seconds: number): string {
  const [minutes, hours, days] = [60, 3600, 86_400].map((unit) => Math.floor(seconds / unit))
  if (days !== undefined && days > 0) return `${days} d ${Math.floor((seconds % 86_400) / 3600)} h`
  if (hours !== undefined && hours > 0) return `${hours} h ${Math.floor((seconds % 3600) / 60)} min`
  return minutes !== undefined && minutes > 0 ? `${minutes} min` : `${Math.floor(seconds)} s`
}

/** QEMU can be paused, or be about to start, while Proxmox says `running` (qemu-server src/PVE/QemuServer.pm, vmstatus). */
export function judgeStatus({ status, qmpstatus, uptime = 0, lock }: CurrentStatus): Judged {
  const check = { kind: 'proxmox', name: 'Proxmox' } as const
  const actual = qmpstatus ?? status
  if (status !== 'running' || actual !== 'running')
    return { ...check, state: 'failed', evidence: `The VM is ${actual}` }
  const locked = lock === undefined ? 'no lock on the configuration' : `locked: ${lock}`
  return { ...check, state: 'passed', evidence: `Running for ${uptimeText(uptime)}, ${locked}` }
}

/** `win11`, `w2k8`, `wxp` (qemu-server src/PVE/QemuServer.pm, `ostype`). */
export const osTypeOf = (config: Config): OsType =>
  textOf(config['ostype']).startsWith('w') ? 'windows' : 'linux'

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

export type Ports = { sshPort: number; rdpPort: number }

export const portsFor = (osType: OsType, { sshPort, rdpPort }: Ports): number[] => [
  osType === 'windows' ? rdpPort : sshPort,
]

/** Addresses that its cloud-init configuration fixes, by the number of the NIC: `ipconfig0: ip=10.0.0.5/24,gw=…`. */
export function configuredAddresses(config: Config): string[] {
  const keys = Object.keys(config).filter((key) => /^ipconfig\d+$/.test(key))
  return keys
    .toSorted((a, b) => Number(a.slice(8)) - Number(b.slice(8)))
    .flatMap((key) => [...textOf(config[key]).matchAll(/(?:^|,)ip6?=([^,]+)/g)])
    .flatMap(([, text = '']) => parseCidr(text)?.text ?? [])
}

export type FoundAddress = Judged & {
  /** Where its ports are looked for; null where there is none. */
  address: string | null
}

/**
 * Which address is the VM's own: of the NIC that has one of its MACs, as its agent reports it, or where no agent tells,
 * the one that its cloud-init configuration fixes. Never one of `forbidden`: this machine's and the cluster's own, which
 * a guest could report to have them looked at.
 */
export function judgeAddress(
  config: Config,
  interfaces: AgentInterface[] | null,
  forbidden: readonly string[],
): FoundAddress {
  const check = { kind: 'address', name: 'Address' } as const
  const fixed = configuredAddresses(config).filter((text) => isAllowed(text, forbidden))
  if (interfaces === null) {
    const [address = null] = fixed
    return address === null
      ? {
          ...check,
          state: 'skipped',
          address,
          evidence: 'Not known: only the guest agent could tell it',
        }
      : {
          ...check,
          state: 'skipped',
          address,
          evidence: `${address} by its cloud-init configuration; no agent confirms it`,
        }
  }
  const allowed = interfaces.map((each) => ({
    ...each,
    'ip-addresses': (each['ip-addresses'] ?? []).filter((entry) =>
      isAllowed(entry['ip-address'], forbidden),
    ),
  }))
  const macs = macsOf(config)
  if (macs.length === 0)
    return { ...check, state: 'skipped', address: null, evidence: 'The VM has no NIC' }
  const { address, asExpected, evidence } = selectAddress(allowed, {
    macs,
    expected: fixed[0] ?? null,
  })
  return { ...check, state: asExpected ? 'passed' : 'failed', address, evidence }
}

function isAllowed(text: string, forbidden: readonly string[]): boolean {
  const address = parseAddress(text)
  return address !== null && isUsableAddress(address) && !forbidden.includes(address.text)
}

/** Of a TCP connection. `banner`: the first line that came of itself, where one was waited for. */
export type Tried =
  | { open: true; milliseconds: number; banner?: string | null }
  | { open: false; reason: string }

const shown = (text: string): string => text.replaceAll(/[^\x20-\x7e]+/g, ' ').slice(0, 120)

/** `speaksSsh`: what answers must be an SSH server (RFC 4253, 4.2: it says its version first). */
export function judgePort(
  port: number,
  tried: Tried | null,
  { own = false, speaksSsh = false } = {},
): Judged {
  const check = { kind: own ? 'tcp' : 'port', name: `Port ${port}` } as const
  if (tried === null) return { ...check, ...unknownAddress }
  if (!tried.open)
    return { ...check, state: 'failed', evidence: `Does not answer: ${tried.reason}` }
  const took = `${Math.max(1, Math.round(tried.milliseconds))} ms`
  if (!speaksSsh) return { ...check, state: 'passed', evidence: `Open, ${took}` }
  const [, software] = /^SSH-[\d.]+-([!-~]+)/.exec(tried.banner ?? '') ?? []
  return software === undefined
    ? {
        ...check,
        state: 'failed',
        evidence: tried.banner
          ? `Open, and what answers is no SSH server: ${shown(tried.banner)}`
          : 'Open, and no SSH server says its name there',
      }
    : {
        ...check,
        state: 'passed',
        evidence: `${software.replace('_', ' ')} answered in ${took}`,
      }
}

const unknownAddress = {
  state: 'skipped',
  evidence: 'Not tried: the address of the VM is not known',
} as const

type HttpCheck = Extract<OwnCheck, { kind: 'http' }>

export const httpPort = ({ port, tls }: HttpCheck): number => port ?? (tls === true ? 443 : 80)

export type HttpTried =
  | { answered: true; status: number; milliseconds: number }
  | { answered: false; reason: string }

export function judgeHttp(asked: HttpCheck, tried: HttpTried | null): Judged {
  const scheme = asked.tls === true ? 'HTTPS' : 'HTTP'
  const name = `${scheme} :${httpPort(asked)}${asked.path ?? '/'}`
  const check = { kind: 'http', name } as const
  if (tried === null) return { ...check, ...unknownAddress }
  if (!tried.answered)
    return { ...check, state: 'failed', evidence: `Does not answer: ${tried.reason}` }
  const { status, milliseconds } = tried
  const passed =
    asked.status === undefined ? status >= 200 && status <= 399 : status === asked.status
  const wanted = asked.status === undefined ? '' : `, and ${asked.status} was asked for`
  return {
    ...check,
    state: passed ? 'passed' : 'failed',
    evidence: `Answered ${status}${passed ? '' : wanted} in ${Math.max(1, Math.round(milliseconds))} ms`,
  }
}

type CommandCheck = Extract<OwnCheck, { kind: 'command' }>

/** `output`: what it printed, of which the first line is shown. */
export type CommandTried =
  | { ended: true; exitCode: number | null; output: string }
  | { ended: false; reason: string; forbidden: boolean }

export function judgeCommand({ command, exitCode = 0 }: CommandCheck, tried: CommandTried): Judged {
  const check = { kind: 'command', name: shown(command.join(' ')).slice(0, 80) } as const
  if (!tried.ended)
    return { ...check, state: tried.forbidden ? 'skipped' : 'failed', evidence: tried.reason }
  const said = shown(tried.output.trim().split('\n')[0] ?? '')
  const ended = tried.exitCode === null ? 'Ended by a signal' : `Ended with ${tried.exitCode}`
  return {
    ...check,
    state: tried.exitCode === exitCode ? 'passed' : 'failed',
    evidence: said === '' ? ended : `${ended}: ${said}`,
  }
}

/** What an agent call was refused with, in words; `hopeless`: trying again changes nothing (src/PVE/QemuServer/Agent.pm). */
export function judgeAgentRefusal(status: number, message: string): Judged & { hopeless: boolean } {
  const check = { kind: 'agent', name: 'Agent' } as const
  if (status === 403)
    return {
      ...check,
      state: 'skipped',
      hopeless: true,
      evidence: `Not asked: you lack the right to ask agents. ${shown(message)}`,
    }
  if (/No QEMU guest agent configured/.test(message))
    return {
      ...check,
      state: 'skipped',
      hopeless: true,
      evidence: 'Not asked: no agent is configured for this VM (its option `agent`)',
    }
  return {
    ...check,
    state: 'failed',
    hopeless: false,
    evidence: `Does not answer: ${shown(message)}`,
  }
}
