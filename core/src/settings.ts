/** What the configure step sends: Proxmox's own config keys (qemu-server src/PVE/QemuServer.pm), and which to delete. */
import { ipConfig } from './cloud-init/native.ts'
import { type CloneContext, fieldOf, type VmContext } from './context.ts'
import type { Draft } from './drafts.ts'
import { firstBootSettings, type Planned } from './first-boot.ts'
import { macOf, type Macs, nicSetting, type PlannedNic } from './nics.ts'
import { readStamp } from './stamp.ts'
import { addressesOf } from './specs.ts'
import type { SpecOf } from './steps.ts'

type Settings = SpecOf<'configure'>['settings']

export function settingsOf(
  context: CloneContext,
  planned: Planned,
  macs: Macs,
): { settings: Settings; remove: string[] } {
  const { draft, delivered } = planned
  const kind = delivered?.delivery.kind ?? 'native'
  const firstBoot = firstBootSettings(context, planned)
  const settings: Settings = {
    ...sizeSettings(context, draft),
    // A document of ours finds the NICs by their MAC, so all of them get one.
    ...nicSettings(draft, macs, kind !== 'native'),
    ...(kind === 'native' && addressSettings(context, draft, delivered !== null)),
    ...firstBoot.settings,
    ...(draft.spec.onBoot !== null && { onboot: draft.spec.onBoot }),
    tags: tagsOf(context, draft).join(';'),
  }
  return { settings, remove: [...inheritedToRemove(context, draft), ...firstBoot.remove] }
}

function sizeSettings({ template }: CloneContext, { spec }: Draft): Settings {
  const balloonMiB = Number(template.inherited['balloon'] ?? 0)
  return {
    ...(spec.cores !== null && { cores: spec.cores }),
    // The request counts vCPUs in all; Proxmox multiplies cores by sockets.
    ...(spec.cores !== null && template.sockets !== 1 && { sockets: 1 }),
    ...(spec.memoryMiB !== null && { memory: spec.memoryMiB }),
    // Proxmox refuses a balloon target above the memory.
    ...(spec.memoryMiB !== null && balloonMiB > spec.memoryMiB && { balloon: spec.memoryMiB }),
  }
}

function nicSettings({ spec, vmid, nics }: Draft, macs: Macs, all: boolean): Settings {
  const sent = nics.filter((nic) => all || nic.sent)
  return Object.fromEntries(
    sent.map((nic) => [nic.key, nicSetting(nic, macOf(nic, { name: spec.name, vmid }, macs))]),
  )
}

/** Addresses go to the guest through Proxmox's cloud-init drive; without one Proxmox takes the keys and ignores them. */
export function addressSettings(
  context: VmContext,
  { nics }: Pick<Draft, 'nics'>,
  getsDrive: boolean,
): Settings {
  const { base } = context
  if (base.cloudInitDrive === null && !getsDrive) {
    for (const nic of nics) withoutDrive(context, nic)
    return {}
  }
  const asked = nics.flatMap((nic) => {
    const value = nic.network === null ? null : ipConfig(nic.network)
    return value === null ? [] : [[`ipconfig${nic.index}`, value]]
  })
  const nameservers = new Set(
    nics.flatMap((nic) => (nic.network?.nameservers ?? []).map((address) => address.text)),
  )
  const searchDomains = new Set(nics.flatMap((nic) => nic.network?.searchDomains ?? []))
  return {
    ...defaultAddress(context, nics),
    ...Object.fromEntries(asked),
    ...(nameservers.size > 0 && { nameserver: [...nameservers].join(' ') }),
    ...(searchDomains.size > 0 && { searchdomain: [...searchDomains].join(' ') }),
  }
}

/**
 * Proxmox leaves a NIC without ipconfigN out of the network config that it writes, and the guest then configures
 * nothing at all: no DHCP either (qemu-server src/PVE/QemuServer/Cloudinit.pm).
 */
