import { macsOf, selectAddress, type SelectedAddress } from '@deployer/core/select-address.ts'
import { callsOf, type SpecOf } from '@deployer/core/steps.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import { StepFailed } from '../failures.ts'
import { configOf } from '../look.ts'
import { interfacesOf } from './interfaces.ts'
import { duration, poll } from './poll.ts'
import type { StepContext, StepRunner } from './step.ts'

export const runReadAddress: StepRunner<'read-address'> = async (spec, context) => {
  const wish = { macs: await macsOfVm(spec, context), expected: spec.expected }
  let last: SelectedAddress = {
    address: null,
    all: [],
    asExpected: false,
    evidence: 'The agent told no interfaces.',
  }
  const ask = async () => {
    const interfaces = await readInterfaces(spec, context)
    if (interfaces) last = selectAddress(interfaces, wish)
    return last.asExpected ? last : null
  }
  const heard = (await context.earlier('wait-for-agent'))?.result?.interfaces
  const first = heard ? selectAddress(heard, wish) : null
  last = first ?? last
  const { agentAgainSeconds } = context.settings.pace
  const pauses = {
    firstMs: first ? agentAgainSeconds * 500 : 0,
    againMs: agentAgainSeconds * 500,
    growth: 1.5,
    longestMs: agentAgainSeconds * 3000,
  }
  const left = spec.timeoutSeconds - context.before.elapsedSeconds
  const found = last.asExpected ? last : await poll(ask, pauses, left * 1000, context.signal)
  if (found?.address === null || found === null) throw noAddress(spec, last)
  if (first && found !== first) await learn(context)
  return {
    detail: found.address,
    ip: found.address,
    result: { check: { name: 'address', port: null, passed: true, evidence: found.evidence } },
  }
}

/** The agent was asked too early to tell everything at once. */
const learn = async ({ earlier, usualBoot }: StepContext) => {
  const started = await earlier('start')
  if (started) usualBoot.ended(started.secondsAgo * 1000, 2)
}

/** The configure step knows them; a plan without it leaves the template's own NICs, with new MACs. */
const macsOfVm = async (spec: SpecOf<'read-address'>, context: StepContext) => {
  const known = (await context.earlier('configure'))?.result?.macs
  if (known) return known
  const { node } = spec
  const { vmid } = context.vm
  return macsOf(
    configOf(await context.api.call('GET /nodes/{node}/qemu/{vmid}/config', { node, vmid })),
  )
}

/** Null where the agent does not answer at this moment: many guests restart it while they boot. */
const readInterfaces = async (spec: SpecOf<'read-address'>, context: StepContext) => {
  try {
    const [call] = callsOf(spec, context.vm)
    return call ? interfacesOf(await context.askAgent(call)) : null
  } catch (error) {
    if (!(error instanceof ProxmoxError) || error.failure.kind === 'certificate') throw error
    if (error.failure.kind === 'answered' && error.failure.status !== 500) throw error
    return null
  }
}

const noAddress = (spec: SpecOf<'read-address'>, last: SelectedAddress) => {
  const wrong = last.address !== null
  return new StepFailed(
    {
      code: wrong ? 'address-unexpected' : 'address-missing',
      title: wrong ? 'The VM has another address than the request set' : 'The VM has no address',
      cause: `${last.evidence} Looked for ${duration(spec.timeoutSeconds)}.`,
      remedy: wrong
        ? 'Check that cloud-init runs in the template and that its cloud-init drive is read. The VM is kept.'
        : 'Check bridge and VLAN, and whether a DHCP server answers there. The VM is kept.',
      proxmox: null,
    },
    { name: 'address', port: null, passed: false, evidence: last.evidence },
  )
}
