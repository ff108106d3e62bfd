/** A deployment as exports read it: what its plan says, with its secrets masked. */
import { MASKED } from '../cloud-init/passwords.ts'
import type { StepSpec } from '../plan.ts'
import { withoutStamps } from '../stamp.ts'

export const exportFormats = ['json', 'curl', 'terraform', 'ansible'] as const
export type ExportFormat = (typeof exportFormats)[number]

export type ExportedVm = { name: string; vmid: number; node: string; steps: readonly StepSpec[] }

export type ExportedDeployment = {
  id: string
  name: string | null
  /** ISO 8601. */
  createdAt: string
  /** Of another deployment: it destroys what that one made. */
  isUndo: boolean
  /** As it is shown: passwords masked. */
  request: unknown
  vms: readonly ExportedVm[]
}

export type Settings = Record<string, string | number | boolean>

type SpecOf<K extends StepSpec['kind']> = Extract<StepSpec, { kind: K }>

/** What a VM is to become, put together from its steps; without the stamp, by which the deployer knows its own. */
export type WantedVm = {
  name: string
  vmid: number
  node: string
  clone: SpecOf<'clone'> | null
  create: SpecOf<'create'> | null
  description: string
  /** Proxmox's own config keys, those of the creation and those that are set afterwards. */
  settings: Settings
  removed: readonly string[]
  resizes: readonly SpecOf<'resize-disk'>[]
  seed: SpecOf<'upload-seed'> | null
  snippet: SpecOf<'write-snippet'> | null
  becomesTemplate: boolean
  starts: boolean
}

const withoutTag = (settings: Settings): Settings => {
  const { tags, ...rest } = settings
  const kept = listOf(String(tags ?? '')).filter((tag) => tag !== '{deployment}')
  return kept.length === 0 ? rest : { ...rest, tags: kept.join(';') }
}

/** Steps that look at the guest, which other tools do in other ways or not at all. */
export const wantedVm = ({ name, vmid, node, steps }: ExportedVm): WantedVm => {
  const first = <K extends StepSpec['kind']>(kind: K) =>
    steps.find((step): step is SpecOf<K> => step.kind === kind) ?? null
  const all = <K extends StepSpec['kind']>(kind: K) =>
    steps.filter((step): step is SpecOf<K> => step.kind === kind)
  const configures = all('configure')
  return {
    name,
    vmid,
    node,
    clone: first('clone'),
    create: first('create'),
    description: withoutStamps(first('clone')?.description ?? first('create')?.description ?? ''),
    settings: withoutTag(
      Object.assign({}, first('create')?.settings, ...configures.map(({ settings }) => settings)),
    ),
    removed: configures.flatMap(({ remove }) => remove),
    resizes: all('resize-disk'),
    seed: first('upload-seed'),
    snippet: first('write-snippet'),
    becomesTemplate: first('convert-to-template') !== null,
    starts: first('start') !== null,
  }
}

const documentKinds = ['user', 'network', 'meta', 'vendor'] as const
export type DocumentKind = (typeof documentKinds)[number]

/** The documents of the first boot, however they reach the guest: `user-data` and `…-user.yaml` are the same. */
export const firstBootDocuments = ({ seed, snippet }: WantedVm): [DocumentKind, string][] =>
  Object.entries(seed?.documents ?? snippet?.files ?? {}).flatMap(([name, text]) => {
    const kind = documentKinds.find((one) => new RegExp(`(^|-)${one}[-.]`).test(name))
    return kind === undefined ? [] : [[kind, text]]
  })

/** A password that only its owner knows: masked here, or filled in while the deployment ran. */
export const isSecret = (key: string, value: string | number | boolean): boolean =>
  key === 'cipassword' || value === MASKED || value === '{adminPassword}'

export const holdsSecrets = (text: string): boolean => text.includes(MASKED)

export const withId = (text: string, id: string): string => text.replaceAll('{deployment}', id)

/** `virtio=BC:24:11:00:00:01,bridge=vmbr0`: options by name; what has none stands under `''`. */
export const propertiesOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split(',').map((part) => {
      const at = part.indexOf('=')
      return at < 0 ? ['', part] : [part.slice(0, at), part.slice(at + 1)]
    }),
  )

/** The head of every file, as lines without the mark of a comment. */
export const headLines = (deployment: ExportedDeployment, what: string): string[] => [
  `${deployment.name ?? 'Deployment'} (${deployment.id}), made ${deployment.createdAt}, as ${what}.`.replaceAll(
    /[\r\n]+/g,
    ' ',
  ),
  'Written by Proxmox VM Deployer. Secrets are variables: none is in this file.',
]

/** `sshkeys` is percent-encoded (qemu-server src/PVE/QemuServer.pm). */
export const sshKeysOf = (value: string): string[] =>
  decodeURIComponent(value)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

export const listOf = (value: string): string[] =>
  value.split(/[\s,;]+/).filter((item) => item !== '')

export const isOn = (value: string | undefined): boolean => /^(1|on|yes|true)$/i.test(value ?? '')
