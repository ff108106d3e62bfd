/** VMs from an ISO or an image as the form has them, half typed. What is left out is the profile's. */
import {
  displays,
  diskBuses,
  nicModels,
  osTypes,
  scsiControllers,
} from '@deployer/core/hardware/request.ts'
import { z } from 'zod'

const text = z.string().optional()
const flag = z.boolean().optional()
const ask = z.literal(true).optional()

const hardwareFormSchema = z.object({
  cpuType: text,
  sockets: text,
  balloon: text,
  firmware: z.enum(['bios', 'uefi']).optional(),
  secureBoot: flag,
  tpm: flag,
  machine: text,
  scsiController: z.enum(scsiControllers).optional(),
  display: z.enum(displays).optional(),
  serialConsole: flag,
  agent: flag,
  tablet: flag,
})

const diskOptions = {
  bus: z.enum(diskBuses).optional(),
  format: z.enum(['raw', 'qcow2', 'vmdk']).optional(),
  ssd: flag,
  discard: flag,
  iothread: flag,
  cache: z.enum(['none', 'writeback', 'writethrough', 'directsync', 'unsafe']).optional(),
}

const drivesFormSchema = z.object({
  boot: z.object(diskOptions),
  more: z.array(z.object({ size: z.string(), storage: z.string(), ...diskOptions })),
  /** Devices, divided by blanks or commas. */
  order: z.string(),
})

const nicFormSchema = z.object({
  model: z.enum(nicModels).optional(),
  firewall: flag,
  mac: text,
  rate: text,
})

const answersFormSchema = z.object({
  edition: text,
  productKey: text,
  askProductKey: ask,
  language: text,
  keyboard: text,
  timeZone: text,
  administratorPassword: text,
  askAdministratorPassword: ask,
  user: z
    .object({ name: z.string(), password: text, askPassword: ask, administrator: flag })
    .optional(),
  remoteDesktop: flag,
  commands: z.array(z.string()).optional(),
})

const noDrives = { boot: {}, more: [], order: '' }

/** Fields of the form. Drafts of earlier versions have none of them. */
export const scratchFields = {
  source: z.enum(['template', 'image', 'iso']).default('template'),
  /** The ISO or the image: `local:iso/debian-13.iso`. */
  volid: z.string().default(''),
  osType: z.enum(osTypes).nullable().default(null),
  drivers: z.string().default(''),
  convert: z.boolean().default(false),
  hardware: hardwareFormSchema.default({}),
  drives: drivesFormSchema.default(noDrives),
  nic: nicFormSchema.default({}),
  setup: z.enum(['unattended', 'hand']).default('hand'),
  answers: answersFormSchema.default({}),
}

export const scratchSchema = z.object(scratchFields)
