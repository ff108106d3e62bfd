/** The steps of VMs from an ISO or an image, in order. A step is there only if it has something to do. */
import { computerNameOf } from '../windows/checks.ts'
import { maskedUnattended } from '../windows/answers.ts'
import { ANSWER_LABEL } from '../windows/answer-files.ts'
import { cidrText } from '../addresses.ts'
import { fieldOf, storageOfVolume } from '../context.ts'
import { seedOn } from '../delivery.ts'
import { agentComes, carrySpecs, firstBootSettings, type Planned } from '../first-boot.ts'
import { storageKey } from '../loads.ts'
import { macOf, type Macs } from '../nics.ts'
import type { PlannedStep, StepSpec } from '../plan.ts'
import { addressSettings } from '../settings.ts'
import { addressesOf, type VmSpec } from '../specs.ts'
import type { SpecOf } from '../steps.ts'
import {
  checkSpecs,
  descriptionOf,
  isShared,
  makingSlots,
  plannedSteps,
  portSpecs,
  readAddressSpec,
  warnOfNoStart,
} from '../vm-steps.ts'
import { ANSWERS_DRIVE, hardwareField, type ScratchContext } from './context.ts'
import { bootStorage, createSettings } from './create.ts'
import type { ScratchDraft } from './drafts.ts'
import type { ScratchHardware } from './hardware.ts'

/** Windows installs in 10 to 40 minutes and restarts a few times. */
const SETUP_TIMEOUT_SECONDS = 3600
/** Somebody installs by hand. */
const INSTALLER_TIMEOUT_SECONDS = 3600
/** Firmware is there after a few seconds, and waits five for the key. */
const KEYS_SECONDS = 20
const REMOTE_DESKTOP_PORT = 3389

export type ScratchPlanned = Omit<Planned, 'draft'> & { draft: ScratchDraft }

export function scratchSteps(
  context: ScratchContext,
  planned: ScratchPlanned,
  macs: Macs,
): PlannedStep[] {
  const { draft, place } = planned
  const { node } = place
  const answers = answersOf(context, planned, macs)
  const specs: StepSpec[] = [
    { kind: 'reserve-id' },
    createSpec(context, planned, macs),
    { kind: 'configure', node, settings: configured(context, planned), remove: [] },
    // Not before there is a VM to which they belong: they hold passwords, and an undo finds them by it.
    ...(answers === null ? [] : [answers.upload, answers.attach]),
    ...(draft.grow === null ? [] : [{ kind: 'resize-disk' as const, node, ...draft.grow }]),
    ...afterwards(context, planned, answers, macs),
  ]
  return plannedSteps(specs, draft.vmid, (spec) => slotsOf(context, planned, spec))
}

function createSpec(
  context: ScratchContext,
  { draft, place, delivered }: ScratchPlanned,
  macs: Macs,
): StepSpec {
  const { spec } = draft
  return {
    kind: 'create',
    node: place.node,
    name: spec.name,
    pool: context.request.pool ?? null,
    description: descriptionOf(spec.name, spec.description ?? ''),
    settings: createSettings(context, { draft, place, delivered }, macs),
  }
}

/**
 * Tags come after the VM is in its pool: since 9.2 Proxmox asks for the right to them on the VM itself while it is created
 * (qemu-server, commit a929b3e0). It hashes passwords only here as well.
 */
function configured(
  context: ScratchContext,
  planned: ScratchPlanned,
): SpecOf<'configure'>['settings'] {
  const { draft, delivered } = planned
  const tags = [...new Set([...(draft.spec.tags ?? []), '{deployment}'])].join(';')
  if (context.source.kind === 'iso') return { tags }
  const native = (delivered?.delivery.kind ?? 'native') === 'native'
  const { agent, ...firstBoot } = firstBootSettings(context, planned).settings
  return {
    ...(native && addressSettings(context, draft, true)),
    ...firstBoot,
    // Whoever lets the first boot install it needs its device, which is there mostly.
    ...(agent !== undefined && !draft.hardware.agent && { agent }),
    tags,
  }
}

function afterwards(
  context: ScratchContext,
  planned: ScratchPlanned,
  answers: AnswerSteps | null,
  macs: Macs,
): StepSpec[] {
  const { source } = context
  const { spec } = planned.draft
  const { node } = planned.place
  const start: StepSpec = { kind: 'start', node }
  if (source.kind === 'image') {
    if (source.convertToTemplate === true) return template(context, planned)
    warnOfNoStart(context, planned)
    const carried = carrySpecs(context, planned, macs)
    if (!spec.start) return carried
    // Who asks for checks of an image knows that its agent is there.
    const { hardware } = planned.draft
    const agent = agentComes(context, planned.delivered) || asksAgent(context, spec, hardware)
    return [...carried, start, ...checkSpecs(context, planned, { agent, slow: true })]
  }
  warnOfNoStart(context, planned)
  if (!spec.start) {
    if (answers !== null) {
      const message =
        'A VM that is not started does not read its answers: their image, which has the passwords, stays attached to it.'
      context.warnings.add({ code: 'answers-stay', message, field: 'source.unattended' })
    }
    return []
  }
  return answers === null
    ? [start, ...afterInstaller(context, planned)]
    : [start, ...afterSetup(planned, answers)]
}

/** Whether there are checks to ask the agent for; with a warning where it has no device. */
function asksAgent(context: ScratchContext, spec: VmSpec, { agent }: ScratchHardware): boolean {
  if (spec.validate !== null && !agent) {
    const message =
      "Without the agent's device nobody can ask the guest, so the checks that need it are left out."
    const field = hardwareField(context, spec, 'agent')
    context.warnings.add({ code: 'agent-missing', message, field })
  }
  return spec.validate !== null && agent
}

