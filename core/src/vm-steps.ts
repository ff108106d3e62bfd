/** The steps of one VM, in order. A step is there only if it has something to do. */
import { type CloneContext, fieldOf, storageOfVolume, type VmContext } from './context.ts'
import type { Draft } from './drafts.ts'
import { agentComes, carrySpecs, type Planned, proofSpecs } from './first-boot.ts'
import { storageKey } from './loads.ts'
import { isWindows } from './names.ts'
import type { Place } from './placement.ts'
import type { PlannedStep, StepSpec } from './plan.ts'
import type { Macs } from './nics.ts'
import { settingsOf } from './settings.ts'
import { stampLine, withoutStamps } from './stamp.ts'
import { callsOf, noteOf, titleOf } from './steps.ts'

const AGENT_TIMEOUT_SECONDS = 300
/** The first boot of a Windows guest renames it and boots again; one that has no agent installs it. */
const SLOW_AGENT_TIMEOUT_SECONDS = 900
const ADDRESS_TIMEOUT_SECONDS = 120
const PORT_TIMEOUT_SECONDS = 120
/** What PUT config takes; the clone call takes more, but then nobody could edit it (qemu-server, QemuServer.pm). */
const MAX_DESCRIPTION = 8192

/** Of a clone. */
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
    ...(spec.start ? [{ kind: 'start' as const, node }, ...cloneChecks(context, planned)] : []),
  ]
  warnOfNoStart(context, planned)
  return plannedSteps(specs, draft.vmid, (step) => slotsOf(context, draft, place, step))
}

/** What comes of VMs that are not started. */
export function warnOfNoStart(context: VmContext, planned: Planned): void {
  const { spec } = planned.draft
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
}

export function plannedSteps(
  specs: StepSpec[],
  vmid: number,
  slots: (spec: StepSpec) => PlannedStep['slots'],
): PlannedStep[] {
  return specs.map((each) => ({
    id: each.kind === 'check-port' ? `check-port-${each.port}` : each.kind,
    kind: each.kind,
    title: titleOf(each),
    note: noteOf(each),
    calls: callsOf(each, { vmid }),
    slots: slots(each),
    spec: each,
  }))
}

function cloneSpec(context: CloneContext, { spec }: Draft, place: Place): StepSpec {
  const { full, request, template } = context
  const { node } = place
  const source = place.source ?? template
  return {
    kind: 'clone',
    sourceNode: source.node,
    sourceVmid: source.vmid,
    name: spec.name,
    full,
    storage: full ? spec.storage : null,
    targetNode: node === source.node ? null : node,
    pool: request.pool ?? null,
    description: descriptionOf(
      spec.name,
      spec.description ?? withoutStamps(template.description ?? ''),
    ),
  }
}

export function descriptionOf(name: string, text: string): string {
  const stamp = stampLine('{deployment}', name)
  // Room for the id, which is longer than its placeholder.
  const room = MAX_DESCRIPTION - stamp.length - 64
  return text.trim() === '' ? stamp : `${text.trim().slice(0, room)}\n\n${stamp}`
}

const noChecks = { ports: [], agentTimeoutSeconds: null }

function cloneChecks(context: CloneContext, planned: Planned): StepSpec[] {
  const { base } = context
  return checkSpecs(context, planned, {
    agent: agentComes(context, planned.delivered),
    slow: isWindows(base.osType) || !base.agent,
  })
}

export type Checked = {
  /** Whether the agent will answer. */
  agent: boolean
  /** It comes with the first boot, or after a restart. */
  slow: boolean
}

/** The checks after the start, as far as there is something to ask: the agent, or a fixed address. */
export function checkSpecs(
  context: VmContext,
  planned: Planned,
  { agent, slow }: Checked,
): StepSpec[] {
  const { draft, delivered } = planned
  const { node } = planned.place
  // Who asks for a first boot wants to know what it came to.
  const validate = draft.spec.validate ?? (delivered === null ? null : noChecks)
  if (validate === null) return []
  const address = agent ? null : fixedAddress(draft)
  const agentTimeout = slow ? SLOW_AGENT_TIMEOUT_SECONDS : AGENT_TIMEOUT_SECONDS
  const agentChecks: StepSpec[] = [
    {
      kind: 'wait-for-agent',
      node,
      timeoutSeconds: validate.agentTimeoutSeconds ?? agentTimeout,
      interfaces: true,
    },
    readAddressSpec(draft, node),
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
  return [...(agent ? agentChecks : []), ...portSpecs(validate.ports, node, address)]
}

export function readAddressSpec(draft: Draft, node: string): StepSpec {
  return {
    kind: 'read-address',
    node,
    expected: expectedAddress(draft),
    timeoutSeconds: ADDRESS_TIMEOUT_SECONDS,
  }
}

/** `address`: where no agent tells it. */
export function portSpecs(ports: number[], node: string, address: string | null): StepSpec[] {
  return ports.map((port) => ({
    kind: 'check-port',
    node,
    port,
    address,
    timeoutSeconds: PORT_TIMEOUT_SECONDS,
  }))
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
    storageKey({
      storage,
      node: isShared(context, storage) ? null : (place.source ?? context.template).node,
    })
  return makingSlots(context, allocatedOn(context, draft, place), sources, keyOf)
}

/** For volumes that are made on storages `targets`, from copies of those on `sources`. */
export function makingSlots(
  context: VmContext,
  targets: string[],
  sources: string[],
  keyOf: (storage: string) => string,
): PlannedStep['slots'] {
  return [
    ...unique(targets).map((name) => ({
      kind: isShared(context, name) ? ('clone-shared' as const) : ('clone-local' as const),
      key: keyOf(name),
    })),
    ...unique(sources).map((name) => ({ kind: 'full-copy' as const, key: keyOf(name) })),
  ]
}

/** Storages where Proxmox allocates volumes for the clone: its disks, and always a new cloud-init drive. */
function allocatedOn(context: CloneContext, { spec }: Draft, place: Place): string[] {
  const { full, template } = context
  const { disks } = place
  const source = place.source ?? template
  const home = source.cloudInitVolume === null ? null : storageOfVolume(source.cloudInitVolume)
  const cloudInit = home !== null && full ? (spec.storage ?? home) : home
  return [...disks.map((disk) => disk.target), ...(cloudInit === null ? [] : [cloudInit])]
}

export function isShared({ inventory }: VmContext, name: string): boolean {
  return inventory.storages.some((storage) => storage.name === name && storage.shared)
}

/** In one order for every VM, so that VMs which take several slots cannot wait for each other. */
function unique(names: string[]): string[] {
  return [...new Set(names)].toSorted()
}
