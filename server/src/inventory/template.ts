/** A template from its config, whose keys and values are qemu-server's (src/PVE/QemuServer.pm, Drive.pm, Network.pm). */
import {
  type Disk,
  isInheritedKey,
  type Nic,
  type Storage,
  type Template,
} from '@deployer/core/inventory.ts'
import type { Calls } from '@deployer/proxmox/generated/calls.ts'
import {
  parseFlag,
  parseProperties,
  parseSizeBytes,
  parseTags,
} from '@deployer/proxmox/property-string.ts'

const GIB = 1024 ** 3
const DISK_KEY = /^(ide|sata|scsi|virtio|efidisk|tpmstate)\d+$/
const BOOTABLE_KEY = /^(ide|sata|scsi|virtio)\d+$/
const NIC_KEY = /^net\d+$/
/** Where Proxmox looks for the first hard disk when the config has no boot order (Drive.pm, `valid_drive_names`). */
const BUS_ORDER = ['ide', 'scsi', 'virtio', 'sata']

type Config = Calls['GET /nodes/{node}/qemu/{vmid}/config']['returns']

type Feature = Calls['GET /nodes/{node}/qemu/{vmid}/feature']['returns']

/**
 * A template by itself, without regard to others of its name.
 * @param clone the answer for `feature=clone`
 */
export function readTemplate(
  vmid: number,
  node: string,
  config: Config,
  clone: Feature,
  storages: Storage[],
): Omit<Template, 'copies'> {
  const text = new Map(
    Object.entries(config)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, String(value)] as const),
  )
  const drives = [...text]
    .filter(([key]) => DISK_KEY.test(key))
    .map(([key, value]) => readDrive(key, value))
  const images = drives.filter((drive) => !drive.cd)
  const cds = drives.filter((drive) => drive.cd)
  const cloudInit = cds.find((drive) => isCloudInit(drive.volid))
  const boot = bootKey(
    text,
    images.map((drive) => drive.key),
  )
  const disks = images.map(({ key, volid, sizeGiB }): Disk => ({
    key,
    volid,
    sizeGiB,
    storage: storageOf(volid),
    boot: key === boot,
  }))
  return {
    vmid,
    name: text.get('name') ?? `VM ${vmid}`,
    node,
    description: text.get('description') ?? null,
    osType: text.get('ostype') ?? null,
    cores: whole(text.get('cores'), 1),
    sockets: whole(text.get('sockets'), 1),
    memoryMiB: whole(parseProperties(text.get('memory') ?? '', 'current').get('current'), 512),
    disks,
    nics: [...text]
      .filter(([key]) => NIC_KEY.test(key))
      .map(([key, value]) => readNic(key, value))
      .toSorted((a, b) => numberOf(a.key) - numberOf(b.key)),
    cloudInitDrive: cloudInit?.key ?? null,
    cloudInitVolume: cloudInit?.volid ?? null,
    cdVolumes: cds
      .map((drive) => drive.volid)
      .filter((volid) => volid.includes(':') && !isCloudInit(volid)),
    agent: parseFlag(parseProperties(text.get('agent') ?? '', 'enabled').get('enabled')) ?? false,
    tags: parseTags(text.get('tags')),
    lock: text.get('lock') ?? null,
    createdAt: createdAt(text.get('meta')),
    inherited: Object.fromEntries([...text].filter(([key]) => isInheritedKey(key))),
    linkedClone:
      parseFlag(clone.hasFeature) === true
        ? { possible: true, reason: null }
        : { possible: false, reason: whyNotLinked(disks, node, storages) },
  }
}

type Drive = { key: string; volid: string; sizeGiB: number; cd: boolean }

function readDrive(key: string, value: string): Drive {
  const properties = parseProperties(value, 'file')
  const volid = properties.get('file') ?? ''
  const bytes = parseSizeBytes(properties.get('size') ?? '') ?? 0
  return {
    key,
    volid,
    sizeGiB: Math.round((bytes / GIB) * 1000) / 1000,
    cd: properties.get('media') === 'cdrom' || isCloudInit(volid),
  }
}

/** `vm-9000-cloudinit` and `vm-9000-cloudinit.qcow2` (QemuServer/Drive.pm, `drive_is_cloudinit`). */
export const isCloudInit = (volid: string): boolean => /[:/]vm-\d+-cloudinit(\.\w+)?$/.test(volid)

/** Empty for what is no volume of a storage: a device of the host, a file path. */
export const storageOf = (volid: string): string => /^([^/:]+):/.exec(volid)?.[1] ?? ''

const MODEL_KEYS = new Set(['model', 'macaddr', 'bridge', 'tag', 'firewall'])

/** `virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=20`, or the same with `model=virtio,macaddr=…`. */
export function readNic(key: string, value: string): Nic {
  const properties = parseProperties(value, 'model')
  const [first] = properties
  const inShort = first !== undefined && /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(first[1])
  const model = inShort && first[0] !== 'macaddr' ? first[0] : (properties.get('model') ?? 'virtio')
  const vlan = Number.parseInt(properties.get('tag') ?? '', 10)
  return {
    key,
    model,
    bridge: properties.get('bridge') ?? null,
    vlan: Number.isInteger(vlan) ? vlan : null,
    firewall: parseFlag(properties.get('firewall')) ?? false,
    options: [...properties]
      .filter(([name]) => !MODEL_KEYS.has(name) && name !== model)
      .map(([name, option]) => `${name}=${option}`)
      .join(','),
  }
}

export function bootKey(text: Map<string, string>, disks: string[]): string | undefined {
  const bootable = disks.filter((key) => BOOTABLE_KEY.test(key))
  const order = parseProperties(text.get('boot') ?? '', 'legacy')
    .get('order')
    ?.split(';')
  const ordered = order?.map((key) => key.trim()).find((key) => bootable.includes(key))
  if (order !== undefined) return ordered
  const chosen = text.get('bootdisk')
  if (chosen !== undefined && bootable.includes(chosen)) return chosen
  return BUS_ORDER.flatMap((bus) =>
    bootable.filter((key) => key.startsWith(bus)).toSorted((a, b) => numberOf(a) - numberOf(b)),
  )[0]
}

export const numberOf = (key: string): number => Number.parseInt(/\d+$/.exec(key)?.[0] ?? '0', 10)

export function whole(text: string | undefined, preset: number): number {
  const value = Number.parseInt(text ?? '', 10)
  return Number.isInteger(value) ? value : preset
}

/** `creation-qemu=9.0.2,ctime=1730000000` */
function createdAt(meta: string | undefined): string | null {
  const seconds = Number.parseInt(parseProperties(meta ?? '').get('ctime') ?? '', 10)
  return Number.isInteger(seconds) ? new Date(seconds * 1000).toISOString() : null
}

/** Storage types whose plugins can make linked clones of a template (pve-storage src/PVE/Storage/, volume_has_feature). */
const LINKING_TYPES = new Set(['dir', 'nfs', 'cifs', 'btrfs', 'lvmthin', 'zfspool', 'zfs', 'rbd'])

function whyNotLinked(disks: Disk[], node: string, storages: Storage[]): string {
  for (const disk of disks) {
    const storage = storages.find(({ name, node: at }) => name === disk.storage && at === node)
    if (storage !== undefined && !LINKING_TYPES.has(storage.type))
      return `${disk.key} is on ${disk.storage}, and storage of type ${storage.type} makes no linked clones.`
    if (disk.storage === '') return `${disk.key} is not on a storage of Proxmox.`
  }
  return 'Proxmox says that the storage of its disks makes no linked clones.'
}
