import type { Check } from '@deployer/core/deployment.ts'
import { readVerdict, type Trouble, type Verdict } from '@deployer/core/cloud-init/verdict.ts'
import type { Call } from '@deployer/core/plan.ts'
import { callsOf } from '@deployer/core/steps.ts'
import { guestText } from '@deployer/proxmox/agent.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import { z } from 'zod'
import { StepFailed } from '../failures.ts'
import { duration, poll } from './poll.ts'
import type { StepContext, StepDone, StepRunner } from './step.ts'

const LOG_LINES = 60
const LONGEST_LINE = 500
/** cloud-init begins the file before the agent is started; who has none after so many looks never gets one. */
const MOST_LOOKS = 10

type Ended = Extract<Verdict, { state: 'ended' }>
type Heard = Ended | 'missing' | 'forbidden'

const answerSchema = z.object({ content: z.string() })

/** An agent that may not read files at all, as RHEL and its rebuilds set it up. */
const isForbidden = (message: string) =>
  /guest-file-\w+ has been disabled|not allowed|command guest-file-\w+ has not been found/i.test(
    message,
  )

const contentOf = (answer: unknown): string => guestText(answerSchema.parse(answer).content)

export const runReadCloudInit: StepRunner<'read-cloud-init'> = async (spec, context) => {
  const [status, log] = callsOf(spec, context.vm)
  if (!status || !log) throw new Error('read-cloud-init has two calls')
  let looks = 0
  let stage: string | null = null
  const ask = async (): Promise<Heard | null> => {
    const heard = await readStatus(status, context)
    if (heard === 'missing') {
      looks += 1
      return looks === MOST_LOOKS ? heard : null
    }
    if (heard === null || heard === 'forbidden' || heard.state === 'ended') return heard
    if (heard.stage !== null && heard.stage !== stage) {
      stage = heard.stage
      await context.tell(`cloud-init runs: ${stage}`)
    }
    return null
  }
  const againMs = context.settings.pace.agentAgainSeconds * 1000
  const pauses = { firstMs: 0, againMs, growth: 1.2, longestMs: againMs * 4 }
  const left = spec.timeoutSeconds - context.before.elapsedSeconds
  const heard = await poll(ask, pauses, left * 1000, context.signal)
  if (heard === null) throw unfinished(spec.timeoutSeconds, stage, await tailOf(log, context))
  if (heard === 'missing') throw neverRan()
  if (heard === 'forbidden')
    return {
      detail: "The guest's agent lets nobody read files, so cloud-init's verdict is not known",
      result: { cloudInit: 'unknown' },
    }
  return judged(heard, await tailOf(log, context))
}

/** Null: no answer now. */
const readStatus = async (
  call: Call,
  context: StepContext,
): Promise<Verdict | 'missing' | 'forbidden' | null> => {
  try {
    return readVerdict(contentOf(await context.askAgent(call)))
  } catch (error) {
    if (!(error instanceof ProxmoxError)) throw error
    const { failure } = error
    if (failure.kind !== 'answered') return null
    if (failure.status === 403) throw error
    if (/No such file/i.test(failure.message)) return 'missing'
    return isForbidden(failure.message) ? 'forbidden' : null
  }
}

/** The end of the log, as far as it can be read. */
const tailOf = async (call: Call, context: StepContext): Promise<string[]> => {
  try {
    return contentOf(await context.askAgent(call))
      .split('\n')
      .map((line) => line.replaceAll('\u0000', '').trimEnd().slice(0, LONGEST_LINE))
      .filter((line) => line !== '')
      .slice(-LOG_LINES)
  } catch (error) {
    if (error instanceof ProxmoxError) return []
    throw error
  }
}

const check = (passed: boolean, evidence: string): Check => ({
  name: 'cloud-init',
  port: null,
  passed,
  evidence,
})

const worded = ({ module, message }: Trouble) =>
  module === null ? message : `${module}: ${message}`

const judged = (ended: Ended, log: string[]): StepDone => {
  const { verdict, datasource, errors, warnings } = ended
  switch (verdict) {
    case 'done': {
      const detail = datasource === null ? 'Done' : `Done, ${datasource}`
      return { detail, log, result: { cloudInit: verdict, check: check(true, detail) } }
    }
    case 'degraded': {
      const detail = `Degraded: ${warnings.join('; ')}`
      return { detail, log, result: { cloudInit: verdict, check: check(false, detail) } }
    }
    case 'error': {
      const [first] = errors
      const module = first?.module ?? null
      const cause = errors.map(worded).join('\n')
      throw new StepFailed(
        {
          code: 'cloud-init-failed',
          title: module === null ? 'cloud-init failed' : `cloud-init failed in ${module}`,
          cause,
          remedy:
            'See the end of its log below, and /var/log/cloud-init.log in the guest. The VM is kept, with its seed or snippet.',
          proxmox: null,
        },
        check(false, `Failed: ${cause}`),
        log,
      )
    }
  }
}

const unfinished = (timeoutSeconds: number, stage: string | null, log: string[]) => {
  const evidence = `Still running after ${duration(timeoutSeconds)}${stage === null ? '' : `, in ${stage}`}`
  return new StepFailed(
    {
      code: 'cloud-init-running',
      title: 'cloud-init has not finished',
      cause: `${evidence}.`,
      remedy:
        'See at the end of its log below what it waits for: often a package mirror that does not answer. The VM is kept.',
      proxmox: null,
    },
    check(false, evidence),
    log,
  )
}

const neverRan = () => {
  const evidence = 'The guest has no /run/cloud-init/status.json'
  return new StepFailed(
    {
      code: 'cloud-init-missing',
      title: 'cloud-init did not run',
      cause: `${evidence}: cloud-init is not installed in the template, is disabled there, or found no drive to read.`,
      remedy: 'Prepare the template as docs/cloud-init.md says. The VM is kept.',
      proxmox: null,
    },
    check(false, evidence),
  )
}
