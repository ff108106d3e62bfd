import { connectTo } from './connect.ts'
import { StepFailed } from '../failures.ts'
import { duration, poll } from './poll.ts'
import type { StepRunner } from './step.ts'

const TRY_SECONDS = 3

export const runCheckPort: StepRunner<'check-port'> = async (spec, context) => {
  const { port, timeoutSeconds } = spec
  const address = context.vm.ip ?? spec.address
  if (address === null) throw closed(port, 'The VM has no known address.', null)
  let last = 'no answer'
  const ask = async () => {
    const tried = await connectTo(address, port, {
      proxy: context.settings.guestProxy,
      timeoutMs: TRY_SECONDS * 1000,
      signal: context.signal,
    })
    if (tried.open) return tried.milliseconds
    last = tried.reason
    return null
  }
  const againMs = context.settings.pace.portSeconds * 1000
  const pauses = { firstMs: 0, againMs, growth: 1.3, longestMs: againMs * 5 }
  const left = timeoutSeconds - context.before.elapsedSeconds
  const took = await poll(ask, pauses, left * 1000, context.signal)
  if (took === null)
    throw closed(
      port,
      `${address} did not accept a connection within ${duration(timeoutSeconds)}: ${last}.`,
      last,
    )
  const evidence = `Port ${port} open, ${Math.max(1, Math.round(took))} ms`
  return {
    detail: evidence,
    result: { check: { name: 'port', port, passed: true, evidence: `${evidence} (${address})` } },
  }
}

const closed = (port: number, cause: string, reason: string | null) =>
  new StepFailed(
    {
      code: 'port-closed',
      title: `Port ${port} does not answer`,
      cause,
      remedy:
        reason === 'connection refused'
          ? `The VM answers, but nothing listens on port ${port}: see whether the service runs. The VM is kept.`
          : `Check the firewall, and whether this server can reach the VM's network (GUEST_PROXY otherwise). The VM is kept.`,
      proxmox: null,
    },
    { name: 'port', port, passed: false, evidence: cause },
  )
