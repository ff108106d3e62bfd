/** What a person changes for VMs that failed, from the fields of the dialog. Pure. */
import type { VmView } from '@deployer/core/deployment.ts'
import { expandNames } from '@deployer/core/patterns.ts'
import type { StepKind } from '@deployer/core/plan.ts'
import type { DeploymentRequest, NetworkRequest, RetryChanges } from '@deployer/core/request.ts'
import { plural } from '../../../ui/format.ts'
import { parseWhole } from '../../../ui/quantity.ts'
import { parseList, parseMemoryMiB, parseSizeGiB } from '../../deploy/reading.ts'

/** As typed; empty leaves it as it was. */
export type Fields = {
  node: string
  cores: string
  memory: string
  disk: string
  storage: string
  bridge: string
  address: string
  gateway: string
  ports: string
  packages: string
  /** One a line. */
  commands: string
}

export const noFields: Fields = {
  node: '',
  cores: '',
  memory: '',
  disk: '',
  storage: '',
  bridge: '',
  address: '',
  gateway: '',
  ports: '',
  packages: '',
  commands: '',
}

export type Read = {
  changes: RetryChanges
  /** Fields that cannot be read, with why. */
  wrong: Partial<Record<keyof Fields, string>>
}

/** `networks`: the NICs as they were asked for; the fields change the first. */
export function readFields(fields: Fields, networks: readonly NetworkRequest[]): Read {
  const wrong: Read['wrong'] = {}
  const number = (field: keyof Fields, parse: (text: string) => number | null, says: string) => {
    const text = fields[field].trim()
    const value = text === '' ? null : parse(text)
    if (text !== '' && (value === null || value < 1)) wrong[field] = says
    return value ?? undefined
  }
  const cores = number('cores', parseWhole, 'A whole number of cores')
  const memoryMiB = number('memory', parseMemoryMiB, 'A size such as 4 or 512 MiB')
  const diskGiB = number('disk', parseSizeGiB, 'A size such as 40')
  const ports = fields.ports.trim() === '' ? undefined : portsOf(fields.ports)
  if (ports === null) wrong.ports = 'Port numbers from 1 to 65535'
  const firstBoot = firstBootOf(fields)
  const network = networksOf(fields, networks)
  if (network === null) wrong.address = 'Type its address too: the one it had came from a pattern'
  return {
    wrong,
    changes: {
      ...(fields.node !== '' && { node: fields.node }),
      ...(cores !== undefined && { cores }),
      ...(memoryMiB !== undefined && { memoryMiB }),
      ...(diskGiB !== undefined && { diskGiB }),
      ...(fields.storage !== '' && { storage: fields.storage }),
      ...(network && { networks: network }),
      ...(ports && { validate: { ports } }),
      ...(firstBoot && { cloudInit: firstBoot }),
    },
  }
}

/** `none` takes away what there was. */
const listOf = (text: string, parse: (text: string) => string[]): string[] | undefined => {
  const typed = text.trim()
  if (typed === '') return undefined
  return /^none$/i.test(typed) ? [] : parse(typed)
}

const linesOf = (text: string): string[] =>
  text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))

const firstBootOf = (fields: Fields): RetryChanges['cloudInit'] => {
  const packages = listOf(fields.packages, parseList)
  const commands = listOf(fields.commands, linesOf)
  if (packages === undefined && commands === undefined) return undefined
  return { ...(packages && { packages }), ...(commands && { commands }) }
}

const portsOf = (text: string): number[] | null => {
  if (/^none$/i.test(text.trim())) return []
  const ports = parseList(text).map(parseWhole)
  return ports.every((port): port is number => port !== null && port >= 1 && port <= 65_535)
    ? ports
    : null
}

/** All NICs with the first one changed; undefined where nothing is, null where its address has to be typed as well. */
const networksOf = (
  { bridge, address, gateway }: Fields,
  networks: readonly NetworkRequest[],
): NetworkRequest[] | undefined | null => {
  const [ip, gate] = [address.trim(), gateway.trim()]
  if (bridge === '' && ip === '' && gate === '') return undefined
  const [first = {}, ...others] = networks
  const kept = ip === 'dhcp' ? withoutGateway(first) : first
  const changed = {
    ...kept,
    ...(bridge !== '' && { bridge }),
    ...(ip !== '' && { ip }),
    ...(gate !== '' && { gateway: gate }),
  }
  const all = [changed, ...others]
  return all.some((one) => /\{/.test(`${one.ip} ${one.ip6}`)) ? null : all
}

const withoutGateway = ({ gateway: _gateway, ...rest }: NetworkRequest): NetworkRequest => rest

/** The NICs that were asked for this VM, as they were written. */
export const networksOfVm = (request: DeploymentRequest, vm: VmView): NetworkRequest[] => {
  const row = request.vms.find(({ name, count }) => {
    const names = expandNames(name, count)
    return names.ok && names.values.includes(vm.name)
  })
  return vm.changes?.networks ?? row?.networks ?? request.defaults?.networks ?? []
}

const isMaking = ({ kind }: { kind: StepKind }) => kind === 'clone' || kind === 'create'

/** What the retry does to the VMs: `2 VMs are made anew: what there is of them is destroyed first.` */
export const retrySentence = ({
  vms,
}: {
  vms: readonly { steps: readonly { kind: StepKind }[] }[]
}): string => {
  const anew = vms.filter(({ steps }) => steps.some(isMaking)).length
  const lost = vms.filter(({ steps }) => steps.some(({ kind }) => kind === 'destroy')).length
  const goOn = vms.length - anew
  const one = anew === 1
  return [
    anew > 0 &&
      `${plural(anew, 'VM')} ${one ? 'is' : 'are'} made anew${lost > 0 ? `: what there is of ${one ? 'it' : 'them'} is destroyed first` : ''}.`,
    goOn > 0 && `${plural(goOn, 'VM')} ${goOn === 1 ? 'goes' : 'go'} on from the step that failed.`,
  ]
    .filter((part) => part !== false)
    .join(' ')
}
