/** From an earlier request back to the form's part about ISOs and images. Pure; comes with the way back of the rest. */
import type { ExtraDisk, Hardware, OsType } from '@deployer/core/hardware/request.ts'
import type { NetworkRequest } from '@deployer/core/request.ts'
import type { Unattended } from '@deployer/core/windows/request.ts'
import { memoryText } from '../reading.ts'
import {
  type AnswersForm,
  answersWithoutSecrets,
  emptyScratch,
  type HardwareForm,
  type MoreDisk,
  type NicForm,
  type ScratchForm,
} from './state.ts'

/** Unset keys leave a form that is the same as an untouched one. */
function withoutNothing<T extends object>(value: T): T {
  const kept = { ...value }
  for (const key in kept) if (kept[key] === undefined) delete kept[key]
  return kept
}

export function fromHardware(
  hardware: Hardware | undefined,
): Pick<ScratchForm, 'hardware' | 'drives'> {
  const { sockets, balloonMiB, disk, disks = [], bootOrder = [], ...rest } = hardware ?? {}
  const form: HardwareForm = {
    ...rest,
    sockets: sockets === undefined ? undefined : String(sockets),
    balloon: balloonMiB === undefined ? undefined : balloonMiB === 0 ? '0' : memoryText(balloonMiB),
  }
  return {
    hardware: withoutNothing(form),
    drives: {
      boot: withoutNothing({ ...disk }),
      more: disks.map(fromDisk),
      order: bootOrder.join(', '),
    },
  }
}

function fromDisk({ sizeGiB, storage = '', ...options }: ExtraDisk): MoreDisk {
  return { ...withoutNothing(options), size: String(sizeGiB), storage }
}

export function fromNic({ model, firewall, mac, rateMBps }: NetworkRequest): NicForm {
  return withoutNothing({
    model,
    firewall,
    mac,
    rate: rateMBps === undefined ? undefined : String(rateMBps),
  })
}

/** As a request has it, as it is shown, or as a blueprint keeps it: secrets may be masked or missing. */
export type OpenUnattended = Omit<
  Unattended,
  'edition' | 'administratorPassword' | 'productKey' | 'user'
> & {
  edition: Unattended['edition']
  administratorPassword?: string | undefined
  productKey?: string | undefined
  user?:
    | { name: string; password?: string | undefined; administrator?: boolean | undefined }
    | undefined
}

/** Secrets are to be given again. */
function fromUnattended(unattended: OpenUnattended): AnswersForm {
  const { edition, user, ...rest } = unattended
  return answersWithoutSecrets(
    withoutNothing({
      ...rest,
      edition: 'name' in edition ? edition.name : String(edition.index),
      administratorPassword: '',
      user: user === undefined ? undefined : { ...withoutNothing(user), password: '' },
    }),
  )
}

/** The source of an earlier request; a blueprint may leave the volume open. */
export type OpenScratchSource =
  | {
      kind: 'iso'
      volid?: string | undefined
      osType?: OsType | undefined
      driversVolid?: string | undefined
      unattended?: OpenUnattended | undefined
    }
  | {
      kind: 'image'
      volid?: string | undefined
      osType?: OsType | undefined
      convertToTemplate?: boolean | undefined
    }

export function fromSource(
  source: OpenScratchSource,
): Omit<ScratchForm, 'hardware' | 'drives' | 'nic'> {
  const base = { ...emptyScratch, source: source.kind, volid: source.volid ?? '' }
  const osType = source.osType ?? null
  if (source.kind === 'image') {
    return { ...base, osType, convert: source.convertToTemplate ?? false }
  }
  return {
    ...base,
    osType,
    drivers: source.driversVolid ?? '',
    ...(source.unattended !== undefined && {
      setup: 'unattended' as const,
      answers: fromUnattended(source.unattended),
    }),
  }
}
