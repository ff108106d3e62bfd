import { callsOf } from '@deployer/core/steps.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import { setTimeout as delay } from 'node:timers/promises'
import type { StepRunner } from './step.ts'

/** One press that gets lost does not matter: the monitor of a VM that starts may not listen yet, a node may not answer. */
const isLostPress = (error: unknown) =>
  error instanceof ProxmoxError &&
  (error.failure.kind === 'answered'
    ? error.failure.status >= 500
    : error.failure.kind !== 'certificate')

/**
 * Presses the key once a second, for as long after the start as the installer may ask. A key too many does no harm: when
 * somebody else could read it, Windows setup is asked nothing. One that comes late, after a crash of the server, is left out.
 */
export const runSendKeys: StepRunner<'send-keys'> = async (spec, context) => {
  const { pace } = context.settings
  const since = (await context.earlier('start'))?.secondsAgo ?? 0
  const begin = performance.now()
  const left = () => spec.seconds * pace.keySeconds - since - (performance.now() - begin) / 1000
  let pressed = 0
  while (left() > 0) {
    for (const call of callsOf(spec, context.vm)) {
      try {
        await context.change(call)
        pressed += 1
      } catch (error) {
        if (!isLostPress(error)) throw error
      }
    }
    await delay(pace.keySeconds * 1000, undefined, { signal: context.signal })
  }
  return {
    detail:
      pressed === 0
        ? 'Too late: press a key in the console where the installer asks for it'
        : `Pressed ${pressed} ${pressed === 1 ? 'time' : 'times'}`,
  }
}
