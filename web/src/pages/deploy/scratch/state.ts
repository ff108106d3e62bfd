/**
 * What the form says about VMs that are made from an ISO or an image: shaped like the screen, half typed. What is left out
 * is the profile's. Passwords and the product key are in memory only; where one is to be given again, `ask…` stands for it.
 */
import {
  displays,
  diskBuses,
  nicModels,
  osTypes,
  type OsType,
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

const noDrives: z.infer<typeof drivesFormSchema> = { boot: {}, more: [], order: '' }

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

const scratchSchema = z.object(scratchFields)

export type ScratchForm = z.infer<typeof scratchSchema>
export type HardwareForm = ScratchForm['hardware']
export type DrivesForm = ScratchForm['drives']
export type MoreDisk = DrivesForm['more'][number]
export type DiskOptionsForm = DrivesForm['boot']
export type NicForm = ScratchForm['nic']
export type AnswersForm = ScratchForm['answers']
export type SourceKind = ScratchForm['source']

export const emptyScratch: ScratchForm = {
  source: 'template',
  volid: '',
  osType: null,
  drivers: '',
  convert: false,
  hardware: {},
  drives: noDrives,
  nic: {},
  setup: 'hand',
  answers: {},
}

/** The system that the VMs get; null where a template brings its own, or nobody has chosen yet. */
export function systemOf(form: Pick<ScratchForm, 'source' | 'osType'>): OsType | null {
  if (form.source === 'template') return null
  return form.source === 'image' ? (form.osType ?? 'linux') : form.osType
}

/** Whether a system is a Windows. */
export function isWindowsSystem(osType: OsType | null): boolean {
  return osType?.startsWith('windows') === true
}

/** Whether Windows answers its own questions. */
export function isUnattended(form: Pick<ScratchForm, 'source' | 'osType' | 'setup'>): boolean {
  return form.source === 'iso' && form.setup === 'unattended' && isWindowsSystem(form.osType)
}

/** With what is asked for again in place of each secret: for the browser's storage, and for earlier requests. */
export function answersWithoutSecrets(answers: AnswersForm): AnswersForm {
  const { administratorPassword, productKey, user, ...rest } = answers
  const { password, ...other } = user ?? { name: '' }
  return {
    ...rest,
    ...(administratorPassword !== undefined && { askAdministratorPassword: true as const }),
    ...(productKey !== undefined && { askProductKey: true as const }),
    ...(user !== undefined && {
      user: { ...other, ...(password !== undefined && { askPassword: true as const }) },
    }),
  }
}
