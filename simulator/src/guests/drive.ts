/** Drive and network values of a guest's configuration: `local:100/vm-100-disk-0.qcow2,discard=on,size=8G`. */

export type Drive = {
  key: string
  /** Volume id, `none`, `cdrom`, or a path. */
  file: string
  options: Record<string, string>
}

const driveKey =
  /^(?:ide[0-3]|sata[0-5]|scsi(?:[12]?\d|30)|virtio(?:\d|1[0-5])|efidisk0|tpmstate0)$/

export const isDriveKey = (key: string): boolean => driveKey.test(key)
export const isUnusedKey = (key: string): boolean => /^unused\d+$/.test(key)
export const isNetKey = (key: string): boolean => /^net\d+$/.test(key)

export const parseDrive = (key: string, text: string): Drive => {
  const options: Record<string, string> = {}
  let file = ''
  for (const part of text.split(',')) {
    const at = part.indexOf('=')
    const name = part.slice(0, at)
    if (at < 0 || (file === '' && /:/.test(name))) file = part
    else if (name === 'file' || name === 'volume') file = part.slice(at + 1)
    else options[name] = part.slice(at + 1)
  }
  return { key, file, options }
}

/** The file first, the options by name (qemu-server src/PVE/QemuServer/Drive.pm, print_drive). */
export const printDrive = ({ file, options }: Drive): string =>
  [
    file,
    ...Object.entries(options)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`),
  ].join(',')

export const isCloudInit = (drive: Drive): boolean =>
  drive.options['media'] === 'cdrom' && /[:/]vm-\d+-cloudinit(\.|$)/.test(drive.file)

/** A CD-ROM; the cloud-init drive is none here. */
export const isCdrom = (drive: Drive): boolean =>
  drive.file === 'cdrom' || (drive.options['media'] === 'cdrom' && !isCloudInit(drive))

/** A volume of a storage, not `none`, the host's drive or a path. */
export const hasVolume = ({ file }: Drive): boolean =>
  file !== 'none' && file !== 'cdrom' && !file.startsWith('/')

export const drivesOf = (config: Record<string, string>): Drive[] =>
  Object.entries(config)
    .filter(([key]) => isDriveKey(key))
    .map(([key, value]) => parseDrive(key, value))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))

const busOrder = ['ide', 'scsi', 'virtio', 'sata']

/** Keys of real disks in the order in which a first boot disk is looked for. */
export const diskKeys = (config: Record<string, string>): string[] =>
  drivesOf(config)
    .filter((drive) => busOrder.some((bus) => drive.key.startsWith(bus)))
    .filter((drive) => !isCdrom(drive) && !isCloudInit(drive))
    .map((drive) => drive.key)
    .toSorted((a, b) => busRank(a) - busRank(b))

const busRank = (key: string) =>
  busOrder.findIndex((bus) => key.startsWith(bus)) * 100 + Number(/\d+$/.exec(key)?.[0] ?? 0)

/** The boot disk by `boot: order=` or `bootdisk`, else the first disk. */
export const bootDiskOf = (config: Record<string, string>): Drive | undefined => {
  const disks = diskKeys(config)
  const order = /order=([^,]*)/.exec(config['boot'] ?? '')?.[1]?.split(';')
  const key =
    order === undefined
      ? (config['bootdisk'] ?? disks[0])
      : order.find((device) => disks.includes(device))
  const value = key === undefined ? undefined : config[key]
  return key === undefined || value === undefined ? undefined : parseDrive(key, value)
}

export type Net = { model: string; macaddr: string; options: Record<string, string> }

const netModels = /^(e1000(-8254\w+)?|e1000e|i8255\w+|ne2k_\w+|pcnet|rtl8139|virtio|vmxnet3)$/

export const parseNet = (text: string): Net => {
  const net: Net = { model: '', macaddr: '', options: {} }
  for (const part of text.split(',')) {
    const [name = '', value] = part.split('=')
    if (netModels.test(name)) {
      net.model = name
      net.macaddr = value ?? net.macaddr
    } else if (name === 'model') net.model = value ?? ''
    else if (name === 'macaddr') net.macaddr = value ?? ''
    else if (value !== undefined) net.options[name] = value
  }
  return net
}

export const printNet = ({ model, macaddr, options }: Net): string =>
  [
    `${model}=${macaddr}`,
    ...Object.entries(options)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`),
  ].join(',')

export const netsOf = (config: Record<string, string>): { key: string; net: Net }[] =>
  Object.entries(config)
    .filter(([key]) => isNetKey(key))
    .map(([key, value]) => ({ key, net: parseNet(value) }))
    .toSorted((a, b) => Number(a.key.slice(3)) - Number(b.key.slice(3)))

const units: Record<string, number> = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 }

/** `32G`, `2200M`, `528K`, or bytes; undefined when it is none of these. */
export const parseSize = (text: string): number | undefined => {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([KMGT])?$/.exec(text) ?? []
  return number === undefined ? undefined : Math.floor(Number(number) * (units[unit ?? ''] ?? 1))
}

/** JSONSchema.pm format_size: the largest unit that divides without a rest. */
export const printSize = (bytes: number): string => {
  let value = bytes
  for (const unit of ['', 'K', 'M', 'G', 'T']) {
    if (value % 1024 !== 0 || unit === 'T' || value === 0) return `${value}${unit}`
    value /= 1024
  }
  return String(bytes)
}
