/** The steps and settings by which a VM gets its first-boot configuration. */
import { type Address, parseAddress, parseCidr } from './addresses.ts'
import { generateMetaData } from './cloud-init/meta-data.ts'
import { LOGIN_KEYS, nativeKeys } from './cloud-init/native-keys.ts'
import { generateNetworkConfig, type GuestNic } from './cloud-init/network-config.ts'
import { type CloudInitRequest, hostNamesOf } from './cloud-init/request.ts'
import { generateUserData } from './cloud-init/user-data.ts'
import { type VmContext, fieldOf } from './context.ts'
import type { Delivered } from './delivery.ts'
import type { Draft } from './drafts.ts'
import { isWindows } from './names.ts'
import { macOf, type Macs, type PlannedNic } from './nics.ts'
import type { Place } from './placement.ts'
import type { StepSpec } from './plan.ts'
import { fileReadPrivileges, holdsOnVm } from './privileges.ts'
import type { SpecOf } from './steps.ts'

const READ_TIMEOUT_SECONDS = 900
/** Upgrades of all packages and much to install. */
const SLOW_READ_TIMEOUT_SECONDS = 2700

export type Planned = { draft: Draft; place: Place; delivered: Delivered | null }

type Settings = SpecOf<'configure'>['settings']

/** Of the VM, whatever happens to its own node's name: `{deployment}-web-01`. */
const fileBase = ({ spec }: Draft) => `{deployment}-${spec.name}`

/** Whether the guest's agent will answer: the image has it, or the first boot installs it. */
export function agentComes(
  { base }: Pick<VmContext, 'base'>,
  delivered: Delivered | null,
): boolean {
  return base.agent || (delivered !== null && installsAgent(delivered))
}

function installsAgent({ cloudInit, delivery }: Delivered): boolean {
  return (
    delivery.kind !== 'native' &&
    cloudInit.agent !== false &&
    cloudInit.userData?.mode !== 'replace'
  )
}

/** What the configure step sets and removes besides the VM's size, NICs and addresses. */
export function firstBootSettings(
  context: VmContext,
  { draft, place, delivered }: Planned,
): { settings: Settings; remove: string[] } {
  if (delivered === null) return { settings: {}, remove: [] }
  const { base, inventory } = context
  const { cloudInit, delivery } = delivered
  const agent: Settings = !base.agent && installsAgent(delivered) ? { agent: 'enabled=1' } : {}
  const inherited = Object.keys(base.inherited)
  const keeps = cloudInit.inherited === 'keep'
  switch (delivery.kind) {
    case 'native': {
      const windows = isWindows(base.osType)
      const { major } = inventory.version
      const settings = {
        ...ownDrive(context, draft, place),
        ...nativeKeys(cloudInit, { windows, major }),
      }
      const stale = LOGIN_KEYS.filter((key) => inherited.includes(key) && !(key in settings))
      return { settings: { ...settings, ...agent }, remove: keeps ? [] : stale }
    }
    case 'seed':
      // Without Proxmox's own drive nobody reads them, and some hold a password.
      return { settings: agent, remove: inherited.filter((key) => CLOUD_INIT_KEY.test(key)) }
    case 'snippet': {
      const volume = `${delivery.access.storage}:snippets/${fileBase(draft)}`
      const settings = {
        ...ownDrive(context, draft, place),
        ...agent,
        cicustom: `user=${volume}-user.yaml,network=${volume}-network.yaml`,
      }
      const stale = inherited.filter((key) => CLOUD_INIT_KEY.test(key) && key !== 'cicustom')
      return { settings, remove: keeps ? [] : stale }
    }
  }
}

const CLOUD_INIT_KEY = /^(ipconfig\d+|nameserver|searchdomain|ciuser|cipassword|sshkeys|cicustom)$/

/** A template without a cloud-init drive gives its clones one. */
function ownDrive(context: VmContext, draft: Draft, place: Place): Settings {
  const { base } = context
  if (base.cloudInitDrive !== null) return {}
  const boot = place.disks.find((disk) => disk.boot) ?? place.disks[0]
  context.warnings.add({
    code: 'cloud-init-drive-added',
    message: `${base.name} has no cloud-init drive, so the VMs get one. Their image must have cloud-init installed to read it.`,
    field: fieldOf(context, draft.spec, 'cloudInit'),
  })
  return boot === undefined ? {} : { [driveFor(context)]: `${boot.target}:cloudinit` }
}

/** Where the template has its own cloud-init drive, else one that nothing is on. */
function driveFor({ base }: VmContext): string {
  if (base.cloudInitDrive !== null) return base.cloudInitDrive
  const taken = base.disks.map(({ key }) => key)
  // Which drives CD images are on is not known here; the last one of SATA is hardly ever used.
  const keys = base.cdVolumes.length > 0 ? ['sata5', 'sata4'] : ['ide2', 'ide0', 'sata5']
  return keys.find((key) => !taken.includes(key)) ?? 'sata3'
}

