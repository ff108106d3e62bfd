/** From the form to the request, and from an earlier request back to the form. Pure. */
import { expandAddresses } from '@deployer/core/patterns.ts'
import {
  deploymentRequestSchema,
  type DeploymentRequest,
  type NetworkRequest,
  type Placement,
  type Source,
  type VmRow,
  type VmSettings,
} from '@deployer/core/request.ts'
import { formatGiB } from '../../ui/format.ts'
import { parseWhole } from '../../ui/quantity.ts'
import { toCloudInit } from './cloud-init/to-cloud-init.ts'
import { fieldOfPath } from './fields.ts'
import { defaultsFor, type DeployForm, bootDisk, type FormField } from './form.ts'
import { effectivePattern, namesOf, takesCount } from './names.ts'
import { hardwareOf, nicOf, type Note, sourceOf } from './scratch/request.ts'
import { type Parse, parseList, parseMemoryMiB, parseSizeGiB, within } from './reading.ts'
import type { Cells, ColumnId } from './table/columns.ts'
import { unreadable } from './table/problems.ts'
import { isPlain } from './table/plain.ts'
import { baseOf, isFixed6, nameOf, rowsOf } from './table/rows.ts'
import { rangeLength, toRows } from './table/to-rows.ts'
import type { Basis } from './scratch/basis.ts'
import { sizes } from '@deployer/core/sizes.ts'

export type FieldErrors = Partial<Record<FormField, string>>

export type Parsed = { ok: true; request: DeploymentRequest } | { ok: false; errors: FieldErrors }

/**
 * What the form asks for. Where a field cannot be read, its error in words instead. What needs the cluster to judge is
 * the planner's and comes back as blockers.
 */
export function toRequest(form: DeployForm, template: Basis | null): Parsed {
  const errors: FieldErrors = {}
  const request = build(form, template, errors)
  if (Object.keys(errors).length > 0 || request === null) return { ok: false, errors }
  const checked = deploymentRequestSchema.safeParse(request)
  if (checked.success) return { ok: true, request: checked.data }
  for (const issue of checked.error.issues) {
    const field = fieldOfPath(issue.path.join('.')) ?? 'template'
    errors[field] ??= issue.message
  }
  return { ok: false, errors }
}

function build(
  form: DeployForm,
  template: Basis | null,
  errors: FieldErrors,
): DeploymentRequest | null {
  const placement = placementOf(form, errors)
  const defaults = settingsOf(form, template, errors)
  const source = chosenSource(form, template, errors)
  const { problem } = namesOf(form, template)
  if (problem !== null) errors.namePattern = problem
  const vms = isPlain(form) ? [patternRow(form)] : tableRows(form, template, defaults, errors)
  if (source === null) return null
  return {
    name: textOrNothing(form.deploymentName),
    source,
    defaults,
    placement,
    pool: textOrNothing(form.pool),
    vms,
  }
}

function chosenSource(
  form: DeployForm,
  template: Basis | null,
  errors: FieldErrors,
): Source | null {
  switch (form.source) {
    case 'template': {
      if (form.template === null) errors.template = 'Choose a template'
      const clone = form.clone ?? defaultsFor(template).clone
      return form.template === null ? null : { kind: 'template', vmid: form.template, clone }
    }
    case 'iso':
      if (form.volid === '') errors.volid = 'Choose an ISO'
      else if (form.osType === null) errors.osType = 'Choose the system that it installs'
      return sourceOf(form, noting(errors))
    case 'image':
      if (form.volid === '') errors.volid = 'Choose an image'
      return sourceOf(form, noting(errors))
  }
}

/** The first of each field. */
function noting(errors: FieldErrors): Note {
  return (field, _path, message) => {
    errors[field] ??= message
  }
}

function patternRow(form: DeployForm): VmRow {
  const name = effectivePattern(form)
  return { name, count: takesCount(name) ? form.quantity : undefined }
}

function tableRows(
  form: DeployForm,
  template: Basis | null,
  defaults: VmSettings,
  errors: FieldErrors,
): VmRow[] {
  const base = baseOf(form, template)
  const rows = rowsOf(form).map((row) => ({ ...row, cells: cellsIn(row.cells, base.columns) }))
  const [wrong] = unreadable(rows, base)
  if (wrong !== undefined) {
    const row = rows[wrong[0]]
    errors.table = `${row === undefined ? '' : `${nameOf(row)}: `}${wrong[1][0]?.message ?? ''}`
    return []
  }
  if (rows.length === 0) errors.table = 'Every VM is left out. Take one in again, or add one.'
  const counted = base.count + form.table.rows.length
  for (const [field, ip] of [
    ['range', defaults.networks?.[0]?.ip ?? ''],
    ['ip6', defaults.networks?.[0]?.ip6 ?? ''],
  ] as const) {
    const length = rangeLength(ip)
    if (typeof length !== 'number' || length === base.count || length === counted) continue
    const made = expandAddresses(ip, base.count)
    if (!made.ok) errors[field] = made.error.message
  }
  const checks = validateOf({ ...form, start: true }, template, errors)
  return toRows(rows, { ...defaults, checks })
}

/** Without what was typed into columns that make no sense any more. */
function cellsIn(cells: Cells, columns: readonly ColumnId[]): Cells {
  const entries = columns.flatMap((id) => (cells[id] === undefined ? [] : [[id, cells[id]]]))
  return Object.fromEntries(entries)
}

function placementOf(form: DeployForm, errors: FieldErrors): Placement {
  if (form.placement !== 'node') return { strategy: form.placement }
  if (form.node === '') errors.node = 'Choose a node'
  return { node: form.node }
}

