/** What the parts of the planner share: the input, where a setting stands in it, and what was found wrong so far. */
import type { Inventory, Storage, Template } from './inventory.ts'
import { createIssueLog, type IssueLog } from './issues.ts'
import type { DeploymentRequest, VmSettings } from './request.ts'
import { settingField, type VmSpec } from './specs.ts'

/** What the planner chose by itself for a VM. */
export type Choice = { name: string; vmid: number; node: string }

export type PlanContext = {
  request: DeploymentRequest
  inventory: Inventory
  macSalt: string
  /** By the names of VMs. */
  shown: Map<string, Choice>
  warnings: IssueLog
  blockers: IssueLog
}

/** What a VM is before the request changes it: as its template is, or as it is made. */
export type Base = Pick<
  Template,
  | 'name'
  | 'osType'
  | 'agent'
  | 'inherited'
  | 'cloudInitDrive'
  | 'cloudInitVolume'
  | 'disks'
  | 'cdVolumes'
>

/** The context once that is known. `full`: its disks take their whole size. */
export type VmContext = PlanContext & { base: Base; full: boolean }

/** For clones: the template is the base. */
export type CloneContext = VmContext & { template: Template }

export function createContext(
  request: DeploymentRequest,
  inventory: Inventory,
  { macSalt, shown = [] }: { macSalt: string; shown?: Choice[] | undefined },
): PlanContext {
  return {
    request,
    inventory,
    macSalt,
    shown: new Map(shown.map((choice) => [choice.name, choice])),
    warnings: createIssueLog(),
    blockers: createIssueLog(),
  }
}

export function fieldOf(context: PlanContext, spec: VmSpec, setting: keyof VmSettings): string {
  return settingField(context.request, spec.row, setting)
}

/** Where the node of a VM was chosen. */
export function nodeField(context: PlanContext, spec: VmSpec): string {
  if (spec.node !== null) return `vms.${spec.row}.node`
  return context.request.placement !== undefined && 'node' in context.request.placement
    ? 'placement.node'
    : 'placement'
}

export function storageOn(
  { storages }: Pick<Inventory, 'storages'>,
  name: string,
  node: string,
): Storage | undefined {
  return storages.find((storage) => storage.name === name && storage.node === node)
}

/** `local-lvm` of `local-lvm:base-9000-disk-0`; null for a path or a physical drive. */
export function storageOfVolume(volid: string): string | null {
  return /^([^:/]+):/.exec(volid)?.[1] ?? null
}

/** `a, b and c`. */
export function listed(parts: string[], word: 'and' | 'or' = 'and'): string {
  const last = parts.at(-1) ?? ''
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} ${word} ${last}`
}

/** `12 GiB`, with at most one decimal. */
export function gib(value: number): string {
  return `${Math.round(value * 10) / 10} GiB`
}

/** `1 VM`, `3 VMs`. */
export function vmCount(count: number): string {
  return `${count} ${count === 1 ? 'VM' : 'VMs'}`
}
