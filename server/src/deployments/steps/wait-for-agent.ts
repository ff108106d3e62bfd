import type { AgentInterface } from '@deployer/core/select-address.ts'
import { callsOf } from '@deployer/core/steps.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import { StepFailed } from '../failures.ts'
import { interfacesOf } from './interfaces.ts'
import { duration, poll } from './poll.ts'
import type { StepContext, StepRunner } from './step.ts'

/** Neither goes away by waiting (qemu-server src/PVE/QemuServer/Agent.pm). */
const isHopeless = (message: string) =>
  /No QEMU guest agent configured/.test(message) || /VM \d+ (is )?not running/.test(message)

/** As many times the usual first pause; a guest that took longer once must not make others look late. */
const LATEST_FIRST = 4

export const runWaitForAgent: StepRunner<'wait-for-agent'> = async (spec, context) => {
  const { agentFirstSeconds } = context.settings.pace
  const usualSeconds = usual(context)
  const started = await context.earlier('start')
  const bootedSeconds = started?.secondsAgo ?? 0
  const begin = performance.now()
  const elapsed = () => bootedSeconds + (performance.now() - begin) / 1000
  let last = 'no answer'
  let asks = 0
  const ask = async () => {
    asks += 1
    const heard = await askOnce(spec, context)
    if (heard.answered) return heard
    last = heard.reason
    return null
  }
  const firstSeconds = Math.max(0, (usualSeconds ?? agentFirstSeconds) - bootedSeconds)
  const left = spec.timeoutSeconds - context.before.elapsedSeconds
  const pauses = { firstMs: firstSeconds * 1000, ...againPauses(context, usualSeconds !== null) }
  const heard = await poll(ask, pauses, left * 1000, context.signal)
  if (heard === null) {
    const created = (await context.earlier('create')) !== undefined
    throw silent(spec.timeoutSeconds, last, created ? stuckSetup : stuckBoot)
  }
  const seconds = elapsed()
  if (firstSeconds > 0) context.usualBoot.ended(seconds * 1000, asks)
  const evidence = `Agent answered after ${duration(seconds)}`
  const { interfaces } = heard
  return {
    detail: evidence,
    result: {
      check: { name: 'agent', port: null, passed: true, evidence },
      ...(interfaces && { interfaces }),
    },
  }
}

/** When other guests like this one answered; null where none is known. */
const usual = ({ usualBoot, settings }: StepContext): number | null => {
  const milliseconds = usualBoot.milliseconds()
  const { agentFirstSeconds } = settings.pace
  if (milliseconds === null) return null
  const latest = agentFirstSeconds * LATEST_FIRST
  return Math.min(Math.max(milliseconds / 1000, agentFirstSeconds), latest)
}

/** Shorter where others had answered by then. */
const againPauses = ({ settings }: StepContext, known: boolean) => {
  const againMs = settings.pace.agentAgainSeconds * 1000
  return { againMs: known ? againMs / 2 : againMs, growth: 1.4, longestMs: againMs * 4 }
}

type Heard =
  | { answered: true; interfaces: AgentInterface[] | null }
  | { answered: false; reason: string }

/** What the agent answered, or what was heard instead. Throws where no agent will ever answer. */
const askOnce = async (
  spec: Parameters<typeof runWaitForAgent>[0],
  context: StepContext,
): Promise<Heard> => {
  try {
    let interfaces: AgentInterface[] | null = null
    for (const call of callsOf(spec, context.vm))
      interfaces = interfacesOf(await context.askAgent(call))
    return { answered: true, interfaces }
  } catch (error) {
    if (!(error instanceof ProxmoxError)) throw error
    const { failure } = error
    if (failure.kind !== 'answered') return { answered: false, reason: failure.reason }
    if (failure.status === 403 || isHopeless(failure.message)) throw error
    return { answered: false, reason: failure.message }
  }
}

const stuckBoot = {
  cause: 'The guest has not booted, or qemu-guest-agent is not installed or not running in it.',
  remedy:
    'Open the console of the VM and see how far it booted. Install qemu-guest-agent in the template. The VM is kept.',
}

const stuckSetup = {
  cause:
    'The guest has not booted, its setup still runs or waits for somebody, or the guest agent is not installed or not running in it.',
  remedy:
    'Open the console of the VM and see how far it is. While setup runs, retry to go on waiting. The VM is kept; an image with answers and passwords for Windows setup stays attached to it until the agent answers or the VM is undone.',
}

const silent = (timeoutSeconds: number, last: string, words: typeof stuckBoot) => {
  const evidence = `No answer within ${duration(timeoutSeconds)}`
  return new StepFailed(
    {
      code: 'agent-silent',
      title: 'The guest agent does not answer',
      cause: `${evidence} of the start. ${words.cause}`,
      remedy: words.remedy,
      proxmox: last,
    },
    { name: 'agent', port: null, passed: false, evidence },
  )
}
