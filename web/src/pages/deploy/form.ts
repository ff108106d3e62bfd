/**
 * The state of the deploy page: shaped like the screen, so text fields are text, also while they are half typed.
 * `''` and `null` mean "not touched": the template's value, or the page's default for this template.
 */
import { isWindows } from '@deployer/core/names.ts'
import type { z } from 'zod'
import type { formSchema } from './form-schema.ts'
import type { Basis } from './scratch/basis.ts'
import { emptyScratch } from './scratch/state.ts'

export type DeployForm = z.infer<typeof formSchema>
export type FormField = keyof DeployForm
export type Kept = DeployForm['kept']
export type Addressing = NonNullable<DeployForm['addressing']>

export const emptyTable: DeployForm['table'] = { overrides: {}, gone: [], rows: [] }

export const nothingKept: Kept = { networks: [], agentTimeoutSeconds: null }

export const emptyForm: DeployForm = {
  template: null,
  ...emptyScratch,
  deploymentName: '',
  quantity: 1,
  namePattern: '',
  size: 'template',
  cores: '',
  memory: '',
  disk: '',
  placement: 'spread',
  node: '',
  clone: null,
  storage: '',
  pool: '',
  bridge: '',
  vlan: '',
  addressing: null,
  range: '',
  gateway: '',
  nameservers: '',
  ip6: '',
  gateway6: '',
  searchDomains: '',
  cloudInit: {},
  start: true,
  ports: null,
  tags: '',
  description: '',
  onBoot: 'template',
  kept: nothingKept,
  table: emptyTable,
}

/** What the fields mean while nobody has touched them. */
export type Defaults = {
  clone: 'linked' | 'full'
  addressing: Addressing
  /** As it would be typed: `22`; empty where nothing can be checked. */
  ports: string
}

/** The page's defaults: linked where it can be, DHCP where something in the guest sets it, SSH or RDP checked. */
export function defaultsFor(template: Basis | null): Defaults {
  if (template === null) return { clone: 'linked', addressing: 'dhcp', ports: '22' }
  return {
    clone: template.linkedClone.possible ? 'linked' : 'full',
    addressing: template.cloudInitDrive === null ? 'template' : 'dhcp',
    ports: template.byHand === true ? '' : isWindows(template.osType) ? '3389' : '22',
  }
}

/** The disk that the field "Disk" grows: the one that the template boots from, else its first. */
export function bootDisk(template: Pick<Basis, 'disks'>): Basis['disks'][number] | null {
  return template.disks.find((disk) => disk.boot) ?? template.disks[0] ?? null
}

/** Where a value comes from: the template or profile, a default or preset of ours, or the person. */
export type Provenance = 'template' | 'preset' | 'you'

type Source = (form: DeployForm, defaults: Defaults) => Provenance

type TypedField = 'disk' | 'storage' | 'bridge' | 'vlan' | 'ip6' | 'tags' | 'description'

const typed = (field: TypedField): Source => {
  return (form) => (form[field].trim() === '' ? 'template' : 'you')
}

/** Chosen by hand as our default has it is our default. */
const preset = (field: 'clone' | 'ports'): Source => {
  return (form, defaults) =>
    form[field] === null || form[field] === defaults[field] ? 'preset' : 'you'
}

const chosenSize = (form: DeployForm, own: boolean): Provenance => {
  if (form.size === 'template') return 'template'
  if (form.size !== 'custom') return 'preset'
  return own ? 'you' : 'template'
}

const touched = (settings: object, text = ''): Provenance =>
  Object.keys(settings).length === 0 && text === '' ? 'template' : 'you'

/** Only fields whose badge says something: not names, not the template itself. */
const provenance: Partial<Record<FormField, Source>> = {
  size: (form) => chosenSize(form, true),
  cores: (form) => chosenSize(form, form.cores.trim() !== ''),
  memory: (form) => chosenSize(form, form.memory.trim() !== ''),
  disk: typed('disk'),
  placement: (form) => (form.placement === 'spread' ? 'preset' : 'you'),
  clone: preset('clone'),
  storage: typed('storage'),
  bridge: typed('bridge'),
  vlan: typed('vlan'),
  addressing: (form, defaults) => {
    if ((form.addressing ?? defaults.addressing) === 'template') return 'template'
    return form.addressing === null || form.addressing === defaults.addressing ? 'preset' : 'you'
  },
  ip6: typed('ip6'),
  cloudInit: (form) => touched(form.cloudInit),
  hardware: (form) => touched(form.hardware),
  drives: ({ drives }) => (drives.more.length > 0 ? 'you' : touched(drives.boot, drives.order)),
  nic: (form) => touched(form.nic),
  answers: (form) => touched(form.answers),
  start: (form) => (form.start ? 'preset' : 'you'),
  ports: preset('ports'),
  tags: typed('tags'),
  description: typed('description'),
  onBoot: (form) => (form.onBoot === 'template' ? 'template' : 'you'),
}

/** The source of a field's present value, for its badge; null where a badge would say nothing. */
export function provenanceOf(
  field: FormField,
  form: DeployForm,
  template: Basis | null,
): Provenance | null {
  const source = provenance[field]?.(form, defaultsFor(template)) ?? null
  if (source !== 'template' || form.source === 'template') return source
  // Without a template, what no profile says is our default; which profile it is, nobody may know yet.
  if (!ofProfile.has(field)) return 'preset'
  return template === null ? null : source
}

const ofProfile: ReadonlySet<FormField> = new Set([
  'size',
  'cores',
  'memory',
  'disk',
  'hardware',
  'drives',
  'nic',
])

const strength: Record<Provenance, number> = { template: 0, preset: 1, you: 2 }

/** The strongest source among fields: a folded section shows this one. */
export function strongest(
  fields: readonly FormField[],
  form: DeployForm,
  template: Basis | null,
): Provenance | null {
  return fields
    .map((field) => provenanceOf(field, form, template))
    .reduce<Provenance | null>((best, next) => {
      if (next === null) return best
      return best === null || strength[next] > strength[best] ? next : best
    }, null)
}
