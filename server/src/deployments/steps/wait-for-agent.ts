import { callsOf } from '@deployer/core/steps.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import { StepFailed } from '../failures.ts'
import { duration, poll } from './poll.ts'
import type { StepContext, StepRunner } from './step.ts'

/** Neither goes away by waiting (qemu-server src/PVE/QemuServer/Agent.pm). */
const isHopeless = (message: string) =>
  /No QEMU guest agent configured/.test(message) || /VM \d+ (is )?not running/.test(message)

export const runWaitForAgent: StepRunner<'wait-for-agent'> = async (spec, context) => {
  const { agentFirstSeconds, agentAgainSeconds } = context.settings.pace
  const started = await context.earlier('start')
  const bootedSeconds = started?.secondsAgo ?? 0
  const begin = performance.now()
  const elapsed = () => bootedSeconds + (performance.now() - begin) / 1000
  let last = 'no answer'
  const ask = async () => {
    const heard = await ping(spec, context)
    if (heard === null) return elapsed()
    last = heard
    return null
  }
  const pauses = {
    firstMs: Math.max(0, agentFirstSeconds - bootedSeconds) * 1000,
    againMs: agentAgainSeconds * 1000,
    growth: 1.4,
    longestMs: agentAgainSeconds * 4000,
  }
  const left = spec.timeoutSeconds - context.before.elapsedSeconds
  const seconds = await poll(ask, pauses, left * 1000, context.signal)
  if (seconds === null) {
    const created = (await context.earlier('create')) !== undefined
    throw silent(spec.timeoutSeconds, last, created ? stuckSetup : stuckBoot)
  }
  const evidence = `Agent answered after ${duration(seconds)}`
  return {
    detail: evidence,
    result: { check: { name: 'agent', port: null, passed: true, evidence } },
  }
}

/** Null when the agent answered, else what was heard instead. Throws where no agent will ever answer. */
const ping = async (spec: Parameters<typeof runWaitForAgent>[0], context: StepContext) => {
  try {
    for (const call of callsOf(spec, context.vm)) await context.askAgent(call)
    return null
  } catch (error) {
    if (!(error instanceof ProxmoxError)) throw error
    const { failure } = error
    if (failure.kind !== 'answered') return failure.reason
    if (failure.status === 403 || isHopeless(failure.message)) throw error
    return failure.message
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
