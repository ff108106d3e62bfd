/** The hardware that an installer meets. */
import type { Cluster } from '../cluster.ts'
import { diskKeys, drivesOf, isCdrom, netsOf, parseDrive } from '../guests/drive.ts'
import { diskBytes } from '../guests/copy-data.ts'
import { cpusOf, memoryBytesOf } from '../guests/sizing.ts'
import { findVolume } from '../storage/storages.ts'
import type { Config, Guest, Volume } from '../world.ts'
import { mediaOf, type Media } from './media.ts'

export type Disk = {
  key: string
  volid: string
  volume: Volume
  bytes: number
  /** Of virtio-win, without which Windows does not see it. */
  driver: 'vioscsi' | 'viostor' | undefined
}

export type Cd = {
  key: string
  /** The letter that Windows gives it. */
  letter: string
  media: Media | undefined
  /** Of a CD of ours: by its names. */
  files: Record<string, string>
}

export type Machine = {
  firmware: 'bios' | 'uefi'
  tpm2: boolean
  memoryBytes: number
  cores: number
  cpuType: string
  disks: Disk[]
  cds: Cd[]
  nics: { mac: string; model: string }[]
}

const driverOf = (key: string, scsihw: string | undefined): Disk['driver'] => {
  if (key.startsWith('virtio')) return 'viostor'
  return key.startsWith('scsi') && scsihw?.startsWith('virtio-scsi') === true
    ? 'vioscsi'
    : undefined
}

const disksOf = (cluster: Cluster, node: string, config: Config): Disk[] =>
  diskKeys(config).flatMap((key) => {
    const { file } = parseDrive(key, config[key] ?? '')
    const volume = findVolume(cluster, file, node)
    return volume === undefined
      ? []
      : [
          {
            key,
            volid: file,
            volume,
            bytes: diskBytes(volume),
            driver: driverOf(key, config['scsihw']),
          },
        ]
  })

const firstCdLetter = 'D'.charCodeAt(0)

const cdsOf = (cluster: Cluster, node: string, config: Config): Cd[] =>
  drivesOf(config)
    .filter(isCdrom)
    .map(({ key, file }, index) => {
      const volume = findVolume(cluster, file, node)
      return {
        key,
        letter: String.fromCharCode(firstCdLetter + index),
        media: volume && mediaOf(volume),
        files: volume?.seed?.files ?? {},
      }
    })

const cpuTypeOf = (config: Config) => {
  const text = config['cpu'] ?? 'kvm64'
  return /(?:^|,)cputype=([^,]*)/.exec(text)?.[1] ?? text.split(',')[0] ?? 'kvm64'
}

const tpmVersion = (config: Config) => /(?:^|,)version=([^,]*)/.exec(config['tpmstate0'] ?? '')?.[1]

export const machineOf = (cluster: Cluster, { node, config }: Guest): Machine => ({
  firmware: config['bios'] === 'ovmf' ? 'uefi' : 'bios',
  tpm2: tpmVersion(config) === 'v2.0',
  memoryBytes: memoryBytesOf(config),
  cores: cpusOf(config),
  cpuType: cpuTypeOf(config),
  disks: disksOf(cluster, node, config),
  cds: cdsOf(cluster, node, config),
  nics: netsOf(config).map(({ net }) => ({ mac: net.macaddr.toLowerCase(), model: net.model })),
})

/** CPUs of QEMU without SSE4.2 and POPCNT. */
export const hasNewInstructions = ({ cpuType }: Machine): boolean =>
  !/^(kvm|qemu)(32|64)$|^(486|athlon|phenom|core2?duo|pentium\d?|Conroe|Penryn|Opteron_G[123])$/.test(
    cpuType,
  )
