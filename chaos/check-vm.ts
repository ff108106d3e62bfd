/** One VM of a deployment against what there is on the cluster. */
import type { VmView } from '@deployer/core/deployment.ts'
import type { StepSpec } from '@deployer/core/plan.ts'
import { readStamp, type Stamp } from '@deployer/core/stamp.ts'
import type { World } from '@deployer/simulator/world.ts'

type Guest = World['guests'][number]

export const stampOf = ({ config }: Guest): Stamp | null => readStamp(config['description'])

/** Failures after which something half-made may be there: they say so, and what to do. */
const HALF_MADE = ['half-clone', 'half-created', 'left-behind']

export const checkVm = (
  world: World,
  deployment: string,
  vm: VmView,
  specs: StepSpec[],
): string[] => {
  const mine = world.guests.filter((guest) => {
    const stamp = stampOf(guest)
    return stamp?.deployment === deployment && stamp.vm === vm.name
  })
  const problems = problemsOf(world, deployment, vm, specs, mine)
  return problems.map((problem) => `${vm.name} (${vm.vmid}, ${deployment}): ${problem}`)
}

const problemsOf = (
  world: World,
  deployment: string,
  vm: VmView,
  specs: StepSpec[],
  mine: Guest[],
): string[] => {
  const [guest] = mine
  if (mine.length > 1) return [`exists ${mine.length} times`]
  switch (vm.status) {
    case 'succeeded':
      return guest
        ? asPlanned(world, deployment, vm, specs, guest)
        : ['succeeded, but does not exist']
    case 'failed':
      return [...aReason(vm), ...retained(vm, guest)]
    case 'cancelled':
      return guest && vm.error?.code !== 'left-behind' ? ['was cancelled, but exists'] : []
    case 'queued':
    case 'running':
    case 'needs-sign-in':
      return [`never ended: ${vm.status}, ${whereItStands(vm)}`]
  }
}

const whereItStands = ({ steps }: VmView): string => {
  const step = steps.find(({ status }) => !['succeeded', 'skipped'].includes(status))
  return `${step?.id} ${step?.status}, attempt ${step?.attempt}, ${step?.detail}, ${step?.upid}`
}

const aReason = ({ error, steps }: VmView): string[] => {
  if (!error) return ['failed without a reason']
  const step = steps.find(({ status }) => status === 'failed')
  return [
    ...(error.code === 'internal' ? [`failed by a mistake of ours: ${error.cause}`] : []),
    ...(error.code === 'unknown'
      ? [`failed for a reason that nobody knows: ${error.proxmox}`]
      : []),
    ...(step ? [] : ['failed, but none of its steps did']),
  ]
}

/** A failed VM is kept as far as it got: whole, and under its id. */
const retained = (vm: VmView, guest: Guest | undefined): string[] => {
  const cloned = vm.steps.find(({ kind }) => kind === 'clone')?.status
  if (!guest) return cloned === 'succeeded' ? ['was cloned, but does not exist'] : []
  if (vm.error && HALF_MADE.includes(vm.error.code)) return []
  return [
    ...(guest.vmid === vm.vmid ? [] : [`has VMID ${guest.vmid}`]),
    ...(cloned === 'succeeded' ? [] : ['exists, but its clone did not succeed']),
    ...(guest.config['lock'] === undefined ? [] : [`is locked (${guest.config['lock']})`]),
  ]
}

const asPlanned = (
  world: World,
  deployment: string,
  vm: VmView,
  specs: StepSpec[],
  guest: Guest,
): string[] => [
  ...(guest.vmid === vm.vmid ? [] : [`has VMID ${guest.vmid}`]),
  ...(guest.node === vm.node ? [] : [`is on ${guest.node}, not on ${vm.node}`]),
  ...(guest.config['lock'] === undefined ? [] : [`is locked (${guest.config['lock']})`]),
  ...(Object.keys(guest.pending).length === 0 ? [] : ['has pending changes']),
  ...(vm.validation === null || vm.validation.outcome === 'healthy'
    ? []
    : [`succeeded, but is ${vm.validation.outcome}`]),
  ...specs.flatMap((spec) => asStepPlanned(world, spec, guest, deployment)),
]

/** Options of a property string in any order; a MAC address is Proxmox's own. */
const optionsOf = (value: string) =>
  value.split(/[,;]/).map((option) => option.replace(/^(virtio|e1000|vmxnet3)=.*/, '$1'))

const sameSetting = (
  is: string | undefined,
  wanted: string | number | boolean,
  deployment: string,
) => {
  const text = String(typeof wanted === 'boolean' ? Number(wanted) : wanted).replaceAll(
    '{deployment}',
    deployment,
  )
  if (is === undefined) return text === ''
  const options = optionsOf(is)
  return optionsOf(text).every((option) => options.includes(option))
}

const asStepPlanned = (
  world: World,
  spec: StepSpec,
  guest: Guest,
  deployment: string,
): string[] => {
  if (spec.kind === 'clone') return asCloned(world, spec, guest)
  if (spec.kind === 'configure')
    return [
      ...Object.entries(spec.settings).flatMap(([key, wanted]) =>
        key === 'description' || sameSetting(guest.config[key], wanted, deployment)
          ? []
          : [`${key} is ${guest.config[key]}, not ${wanted}`],
      ),
      ...spec.remove.flatMap((key) =>
        guest.config[key] === undefined ? [] : [`still has ${key} of its template`],
      ),
    ]
  if (spec.kind === 'resize-disk') {
    const size = /size=(\d+)([MG])/.exec(guest.config[spec.disk] ?? '')
    const gibibytes = Number(size?.[1] ?? 0) / (size?.[2] === 'M' ? 1024 : 1)
    return gibibytes === spec.sizeGiB ? [] : [`${spec.disk} has ${gibibytes} GiB`]
  }
  return spec.kind === 'start' && guest.running === undefined ? ['does not run'] : []
}

const asCloned = (world: World, spec: Extract<StepSpec, { kind: 'clone' }>, guest: Guest) => {
  const disks = world.volumes.filter(
    ({ vmid, name }) => vmid === guest.vmid && name.includes('-disk-'),
  )
  const linked = disks.some(({ base }) => base !== undefined)
  const elsewhere = disks.filter(({ storage }) => spec.storage !== null && storage !== spec.storage)
  return [
    ...(guest.config['name'] === spec.name ? [] : [`is called ${guest.config['name']}`]),
    ...(disks.length === 0 ? ['has no disk'] : []),
    ...(linked === !spec.full ? [] : [`is a ${linked ? 'linked' : 'full'} clone`]),
    ...elsewhere.map(({ storage }) => `has a disk on ${storage}`),
  ]
}
