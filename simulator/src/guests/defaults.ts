import type { Cluster } from '../cluster.ts'
import { die } from '../errors.ts'
import type { Config } from '../world.ts'
import { diskKeys, drivesOf, isCdrom, isCloudInit, netsOf } from './drive.ts'

/** First disk, first CD-ROM (the cloud-init drive counts), first network (qemu-server src/PVE/QemuServer.pm, get_default_bootdevices). */
export const defaultBoot = (config: Config): string => {
  const disk = diskKeys(config)[0]
  const cdrom = drivesOf(config).find((drive) => isCdrom(drive) || isCloudInit(drive))?.key
  const net = netsOf(config)[0]?.key
  const devices = [disk, cdrom, net].filter((device) => device !== undefined)
  return devices.length === 0 ? ' ' : `order=${devices.join(';')}`
}

/** Windows guests keep the machine version that they were made with; undefined where nothing is to be pinned (QemuServer/Machine.pm). */
export const pinnedMachine = (
  { world }: Cluster,
  ostype: string | undefined,
  machine: string | undefined,
): string | undefined => {
  const [type = 'pc', ...options] = (machine ?? 'pc').split(',')
  if (ostype?.startsWith('w') !== true || /-\d+\.\d+/.test(type)) return undefined
  const [major, minor] = world.qemuVersion.split('.')
  const pinned = `${type === 'q35' ? 'pc-q35' : 'pc-i440fx'}-${major}.${minor}`
  return [pinned, ...options].join(',')
}

/** `meta` of a new guest. */
export const metaOf = ({ world, clock }: Cluster): string =>
  `creation-qemu=${world.qemuVersion},ctime=${clock.seconds()}`

/** qemu-server src/PVE/QemuServer/Machine.pm, assert_valid_machine_property. */
export const checkMachine = (machine: string | undefined): void => {
  if (machine === undefined) return
  const viommu = /viommu=(\w+)/.exec(machine)?.[1]
  if (viommu === 'intel' && !machine.includes('q35'))
    die('to use Intel vIOMMU please set the machine type to q35')
  if (machine.includes('aw-bits=') && viommu === undefined)
    die('cannot set aw-bits if no vIOMMU is configured')
}