/** Between the configuration and the start. */
export function carrySpecs(context: VmContext, planned: Planned, macs: Macs): StepSpec[] {
  const { draft, place, delivered } = planned
  if (delivered === null) return []
  const { cloudInit, delivery } = delivered
  const { node } = place
  switch (delivery.kind) {
    case 'native':
      return []
    case 'seed': {
      const { storage } = delivery
      const file = `${fileBase(draft)}.iso`
      const documents = documentsOf(context, draft, cloudInit, macs)
      return [
        { kind: 'upload-seed', node, storage, file, documents },
        {
          kind: 'attach-seed',
          node,
          drive: driveFor(context),
          volume: `${storage}:iso/${file}`,
          replaces: context.base.cloudInitVolume,
        },
      ]
    }
    case 'snippet': {
      const documents = documentsOf(context, draft, cloudInit, macs)
      const { access } = delivery
      const shared = context.inventory.storages.some(
        (each) => each.name === access.storage && each.shared,
      )
      const usable = access.places.filter(({ problem }) => problem === null)
      const own = usable.filter((each) => each.node === node)
      // The node of the VM first: the others only matter where it moves.
      const others = shared ? [] : usable.filter((each) => each.node !== node)
      const places = shared && own.length === 0 ? usable.slice(0, 1) : [...own, ...others]
      return [
        {
          kind: 'write-snippet',
          node,
          storage: access.storage,
          places: places.map(({ problem: _problem, ...each }) => each),
          files: {
            [`${fileBase(draft)}-user.yaml`]: documents['user-data'] ?? '',
            [`${fileBase(draft)}-network.yaml`]: documents['network-config'] ?? '',
          },
        },
      ]
    }
  }
}

/** By their names on a NoCloud image. */
function documentsOf(
  context: VmContext,
  draft: Draft,
  cloudInit: CloudInitRequest,
  macs: Macs,
): Record<string, string> {
  const { spec, vmid, nics } = draft
  const guestNics = nics.map((nic) =>
    guestNic(context, nic, macOf(nic, { name: spec.name, vmid }, macs)),
  )
  return {
    'user-data': generateUserData(cloudInit, spec.name).text,
    'meta-data': generateMetaData(fileBase(draft), hostNamesOf(cloudInit, spec.name)),
    'network-config': generateNetworkConfig(guestNics),
  }
}

/** What the request leaves out stays as the template has it, as with Proxmox's own keys. */
function guestNic({ base }: VmContext, nic: PlannedNic, mac: string): GuestNic {
  const { index, network } = nic
  const asked = network !== null && (network.ip !== null || network.ip6 !== null)
  const own = inheritedNetwork(base.inherited[`ipconfig${index}`])
  const address = asked || own === null ? network : { ...own, ...dnsOf(network) }
  const dns = address?.nameservers ?? []
  const inheritedDns = index === 0 && dns.length === 0 ? listOf(base.inherited['nameserver']) : []
  return {
    index,
    mac,
    network:
      address === null && inheritedDns.length === 0
        ? null
        : { ...noNetwork, ...address, nameservers: [...dns, ...inheritedDns] },
  }
}

const noNetwork = {
  ip: null,
  gateway: null,
  ip6: null,
  gateway6: null,
  nameservers: [],
  searchDomains: [],
}

function dnsOf(network: PlannedNic['network']) {
  return {
    nameservers: network?.nameservers ?? [],
    searchDomains: network?.searchDomains ?? [],
  }
}

function listOf(text: string | undefined): Address[] {
  return (text ?? '').split(/[\s,;]+/).flatMap((part) => parseAddress(part) ?? [])
}

/** `ip=10.0.0.5/24,gw=10.0.0.1` of a template. */
function inheritedNetwork(ipconfig: string | undefined): NonNullable<GuestNic['network']> | null {
  if (ipconfig === undefined) return null
  const parts = new Map(
    ipconfig.split(',').map((part): [string, string] => {
      const [key = '', value = ''] = part.split('=')
      return [key, value]
    }),
  )
  const address = (key: string) => {
    const text = parts.get(key) ?? ''
    return text === 'dhcp' ? ('dhcp' as const) : parseCidr(text)
  }
  const gateway = (key: string) => parseAddress(parts.get(key) ?? '')
  return {
    ...noNetwork,
    ip: address('ip'),
    gateway: gateway('gw'),
    ip6: parts.get('ip6') === 'auto' ? 'auto' : address('ip6'),
    gateway6: gateway('gw6'),
  }
}

/** After the address is known: what cloud-init says, and the seed away again. */
export function proofSpecs(context: VmContext, { draft, place, delivered }: Planned): StepSpec[] {
  if (delivered === null) return []
  const { cloudInit, delivery } = delivered
  const { node } = place
  const { base, inventory, warnings } = context
  const field = fieldOf(context, draft.spec, 'cloudInit')
  const warn = (code: string, message: string) => warnings.add({ code, message, field })
  const stays =
    delivery.kind === 'seed' ? ' The image stays attached and has to be removed by hand.' : ''
  // Cloudbase-Init leaves no such files.
  if (isWindows(base.osType)) return []
  if (!agentComes(context, delivered)) {
    warn(
      'cloud-init-unread',
      `Without a guest agent nobody tells what the first boot came to: only the ports are checked.${stays}`,
    )
    return []
  }
  const privileges = fileReadPrivileges(inventory.version.major)
  if (!holdsOnVm(context, draft.vmid, privileges)) {
    warn(
      'cloud-init-unread',
      `You may not read files of the new guests, so what the first boot came to is not checked. Proxmox asks for ${privileges[0]} on them.${stays}`,
    )
    return []
  }
  const slow = cloudInit.packageUpgrade === true || cloudInit.userData !== undefined
  const timeoutSeconds = slow ? SLOW_READ_TIMEOUT_SECONDS : READ_TIMEOUT_SECONDS
  const readSpec: StepSpec = { kind: 'read-cloud-init', node, timeoutSeconds }
  if (delivery.kind !== 'seed') return [readSpec]
  const { storage, deletes } = delivery
  if (!deletes) {
    warn(
      'seed-stays',
      `You may not remove images from ${storage}: Proxmox asks for Datastore.Allocate. The seeds are detached after the first boot and stay there, named after deployment and VM, readable for everybody who may see the storage.`,
    )
  }
  const volume = `${storage}:iso/${fileBase(draft)}.iso`
  return [
    readSpec,
    { kind: 'detach-seed', node, drive: driveFor(context), storage, volume, deletes },
  ]
}