function settingsOf(form: DeployForm, template: Basis | null, errors: FieldErrors): VmSettings {
  const fromTemplate = form.source === 'template'
  const clone = form.clone ?? defaultsFor(template).clone
  return {
    ...sizeOf(form, errors),
    diskGiB: diskOf(form, template, errors),
    // A linked clone lives where its template lives; Proxmox refuses a storage then.
    storage: fromTemplate && clone === 'linked' ? undefined : textOrNothing(form.storage),
    networks: networksOf(form, template, errors),
    cloudInit: hasFirstBoot(form) ? cloudInitOf(form, errors) : undefined,
    hardware: fromTemplate ? undefined : hardwareOf(form, noting(errors)),
    description: textOrNothing(form.description),
    tags:
      form.tags.trim() === '' ? undefined : parseList(form.tags).map((tag) => tag.toLowerCase()),
    onBoot: form.onBoot === 'template' ? undefined : form.onBoot === 'yes',
    start: startsOf(form),
    validate: validateOf(form, template, errors),
  }
}

/** An installer asks its own questions, and a template leaves its clones to be set up. */
function hasFirstBoot({ source, convert }: DeployForm): boolean {
  return source === 'template' || (source === 'image' && !convert)
}

/** A template does not start. */
function startsOf(form: DeployForm): boolean | undefined {
  return form.source === 'image' && form.convert ? undefined : form.start
}

function sizeOf(form: DeployForm, errors: FieldErrors): Pick<VmSettings, 'cores' | 'memoryMiB'> {
  if (form.size === 'template') return {}
  if (form.size === 'custom') {
    return {
      cores: read(
        form,
        'cores',
        within(1, 512, parseWhole),
        'A whole number from 1 to 512',
        errors,
      ),
      memoryMiB: read(
        form,
        'memory',
        within(16, 8_388_608, parseMemoryMiB),
        'A size such as 4 (GiB) or 512 MiB, at most 8192 GiB',
        errors,
      ),
    }
  }
  const preset = sizes.find((size) => size.id === form.size)
  if (preset === undefined) {
    errors.size = 'Choose a size'
    return {}
  }
  return { cores: preset.cores, memoryMiB: preset.memoryMiB }
}

function diskOf(form: DeployForm, template: Basis | null, errors: FieldErrors): number | undefined {
  const problem = 'A size such as 20 (GiB) or 1t, at most 131072 GiB'
  const wanted = read(form, 'disk', within(1, 131_072, parseSizeGiB), problem, errors)
  const has = form.source === 'template' && template ? bootDisk(template)?.sizeGiB : undefined
  if (wanted === undefined || has === undefined || wanted >= has) return wanted
  errors.disk = `The template has ${formatGiB(has)}. Disks grow, never shrink.`
  return undefined
}

function networksOf(
  form: DeployForm,
  template: Basis | null,
  errors: FieldErrors,
): NetworkRequest[] | undefined {
  const first: NetworkRequest = {
    bridge: textOrNothing(form.bridge),
    vlan: read(form, 'vlan', within(1, 4094, parseWhole), 'A VLAN tag from 1 to 4094', errors),
    ...addressOf(form, template, errors),
    ip6: textOrNothing(form.ip6),
    gateway6: isFixed6(form.ip6.trim()) ? textOrNothing(form.gateway6) : undefined,
    searchDomains: form.searchDomains.trim() === '' ? undefined : parseList(form.searchDomains),
    ...nicOf(form.nic, noting(errors)),
  }
  const networks = [first, ...form.kept.networks]
  return networks.length === 1 && Object.values(first).every((value) => value === undefined)
    ? undefined
    : networks
}

function addressOf(
  form: DeployForm,
  template: Basis | null,
  errors: FieldErrors,
): Pick<NetworkRequest, 'ip' | 'gateway' | 'nameservers'> {
  const addressing = form.addressing ?? defaultsFor(template).addressing
  if (addressing === 'template') return {}
  if (addressing === 'dhcp') return { ip: 'dhcp' }
  if (form.range.trim() === '') errors.range = 'Give addresses such as 10.0.0.{20..29}/24'
  const nameservers = parseList(form.nameservers)
  return {
    ip: form.range.trim(),
    gateway: textOrNothing(form.gateway),
    nameservers: nameservers.length === 0 ? undefined : nameservers,
  }
}

function cloudInitOf(form: DeployForm, errors: FieldErrors): VmSettings['cloudInit'] {
  const { cloudInit, problems } = toCloudInit(form.cloudInit)
  const [first] = problems
  if (first !== undefined) errors.cloudInit = first.message
  return cloudInit
}

function validateOf(
  form: DeployForm,
  template: Basis | null,
  errors: FieldErrors,
): VmSettings['validate'] {
  // A VM that is not started has nothing to check, nor has one whose installer waits for a hand.
  if (startsOf(form) !== true || template?.byHand === true) return undefined
  const port = within(1, 65_535, parseWhole)
  const ports = parseList(form.ports ?? defaultsFor(template).ports).map(port)
  if (ports.includes(null)) errors.ports = 'Ports from 1 to 65535, divided by commas: 22, 443'
  if (ports.length > 10) errors.ports = 'At most 10 ports'
  return {
    ports: ports.filter((each) => each !== null),
    agentTimeoutSeconds: form.kept.agentTimeoutSeconds ?? undefined,
  }
}

/** A number out of a text field that may stay empty; notes the error where it holds no such number. */
function read(
  form: DeployForm,
  field: 'cores' | 'memory' | 'disk' | 'vlan',
  parse: Parse,
  problem: string,
  errors: FieldErrors,
): number | undefined {
  if (form[field].trim() === '') return undefined
  const value = parse(form[field])
  if (value === null) errors[field] = problem
  return value ?? undefined
}

function textOrNothing(text: string): string | undefined {
  return text.trim() === '' ? undefined : text.trim()
}