function template(
  context: ScratchContext,
  { delivered, place, draft }: ScratchPlanned,
): StepSpec[] {
  if (delivered !== null && delivered.delivery.kind !== 'native') {
    const message =
      "A template carries what Proxmox's own keys can say. Give the rest to the VMs that are deployed from it."
    const field = fieldOf(context, draft.spec, 'cloudInit')
    context.blockers.add({ code: 'template-first-boot', message, field })
  }
  return [{ kind: 'convert-to-template', node: place.node }]
}

/** Only for who asks: an installer can take as long as a person does. */
function afterInstaller(
  context: ScratchContext,
  { draft, place: { node } }: ScratchPlanned,
): StepSpec[] {
  const { validate } = draft.spec
  if (!asksAgent(context, draft.spec, draft.hardware) || validate === null) return []
  return [
    {
      kind: 'wait-for-agent',
      node,
      timeoutSeconds: validate.agentTimeoutSeconds ?? INSTALLER_TIMEOUT_SECONDS,
      interfaces: true,
    },
    readAddressSpec(draft, node),
    ...portSpecs(validate.ports, node, null),
  ]
}

type AnswerSteps = {
  upload: StepSpec
  attach: StepSpec
  detach: StepSpec
  remoteDesktop: boolean
}

function afterSetup(
  { draft, place: { node } }: ScratchPlanned,
  { detach, remoteDesktop }: AnswerSteps,
): StepSpec[] {
  const { validate } = draft.spec
  const ports = [
    ...new Set([...(validate?.ports ?? []), ...(remoteDesktop ? [REMOTE_DESKTOP_PORT] : [])]),
  ]
  const keys: StepSpec = { kind: 'send-keys', node, key: 'ret', seconds: KEYS_SECONDS }
  return [
    ...(draft.hardware.firmware === 'uefi' ? [keys] : []),
    {
      kind: 'wait-for-agent',
      node,
      timeoutSeconds: validate?.agentTimeoutSeconds ?? SETUP_TIMEOUT_SECONDS,
    },
    detach,
    readAddressSpec(draft, node),
    ...portSpecs(ports, node, null),
  ]
}

/** Null where nothing is answered, or nothing can carry it; then there is a blocker. */
function answersOf(
  context: ScratchContext,
  { draft, place }: ScratchPlanned,
  macs: Macs,
): AnswerSteps | null {
  const { source, profile, blockers, warnings } = context
  if (source.kind !== 'iso' || source.unattended === undefined) return null
  const { node } = place
  const field = 'source.unattended'
  const seed = seedOn(context, place)
  if (seed === null) {
    const message = `No storage on ${node} takes ISO images, which would carry the answers: enable that content on one (pvesm set STORAGE --content iso,…).`
    blockers.add({ code: 'no-iso-storage', message, field })
    return null
  }
  const { storage, deletes } = seed
  if (!deletes) {
    const message = `You may not remove images from ${storage}: Proxmox asks for Datastore.Allocate. The images with the answers are detached after setup and stay there with the passwords, readable for everybody who may see the storage. Change the passwords then, or have the images removed.`
    warnings.add({ code: 'answers-stay', message, field })
  }
  const file = `{deployment}-${draft.spec.name}.iso`
  const volume = `${storage}:iso/${file}`
  const { bus = 'scsi' } = draft.hardware.disk
  return {
    remoteDesktop: source.unattended.remoteDesktop !== false,
    upload: {
      kind: 'upload-seed',
      node,
      storage,
      file,
      label: ANSWER_LABEL,
      documents: {},
      answers: {
        osType: profile.osType,
        computerName: computerNameOf(draft.spec.name),
        firmware: draft.hardware.firmware,
        diskBus: bus,
        unattended: maskedUnattended(source.unattended),
        networks: networksOf(draft, macs),
      },
    },
    attach: {
      kind: 'attach-seed',
      node,
      drive: ANSWERS_DRIVE,
      volume,
      replaces: null,
      answers: true,
    },
    detach: {
      kind: 'detach-seed',
      node,
      drive: ANSWERS_DRIVE,
      storage,
      volume,
      deletes,
      answers: true,
    },
  }
}

function networksOf({ nics, spec, vmid }: ScratchDraft, macs: Macs) {
  return nics.map((nic) => {
    const { network } = nic
    const [first, second] = network === null ? [] : addressesOf(network)
    const fixed = (ip: typeof first) =>
      ip === undefined || ip.ip === null || typeof ip.ip === 'string' ? null : ip.ip
    const text = (ip: ReturnType<typeof fixed>) => (ip === null ? null : cidrText(ip))
    // `ip` takes an IPv6 address too, for guests that have no other.
    const only6 = fixed(first)?.family === 6
    const [four, six] = only6 ? [undefined, first] : [first, second]
    return {
      mac: macOf(nic, { name: spec.name, vmid }, macs),
      ip: text(fixed(four)),
      gateway: four?.gateway?.text ?? null,
      ip6: text(fixed(six)),
      gateway6: six?.gateway?.text ?? null,
      nameservers: (network?.nameservers ?? []).map((address) => address.text),
      searchDomains: network?.searchDomains ?? [],
    }
  })
}

function slotsOf(
  context: ScratchContext,
  { place }: ScratchPlanned,
  step: StepSpec,
): PlannedStep['slots'] {
  if (step.kind === 'start') return [{ kind: 'start', key: step.node }]
  if (step.kind !== 'create') return []
  const { source } = context
  const from = source.kind === 'image' ? storageOfVolume(source.volid) : null
  const targets = [...place.disks.map((disk) => disk.target), bootStorage(place)]
  const keyOf = (storage: string) =>
    storageKey({ storage, node: isShared(context, storage) ? null : place.node })
  return makingSlots(context, targets, from === null ? [] : [from], keyOf)
}
