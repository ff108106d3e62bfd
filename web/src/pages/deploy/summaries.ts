/** What a folded section says about itself in one line, in parts. */
import { sizes } from '@deployer/core/sizes.ts'
import type { Plan } from '@deployer/core/plan.ts'
import { vmidRange } from '../../components/vmidRange.ts'
import { formatGiB, formatMiB, plural } from '../../ui/format.ts'
import { isWindows } from '@deployer/core/names.ts'
import { cloudInitSummary } from './cloud-init/state.ts'
import type { Section } from './fields.ts'
import { bootDisk, defaultsFor, type DeployForm } from './form.ts'
import { isUnattended, isWindowsSystem } from './scratch/state.ts'
import { parseList, parseMemoryMiB } from './reading.ts'
import type { Basis } from './scratch/basis.ts'

export type SummaryInput = {
  form: DeployForm
  template: Basis | null
  plan: Plan | null
  /** Null while the pattern is not readable. */
  vmCount: number | null
  nodeCount: number
}

/** The parts of a section's summary. */
export function summaryOf(section: Section, input: SummaryInput): string[] {
  switch (section) {
    case 'what':
      return whatSummary(input)
    case 'profile':
      return changes(Object.keys(input.form.hardware).length)
    case 'drives':
      return drivesSummary(input)
    case 'names':
      return namesSummary(input)
    case 'size':
      return sizeSummary(input)
    case 'where':
      return whereSummary(input)
    case 'network':
      return networkSummary(input)
    case 'access':
      return accessSummary(input)
    case 'after':
      return afterSummary(input)
  }
}

function whatSummary({ form, template }: SummaryInput): string[] {
  switch (form.source) {
    case 'template':
      return template === null ? ['No template chosen'] : [template.name, String(form.template)]
    case 'iso':
      return form.volid === '' ? ['No ISO chosen'] : [form.volid]
    case 'image':
      return form.volid === ''
        ? ['No image chosen']
        : [form.volid, ...(form.convert ? ['becomes a template'] : [])]
  }
}

function changes(count: number): string[] {
  return [count === 0 ? 'As the system needs it' : `${count} changed by you`]
}

function drivesSummary({ form: { source, osType, drivers, drives } }: SummaryInput): string[] {
  const two = drivers !== '' && isWindowsSystem(osType)
  return [
    ...(source === 'iso' ? [two ? 'Disk and two ISOs' : 'Disk and ISO'] : ['Disk']),
    ...(drives.more.length === 0 ? [] : [plural(drives.more.length, 'more disk')]),
  ]
}

function namesSummary({ form, plan, vmCount }: SummaryInput): string[] {
  if (form.namePattern.trim() === '') return ['No name yet']
  return [
    ...(vmCount === null ? [] : [plural(vmCount, 'VM')]),
    form.namePattern,
    ...(plan === null || plan.vms.length === 0
      ? []
      : [
          `${plan.vms.length === 1 ? 'VMID' : 'VMIDs'} ${vmidRange(plan.vms.map((vm) => vm.vmid))}`,
        ]),
  ]
}

function sizeSummary({ form, template }: SummaryInput): string[] {
  const disk = form.disk.trim()
  const has = template === null ? null : bootDisk(template)
  const diskPart =
    disk === ''
      ? has === null
        ? []
        : [`disk ${formatGiB(has.sizeGiB)}`]
      : [`disk ${/[a-z]/i.test(disk) ? disk : `${disk} GiB`}`]
  return [...coresAndMemory(form, template), ...diskPart]
}

function coresAndMemory(form: DeployForm, template: Basis | null): string[] {
  const preset = sizes.find((size) => size.id === form.size)
  if (preset !== undefined) {
    return [preset.title, plural(preset.cores, 'core'), formatMiB(preset.memoryMiB)]
  }
  const own = form.size === 'custom'
  const cores = own && form.cores.trim() !== '' ? form.cores.trim() : template?.cores
  const memory =
    own && form.memory.trim() !== '' ? parseMemoryMiB(form.memory) : template?.memoryMiB
  return [
    own ? 'Custom' : (template?.profile?.title ?? 'As the template'),
    ...(cores === undefined ? [] : [plural(Number(cores), 'core')]),
    ...(memory === undefined || memory === null ? [] : [formatMiB(memory)]),
  ]
}

