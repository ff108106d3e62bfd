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
  bus: z
    .enum(diskBuses)
    .optional()
    .describe('How the disk is attached. Left out, as the system has it best.'),
  format: z
    .enum(['raw', 'qcow2', 'vmdk'])
    .optional()
    .describe('Only where the storage keeps files.'),
  ssd: z.boolean().optional().describe('The guest sees an SSD. Not with the bus virtio.'),
  discard: z.boolean().optional().describe('Freed space goes back to the storage.'),
  iothread: z.boolean().optional().describe('A thread of its own. With the buses scsi and virtio.'),
  cache: z
    .enum(['none', 'writeback', 'writethrough', 'directsync', 'unsafe'])
    .optional()
    .describe("Proxmox's word for how writes are cached. Left out = `none`."),
}

const diskOptionsSchema = z.strictObject(diskOptions)

/** A disk beside the boot disk. Left out, the storage is the boot disk's. */
const extraDiskSchema = z.strictObject({
  sizeGiB: z.int().min(1).max(131_072),
  storage: z.string().min(1).max(100).optional(),
  ...diskOptions,
})

export const hardwareSchema = z.strictObject({
  cpuType: z
    .string()
    .max(100)
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'A CPU type, such as x86-64-v2-AES or host')
    .optional()
    .describe("A model of the node's own list, `host`, or `custom-NAME`."),
  sockets: z.int().min(1).max(4).optional().describe('Cores are spread over them evenly.'),
  balloonMiB: z
    .int()
    .min(0)
    .max(8_388_608)
    .optional()
    .describe('The least memory that ballooning leaves to the VM; 0 turns ballooning off.'),
  firmware: z.enum(['bios', 'uefi']).optional().describe('Left out, as the system needs it.'),
  secureBoot: z.boolean().optional().describe("Microsoft's keys in the EFI disk. Only with UEFI."),
  tpm: z.boolean().optional().describe('TPM 2.0.'),
  machine: z
    .string()
    .max(60)
    .regex(
      /^(pc|q35|pc-(i440fx|q35)-\d+(\.\d+)+(\+pve\d+)?)$/,
      'q35, pc (that is i440fx), or a version of them such as pc-q35-9.0',
    )
    .optional()
    .describe('`q35`, `pc` (i440fx), or one of their versions: `pc-q35-9.0`.'),
  scsiController: z
    .enum(scsiControllers)
    .optional()
    .describe("Proxmox's word: `virtio-scsi-single` …"),
  display: z.enum(displays).optional().describe("Proxmox's word for the graphics device."),
  serialConsole: z.boolean().optional().describe('A serial port, for a console of text.'),
  agent: z
    .boolean()
    .optional()
    .describe("The agent's device; the guest needs the agent itself as well."),
  tablet: z.boolean().optional().describe("A pointer that is where one's own is."),
  disk: diskOptionsSchema
    .optional()
    .describe('Of the boot disk, whose size and storage are `diskGiB` and `storage`.'),
  disks: z.array(extraDiskSchema).max(15).optional().describe('Beside the boot disk.'),
  bootOrder: z
    .array(
      z.string().regex(/^(scsi|virtio|sata|ide|net)\d{1,2}$/, 'A device such as scsi0 or net0'),
    )
    .max(10)
    .optional()
    .describe('Devices in the order in which they are tried: `scsi0`, `ide2`, `net0`.'),
})

export type OsType = z.infer<typeof osTypeSchema>
export type Hardware = z.infer<typeof hardwareSchema>
export type DiskOptions = z.infer<typeof diskOptionsSchema>
export type ExtraDisk = z.infer<typeof extraDiskSchema>