function defaultAddress({ base }: VmContext, nics: PlannedNic[]): Settings {
  const any = Object.keys(base.inherited).some((key) => key.startsWith('ipconfig'))
  const first = nics[0]
  const custom = base.inherited['cicustom']?.includes('network=') ?? false
  return any || custom || first === undefined ? {} : { [`ipconfig${first.index}`]: 'ip=dhcp' }
}

function withoutDrive({ base, warnings, blockers }: VmContext, { network }: PlannedNic): void {
  if (network === null) return
  const why = `${base.name} has no cloud-init drive`
  for (const { ip, field } of addressesOf(network)) {
    if (ip === null) continue
    if (ip === 'dhcp' || ip === 'auto') {
      const message = `${why}, so nothing is set: the guest does what it is set up to do, mostly DHCP.`
      warnings.add({ code: 'no-cloud-init-drive', message, field })
    } else {
      const message = `${why}, so Proxmox cannot give the guest an address. Add one to the template, or leave the address out and set it in the guest.`
      blockers.add({ code: 'no-cloud-init-drive', message, field })
    }
  }
}

/** The template's tags or the request's, and the deployment's own. A template that we once deployed keeps no old one. */
function tagsOf({ template }: CloneContext, { spec }: Draft): string[] {
  const old = readStamp(template.description)?.deployment
  const inherited = template.tags.filter((tag) => tag.toLowerCase() !== old?.toLowerCase())
  return [...new Set([...(spec.tags ?? inherited), '{deployment}'])]
}

function inheritedToRemove(context: CloneContext, draft: Draft): string[] {
  const { template, warnings } = context
  // A limit of active vCPUs, made for the template's number of cores.
  const vcpus = draft.spec.cores !== null && 'vcpus' in template.inherited ? ['vcpus'] : []
  if (template.inherited['protection'] !== '1') return vcpus
  warnings.add({
    code: 'protection-inherited',
    message: `${template.name} is protected from removal, and clones inherit that. It is taken off the new VMs, so that cancel and undo can remove them.`,
    field: 'source.vmid',
  })
  return [...vcpus, 'protection']
}

/** Warns where an inherited address would be shared, or wins over the one that was asked for. */
export function checkInheritedAddresses(context: CloneContext, drafts: Draft[]): void {
  const { template, warnings, blockers } = context
  if (template.cloudInitDrive === null) return
  const sharing = new Map<string, Draft[]>()
  for (const draft of drafts) {
    for (const nic of draft.nics) {
      const value = template.inherited[`ipconfig${nic.index}`]
      const isStatic = value !== undefined && /(^|,)ip6?=[\da-f]*[.:]/i.test(value)
      if (isStatic && (nic.network === null || ipConfig(nic.network) === null)) {
        sharing.set(value, [...(sharing.get(value) ?? []), draft])
      }
    }
  }
  for (const [value, [first, ...others]] of sharing) {
    if (first === undefined) continue
    const issue = {
      code: 'address-inherited',
      field: fieldOf(context, first.spec, 'networks'),
      ...(others.length === 0 && { vm: first.spec.name }),
    }
    const what = `${template.name} has a fixed address (${value})`
    if (others.length > 0) {
      blockers.add({
        ...issue,
        message: `${what}, which ${others.length + 1} clones would share. Set addresses, or dhcp.`,
      })
    } else {
      warnings.add({ ...issue, message: `${what}, which ${first.spec.name} inherits.` })
    }
  }
  const addressed = drafts.find(({ nics }) =>
    nics.some(({ network }) => network !== null && ipConfig(network) !== null),
  )
  if (addressed !== undefined && template.inherited['cicustom']?.includes('network=') === true) {
    warnings.add({
      code: 'custom-network-data',
      message: `${template.name} brings network data of its own (cicustom), which wins over the addresses set here.`,
      field: fieldOf(context, addressed.spec, 'networks'),
    })
  }
}