const placementWords = { spread: 'Spread over', pack: 'Packed on' } as const

function whereSummary({ form, template, plan, nodeCount }: SummaryInput): string[] {
  const clone = form.clone ?? defaultsFor(template).clone
  const placement =
    form.placement === 'node'
      ? form.node === ''
        ? 'No node chosen'
        : `On ${form.node}`
      : `${placementWords[form.placement]} ${form.placement === 'pack' ? 'few of ' : ''}${nodeCount === 0 ? 'the nodes' : plural(nodeCount, 'node')}`
  const fromTemplate = form.source === 'template'
  const own = form.storage !== '' && (clone === 'full' || !fromTemplate)
  const storage = own ? form.storage : (plan?.vms[0]?.storage ?? storageOf(template))
  return [
    placement,
    ...(storage === null || storage === '' ? [] : [storage]),
    ...(fromTemplate ? [`${clone} clone`] : []),
    ...(form.pool === '' ? [] : [`pool ${form.pool}`]),
  ]
}

function storageOf(template: Basis | null): string | null {
  return template === null ? null : (bootDisk(template)?.storage ?? null)
}

function networkSummary({ form, template }: SummaryInput): string[] {
  const nic = template?.nics[0]
  const bridge = form.bridge === '' ? (nic?.bridge ?? null) : form.bridge
  const vlan = form.vlan.trim() === '' ? (nic?.vlan ?? null) : form.vlan.trim()
  const addressing = form.addressing ?? defaultsFor(template).addressing
  const addresses = {
    template: form.source === 'template' ? 'addresses as the template' : 'addresses by the guest',
    dhcp: 'DHCP',
    range: form.range.trim() === '' ? 'no range yet' : form.range.trim(),
  }
  return [
    ...(bridge === null ? [] : [bridge]),
    ...(vlan === null ? [] : [`VLAN ${vlan}`]),
    addresses[addressing],
    ...(form.ip6.trim() === '' ? [] : [`IPv6 ${ip6Word(form.ip6.trim())}`]),
  ]
}

function ip6Word(ip6: string): string {
  return ip6 === 'auto' ? 'from the router' : ip6 === 'dhcp' ? 'by DHCP' : ip6
}

function accessSummary({ form, template }: SummaryInput): string[] {
  const windows = isWindows(template?.osType ?? null)
  if (form.source === 'image' && form.convert) return ['Set for the clones of the template']
  if (form.source !== 'iso') return cloudInitSummary(form.cloudInit, windows, form.source)
  if (!windows) return ['The installer asks at the console']
  if (!isUnattended(form)) return ['Windows setup by hand']
  const { user, remoteDesktop } = form.answers
  return [
    'Windows setup unattended',
    `Administrator${user === undefined ? '' : ` and ${user.name || 'another account'}`}`,
    ...(remoteDesktop === false ? [] : ['Remote Desktop']),
  ]
}

function afterSummary({ form, template }: SummaryInput): string[] {
  if (form.source === 'image' && form.convert) return ['Converted to templates']
  const ports = parseList(form.ports ?? defaultsFor(template).ports)
  const checks = ports.length === 0 ? [] : [`port ${ports.join(', ')}`]
  const waits = template?.byHand === true ? [] : ['wait for agent', ...checks]
  const start = form.start ? ['Start', ...waits].join(', ') : 'Created, not started'
  const tags = parseList(form.tags)
  return [
    start,
    ...(tags.length === 0 ? [] : [`tags ${tags.join(', ')}`]),
    ...(form.onBoot === 'yes' ? ['starts at boot'] : []),
  ]
}
