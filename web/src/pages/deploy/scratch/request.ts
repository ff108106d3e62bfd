/** From the form to the source, the hardware and the answers of a request. Pure. */
import type { ExtraDisk, Hardware, OsType } from '@deployer/core/hardware/request.ts'
import type { NetworkRequest, Source } from '@deployer/core/request.ts'
import type { Unattended } from '@deployer/core/windows/request.ts'
import { parseWhole } from '../../../ui/quantity.ts'
import { parseList, parseMemoryMiB, parseSizeGiB, type Parse, within } from '../reading.ts'
import { defaultEdition } from './editions.ts'
import {
  type AnswersForm,
  type DrivesForm,
  isUnattended,
  isWindowsSystem,
  type NicForm,
  type ScratchForm,
} from './state.ts'

/** The fields that have parts. A part's path is the request's: `cpuType`, `disks.0.sizeGiB`, `user.password`. */
export type PartField = 'hardware' | 'drives' | 'nic' | 'answers'

/** Notes what cannot be sent as it is: what cannot be read, and what is to be given again. */
export type Note = (field: PartField, path: string, message: string) => void

/** The source of a form that makes VMs from an ISO or an image; null where none is chosen yet. */
export function sourceOf(
  form: ScratchForm,
  note: Note,
): Exclude<Source, { kind: 'template' }> | null {
  const { source, volid, osType } = form
  if (source === 'template' || volid === '') return null
  if (source === 'image') {
    return {
      kind: 'image',
      volid,
      osType: osType ?? undefined,
      convertToTemplate: form.convert || undefined,
    }
  }
  if (osType === null) return null
  return {
    kind: 'iso',
    volid,
    osType,
    driversVolid: isWindowsSystem(osType) && form.drivers !== '' ? form.drivers : undefined,
    unattended: isUnattended(form) ? unattendedOf(form.answers, osType, note) : undefined,
  }
}

/** An edition as it is typed: an index of the installer, or a name. */
function editionOf(text: string): Unattended['edition'] {
  const index = /^\d+$/.test(text) ? Number(text) : null
  return index === null ? { name: text } : { index }
}

function unattendedOf(answers: AnswersForm, osType: OsType, note: Note): Unattended {
  const {
    edition = defaultEdition(osType),
    user,
    commands = [],
    administratorPassword = '',
  } = answers
  if (edition.trim() === '') note('answers', 'edition', 'Choose an edition')
  if (administratorPassword === '') {
    note(
      'answers',
      'administratorPassword',
      answers.askAdministratorPassword === true
        ? 'Give the password of Administrator again'
        : 'Give Administrator a password',
    )
  }
  if (answers.askProductKey === true && answers.productKey === undefined) {
    note('answers', 'productKey', 'Give the product key again')
  }
  if (user !== undefined && (user.password ?? '') === '') {
    const name = user.name || 'this user'
    const again = user.askPassword === true
    note(
      'answers',
      'user.password',
      again ? `Give the password of ${name} again` : `Give ${name} a password`,
    )
  }
  return {
    edition: editionOf(edition.trim()),
    productKey: textOrNothing(answers.productKey?.toUpperCase()),
    language: textOrNothing(answers.language),
    keyboard: textOrNothing(answers.keyboard),
    timeZone: textOrNothing(answers.timeZone),
    administratorPassword,
    user:
      user === undefined
        ? undefined
        : { name: user.name, password: user.password ?? '', administrator: user.administrator },
    remoteDesktop: answers.remoteDesktop,
    commands: commands.length === 0 ? undefined : commands,
  }
}

/** Only what somebody set; undefined where that is nothing. */
export function hardwareOf(
  { hardware, drives }: Pick<ScratchForm, 'hardware' | 'drives'>,
  note: Note,
): Hardware | undefined {
  const { sockets, balloon, cpuType, machine, ...rest } = hardware
  const order = parseList(drives.order)
  const made: Hardware = withoutNothing({
    ...rest,
    cpuType: textOrNothing(cpuType),
    machine: textOrNothing(machine),
    sockets: read(sockets, within(1, 4, parseWhole), () =>
      note('hardware', 'sockets', 'A whole number from 1 to 4'),
    ),
    balloonMiB: read(balloon, within(0, 8_388_608, parseBalloon), () =>
      note('hardware', 'balloonMiB', 'A size such as 2 (GiB) or 512 MiB, or 0 for none'),
    ),
    disk: Object.keys(drives.boot).length === 0 ? undefined : drives.boot,
    disks:
      drives.more.length === 0
        ? undefined
        : drives.more.map((disk, index) => extraDisk(disk, index, note)),
    bootOrder: order.length === 0 ? undefined : order,
  })
  return Object.keys(made).length === 0 ? undefined : made
}

const parseBalloon: Parse = (text) => (text.trim() === '0' ? 0 : parseMemoryMiB(text))

function extraDisk(
  { size, storage, ...options }: DrivesForm['more'][number],
  index: number,
  note: Note,
): ExtraDisk {
  const sizeGiB = read(size, within(1, 131_072, parseSizeGiB), () => {})
  if (sizeGiB === undefined) {
    note('drives', `disks.${index}.sizeGiB`, 'A size such as 20 (GiB) or 1t, at most 131072 GiB')
  }
  return withoutNothing({ ...options, sizeGiB: sizeGiB ?? 1, storage: textOrNothing(storage) })
}

/** What the first NIC has beside bridge and addresses. */
export function nicOf(
  nic: NicForm,
  note: Note,
): Pick<NetworkRequest, 'model' | 'firewall' | 'mac' | 'rateMBps'> {
  return {
    model: nic.model,
    firewall: nic.firewall,
    mac: textOrNothing(nic.mac),
    rateMBps: read(nic.rate, parseRate, () =>
      note('nic', 'rateMBps', 'Megabytes a second, such as 10 or 0.5'),
    ),
  }
}

const parseRate: Parse = (text) => {
  const value = Number(text.replace(',', '.'))
  return Number.isFinite(value) && value > 0 ? value : null
}

/** Undefined where nothing is typed, or what cannot be read, which is told. */
function read(text: string | undefined, parse: Parse, onWrong: () => void): number | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const value = parse(text)
  if (value === null) onWrong()
  return value ?? undefined
}

function textOrNothing(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text.trim()
}

function withoutNothing<T extends object>(value: T): T {
  const kept = { ...value }
  for (const key in kept) if (kept[key] === undefined) delete kept[key]
  return kept
}
