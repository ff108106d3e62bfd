/** Runs a command in a guest by its agent, and waits for its end. */
import type { CommandTried } from '@deployer/core/vm-validation/judge.ts'
import type { OwnCheck } from '@deployer/core/vm-validation/order.ts'
import { guestText } from '@deployer/proxmox/agent.ts'
import { parseFlag } from '@deployer/proxmox/property-string.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import { setTimeout as delay } from 'node:timers/promises'
import type { CheckParts, Target } from './run-checks.ts'

const COMMAND_SECONDS = 60
const LOOK_MS = 500

type Parts = Pick<CheckParts, 'api' | 'askAgent' | 'signal'>

export const runCommand = async (
  { node, vmid }: Target,
  { command }: Extract<OwnCheck, { kind: 'command' }>,
  { api, askAgent, signal }: Parts,
): Promise<CommandTried> => {
  const at = { node, vmid }
  const deadline = performance.now() + COMMAND_SECONDS * 1000
  try {
    const { pid } = await askAgent(
      node,
      () => api.call('POST /nodes/{node}/qemu/{vmid}/agent/exec', { ...at, command }, { signal }),
      signal,
    )
    for (;;) {
      const answer = await askAgent(
        node,
        () =>
          api.call('GET /nodes/{node}/qemu/{vmid}/agent/exec-status', { ...at, pid }, { signal }),
        signal,
      )
      if (parseFlag(answer.exited) === true) {
        const output = guestText(answer['out-data'] ?? answer['err-data'] ?? '')
        const { exitcode } = answer
        return { ended: true, exitCode: exitcode ?? null, output }
      }
      if (performance.now() > deadline)
        return { ended: false, forbidden: false, reason: `Still runs after ${COMMAND_SECONDS} s` }
      await delay(LOOK_MS, undefined, { signal })
    }
  } catch (error) {
    if (!(error instanceof ProxmoxError)) throw error
    const { failure } = error
    if (failure.kind !== 'answered')
      return { ended: false, forbidden: false, reason: `Not run: ${failure.reason}` }
    if (failure.status === 401) throw error
    const forbidden = failure.status === 403
    return {
      ended: false,
      forbidden,
      reason: forbidden
        ? `Not run: you lack the right to run commands in guests. ${failure.message}`
        : `Not run: ${failure.message}`,
    }
  }
}
