/** Hardware of VMs that are made from scratch, as people ask for it. What is left out comes from the profile of the system. */
import { z } from 'zod'

export const osTypes = [
  'linux',
  'windows-10',
  'windows-11',
  'windows-server-2016',
  'windows-server-2019',
  'windows-server-2022',
  'windows-server-2025',
  'other',
] as const

export const osTypeSchema = z.enum(osTypes)

export const diskBuses = ['scsi', 'virtio', 'sata', 'ide'] as const
export const nicModels = ['virtio', 'e1000', 'e1000e', 'vmxnet3', 'rtl8139'] as const
export const displays = ['std', 'virtio', 'qxl', 'vmware', 'serial0', 'none'] as const
export const scsiControllers = [
  'virtio-scsi-single',
  'virtio-scsi-pci',
  'lsi',
  'lsi53c810',
  'megasas',
  'pvscsi',
] as const

const diskOptions = {
  bus: z.enum(diskBuses).optional(),
  /** Only where the storage keeps files. */
  format: z.enum(['raw', 'qcow2', 'vmdk']).optional(),
  /** The guest sees an SSD. Not with the bus virtio. */
  ssd: z.boolean().optional(),
  /** Freed space goes back to the storage. */
  discard: z.boolean().optional(),
  /** A thread of its own. With the buses scsi and virtio. */
  iothread: z.boolean().optional(),
  cache: z.enum(['none', 'writeback', 'writethrough', 'directsync', 'unsafe']).optional(),
}

const diskOptionsSchema = z.strictObject(diskOptions)

/** A disk beside the boot disk. Left out, the storage is the boot disk's. */
const extraDiskSchema = z.strictObject({
  sizeGiB: z.int().min(1).max(131_072),
  storage: z.string().min(1).max(100).optional(),
  ...diskOptions,
})

export const hardwareSchema = z.strictObject({
  /** A model of the node's own list, `host`, or `custom-NAME`. */
  cpuType: z
    .string()
    .max(100)
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'A CPU type, such as x86-64-v2-AES or host')
    .optional(),
  /** Cores are spread over them evenly. */
  sockets: z.int().min(1).max(4).optional(),
  /** The least memory that ballooning leaves to the VM; 0 turns ballooning off. */
  balloonMiB: z.int().min(0).max(8_388_608).optional(),
  firmware: z.enum(['bios', 'uefi']).optional(),
  /** Microsoft's keys in the EFI disk. Only with UEFI. */
  secureBoot: z.boolean().optional(),
  /** TPM 2.0. */
  tpm: z.boolean().optional(),
  /** `q35`, `pc` (i440fx), or one of their versions: `pc-q35-9.0`. */
  machine: z
    .string()
    .max(60)
    .regex(
      /^(pc|q35|pc-(i440fx|q35)-\d+(\.\d+)+(\+pve\d+)?)$/,
      'q35, pc (that is i440fx), or a version of them such as pc-q35-9.0',
    )
    .optional(),
  scsiController: z.enum(scsiControllers).optional(),
  display: z.enum(displays).optional(),
  serialConsole: z.boolean().optional(),
  /** The agent's device; the guest needs the agent itself as well. */
  agent: z.boolean().optional(),
  /** A pointer that is where one's own is. */
  tablet: z.boolean().optional(),
  /** Of the boot disk, whose size and storage are `diskGiB` and `storage`. */
  disk: diskOptionsSchema.optional(),
  /** Beside the boot disk. */
  disks: z.array(extraDiskSchema).max(15).optional(),
  /** Devices in the order in which they are tried: `scsi0`, `ide2`, `net0`. */
  bootOrder: z
    .array(
      z.string().regex(/^(scsi|virtio|sata|ide|net)\d{1,2}$/, 'A device such as scsi0 or net0'),
    )
    .max(10)
    .optional(),
})

export type OsType = z.infer<typeof osTypeSchema>
export type Hardware = z.infer<typeof hardwareSchema>
export type DiskOptions = z.infer<typeof diskOptionsSchema>
export type ExtraDisk = z.infer<typeof extraDiskSchema>
