/** The steps of one VM, in order. A step is there only if it has something to do. */
import { type CloneContext, fieldOf, storageOfVolume } from './context.ts'
import type { Draft } from './drafts.ts'
import { agentComes, carrySpecs, type Planned, proofSpecs } from './first-boot.ts'
import { storageKey } from './loads.ts'
import { isWindows } from './names.ts'
import type { Place } from './placement.ts'
import type { PlannedStep, StepSpec } from './plan.ts'
import { type Macs, settingsOf } from './settings.ts'
import { stampLine, withoutStamps } from './stamp.ts'
import { callsOf, noteOf, titleOf } from './steps.ts'

const AGENT_TIMEOUT_SECONDS = 300
/** The first boot of a Windows guest renames it and boots again; one that has no agent installs it. */
const SLOW_AGENT_TIMEOUT_SECONDS = 900
const ADDRESS_TIMEOUT_SECONDS = 120
const PORT_TIMEOUT_SECONDS = 120
/** What PUT config takes; the clone call takes more, but then nobody could edit it (qemu-server, QemuServer.pm). */
const MAX_DESCRIPTION = 8192

export function stepsOf(context: CloneContext, planned: Planned, macs: Macs): PlannedStep[] {
  const { draft, place } = planned
  const { spec } = draft
  const { node } = place
  const specs: StepSpec[] = [
    { kind: 'reserve-id' },
    cloneSpec(context, draft, place),
    { kind: 'configure', node, ...settingsOf(context, planned, macs) },
    ...(draft.grow === null ? [] : [{ kind: 'resize-disk' as const, node, ...draft.grow }]),
    ...carrySpecs(context, planned, macs),
    ...(spec.start ? [{ kind: 'start' as const, node }, ...checkSpecs(context, planned)] : []),
  ]
  if (!spec.start && spec.validate !== null) {
    context.warnings.add({
      code: 'not-started',
      message: 'A VM that is not started is not checked. Start it, or leave the checks out.',
      field: fieldOf(context, spec, 'validate'),
    })
  }
  if (!spec.start && planned.delivered?.delivery.kind === 'seed') {
    context.warnings.add({
      code: 'seed-stays',
      message: 'A VM that is not started does not read its seed: the image stays attached to it.',
      field: fieldOf(context, spec, 'start'),
    })
  }
  return specs.map((each) => ({
    id: each.kind === 'check-port' ? `check-port-${each.port}` : each.kind,
    kind: each.kind,
    title: titleOf(each),
    note: noteOf(each),
    calls: callsOf(each, { vmid: draft.vmid }),
    slots: slotsOf(context, draft, place, each),
    spec: each,
  }))
}

function cloneSpec(context: CloneContext, { spec }: Draft, { node, source }: Place): StepSpec {
  const { full, request } = context
  return {
    kind: 'clone',
    sourceNode: source.node,
    sourceVmid: source.vmid,
    name: spec.name,
    full,
    storage: full ? spec.storage : null,
    targetNode: node === source.node ? null : node,
    pool: request.pool ?? null,
    description: descriptionOf(context, spec.name, spec.description),
  }
}

function descriptionOf({ template }: CloneContext, name: string, asked: string | null): string {
  const stamp = stampLine('{deployment}', name)
  const text = asked ?? withoutStamps(template.description ?? '')
  // Room for the id, which is longer than its placeholder.
  const room = MAX_DESCRIPTION - stamp.length - 64
  return text.trim() === '' ? stamp : `${text.trim().slice(0, room)}\n\n${stamp}`
}

const noChecks = { ports: [], agentTimeoutSeconds: null }

/** The checks after the start, as far as there is something to ask: the agent, or a fixed address. */
function checkSpecs(context: CloneContext, planned: Planned): StepSpec[] {
  const { draft, delivered } = planned
  const { node } = planned.place
  // Who asks for a first boot wants to know what it came to.
  const validate = draft.spec.validate ?? (delivered === null ? null : noChecks)
  if (validate === null) return []
  const { osType } = context.template
  const agent = agentComes(context, delivered)
  const address = agent ? null : fixedAddress(draft)
  const slow = isWindows(osType) || !context.template.agent
  const agentTimeout = slow ? SLOW_AGENT_TIMEOUT_SECONDS : AGENT_TIMEOUT_SECONDS
  const agentChecks: StepSpec[] = [
    {
      kind: 'wait-for-agent',
      node,
      timeoutSeconds: validate.agentTimeoutSeconds ?? agentTimeout,
    },
    {
      kind: 'read-address',
      node,
      expected: expectedAddress(draft),
      timeoutSeconds: ADDRESS_TIMEOUT_SECONDS,
    },
    ...proofSpecs(context, planned),
  ]
  if (!agent && address === null && validate.ports.length > 0) {
    context.warnings.add({
      code: 'port-without-address',
      message:
        'Without a guest agent and without a fixed address nobody knows where to connect, so the port checks are left out.',
      field: fieldOf(context, draft.spec, 'validate'),
    })
    return []
  }
  const portChecks = validate.ports.map((port) => ({
    kind: 'check-port' as const,
    node,
    port,
    address,
    timeoutSeconds: PORT_TIMEOUT_SECONDS,
  }))
  return [...(agent ? agentChecks : []), ...portChecks]
}

/** The address that the request sets for the first NIC; null with DHCP or as the template has it. */
export function expectedAddress({ nics }: Draft): string | null {
  const ip = nics[0]?.network?.ip ?? null
  return ip === null || ip === 'dhcp' ? null : ip.text
}

function fixedAddress({ nics }: Draft): string | null {
  for (const { network } of nics) {
    if (network !== null && network.ip !== null && network.ip !== 'dhcp') return network.ip.text
  }
  return null
}

function slotsOf(
  context: CloneContext,
  draft: Draft,
  place: Place,
  step: StepSpec,
): PlannedStep['slots'] {
  if (step.kind === 'start') return [{ kind: 'start', key: step.node }]
  if (step.kind !== 'clone') return []
  const sources = step.full ? place.disks.map((disk) => disk.source) : []
  // Clones run on the node of their source, so a local storage is that node's.
  const keyOf = (storage: string) =>
    storageKey({ storage, node: isShared(context, storage) ? null : place.source.node })
  return [
    ...unique(allocatedOn(context, draft, place)).map((name) => ({
      kind: isShared(context, name) ? ('clone-shared' as const) : ('clone-local' as const),
      key: keyOf(name),
    })),
    ...unique(sources).map((name) => ({ kind: 'full-copy' as const, key: keyOf(name) })),
  ]
}

/** Storages where Proxmox allocates volumes for the clone: its disks, and always a new cloud-init drive. */
function allocatedOn({ full }: CloneContext, { spec }: Draft, { disks, source }: Place): string[] {
  const home = source.cloudInitVolume === null ? null : storageOfVolume(source.cloudInitVolume)
  const cloudInit = home !== null && full ? (spec.storage ?? home) : home
  return [...disks.map((disk) => disk.target), ...(cloudInit === null ? [] : [cloudInit])]
}

function isShared({ inventory }: CloneContext, name: string): boolean {
  return inventory.storages.some((storage) => storage.name === name && storage.shared)
}

/** In one order for every VM, so that VMs which take several slots cannot wait for each other. */
function unique(names: string[]): string[] {
  return [...new Set(names)].toSorted()
}
