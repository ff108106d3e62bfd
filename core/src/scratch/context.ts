/** What the planning of VMs from an ISO or an image shares. */
import {
  type Base,
  type PlanContext,
  storageOfVolume,
  storageOn,
  type VmContext,
} from '../context.ts'
import { type Profile, profileOf } from '../hardware/profiles.ts'
import type { Hardware } from '../hardware/request.ts'
import type { Inventory, Volume } from '../inventory.ts'
import type { ImageSource, IsoSource } from '../request.ts'
import type { VmSpec } from '../specs.ts'
import { isWindowsOsType, type WindowsOsType } from '../windows/drivers.ts'

export type ScratchSource = IsoSource | ImageSource

export type ScratchContext = VmContext & {
  source: ScratchSource
  profile: Profile
  /** Null for other systems. */
  windows: WindowsOsType | null
  /** Where NICs go whose bridge the request leaves open; null where there is none. */
  bridge: string | null
}

/** Drives of CDs. On q35 the IDE drives with odd numbers were of no use up to 8.0 (qemu-server, commit b155086b). */
export const INSTALLER_DRIVE = 'ide2'
export const DRIVERS_DRIVE = 'ide0'
export const ANSWERS_DRIVE = 'sata0'
export const CLOUD_INIT_DRIVE = 'ide2'

export function scratchContext(context: PlanContext, source: ScratchSource): ScratchContext {
  const osType = source.osType ?? 'linux'
  const { version, nodes } = context.inventory
  const profile = profileOf(osType, { version, nodes: nodes.length })
  return {
    ...context,
    source,
    profile,
    full: true,
    base: baseOf(source, profile),
    windows: isWindowsOsType(osType) ? osType : null,
    bridge: usualBridge(context.inventory),
  }
}

function baseOf(source: ScratchSource, profile: Profile): Base {
  const made = {
    name: source.volid.split('/').at(-1) ?? source.volid,
    osType: profile.guest,
    inherited: {},
    cloudInitVolume: null,
    disks: [],
    cdVolumes: [],
  }
  switch (source.kind) {
    case 'iso':
      return { ...made, agent: true, cloudInitDrive: null }
    case 'image':
      // Few images bring the agent, so a first boot installs it; a template has no first boot.
      return {
        ...made,
        agent: source.convertToTemplate === true,
        cloudInitDrive: CLOUD_INIT_DRIVE,
      }
  }
}

/** The one that most nodes have, and of these the first: mostly vmbr0. */
function usualBridge({ bridges, nodes }: Inventory): string | null {
  const online = new Set(nodes.filter((node) => node.online).map(({ name }) => name))
  const usable = bridges.filter(
    ({ active, node, kind }) => active && online.has(node) && kind !== 'vnet',
  )
  const counts = Map.groupBy(usable, ({ name }) => name)
  const [best] = [...counts].toSorted(
    ([a, on], [b, other]) => other.length - on.length || a.localeCompare(b),
  )
  return best?.[0] ?? null
}

/** Where a setting of the hardware comes from: `defaults.hardware.tpm`. */
export function hardwareField(
  { request }: ScratchContext,
  { row }: VmSpec,
  setting: keyof Hardware,
): string {
  const own = request.vms[row]?.hardware
  const { hardware } = request.defaults ?? {}
  const inDefaults =
    own?.[setting] === undefined && (hardware?.[setting] !== undefined || own === undefined)
  return `${inDefaults ? 'defaults' : `vms.${row}`}.hardware.${setting}`
}

/** Everything that the VM reads from a storage: what it is, where it stands in the request. */
export function mediaOf({ source }: ScratchContext): Medium[] {
  const drivers = source.kind === 'iso' ? source.driversVolid : undefined
  const medium = (what: Medium['what'], volid: string, field: string): Medium => ({
    what,
    volid,
    storage: storageOfVolume(volid) ?? '',
    field,
  })
  return [
    medium(source.kind === 'iso' ? 'ISO' : 'image', source.volid, 'source.volid'),
    ...(drivers === undefined ? [] : [medium('driver ISO', drivers, 'source.driversVolid')]),
  ]
}

export type Medium = {
  what: 'ISO' | 'image' | 'driver ISO'
  volid: string
  storage: string
  field: string
}

/** As this node sees it; undefined where it does not. A shared storage need not be on every node. */
export function volumeOn(
  { volumes, storages }: Inventory,
  { volid, storage }: Pick<Medium, 'volid' | 'storage'>,
  node: string,
): Volume | undefined {
  if (storageOn({ storages }, storage, node)?.active !== true) return undefined
  return volumes.find((each) => each.volid === volid && (each.node === null || each.node === node))
}
