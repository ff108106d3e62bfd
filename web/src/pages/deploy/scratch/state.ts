/**
 * What the form says about VMs that are made from an ISO or an image: shaped like the screen, half typed. What is left out
 * is the profile's. Passwords and the product key are in memory only; where one is to be given again, `ask…` stands for it.
 */
import type { OsType } from '@deployer/core/hardware/request.ts'
import type { z } from 'zod'
import type { scratchSchema } from './form-schema.ts'

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
  drives: { boot: {}, more: [], order: '' },
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
