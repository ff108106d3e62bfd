/** What the page says about a VM and its steps. Pure, so that the words can be tested. */
import type { StepKind } from '@deployer/core/plan.ts'
import type { Check, StepView, VmView } from '@deployer/core/deployment.ts'
import { formatDuration, formatElapsed, formatPercent } from '../../ui/format.ts'
import type { SegmentState } from '../../ui/ProgressSegments.tsx'
import type { GlyphKind } from '../../ui/StatusGlyph.tsx'
import type { StepMark } from '../../ui/StepCell.tsx'

const columnNames: Record<StepKind, string> = {
  'reserve-id': 'ID',
  clone: 'Clone',
  create: 'Create',
  'convert-to-template': 'Convert',
  'send-keys': 'Keys',
  configure: 'Config',
  'resize-disk': 'Disk',
  start: 'Start',
  'wait-for-agent': 'Agent',
  'read-address': 'Address',
  'check-port': 'Port',
  'upload-seed': 'Seed',
  'attach-seed': 'Attach',
  'write-snippet': 'Snippet',
  'read-cloud-init': 'Cloud-init',
  'detach-seed': 'Detach',
  stop: 'Stop',
  destroy: 'Destroy',
  'delete-seed': 'Seed',
  'delete-snippet': 'Snippet',
}

/** The verb while it runs, as in `Cloning, 63 %`. */
const verbs: Record<StepKind, string> = {
  'reserve-id': 'Reserving a VMID',
  clone: 'Cloning',
  create: 'Creating',
  'convert-to-template': 'Converting to a template',
  'send-keys': 'Pressing a key',
  configure: 'Configuring',
  'resize-disk': 'Growing the disk',
  start: 'Starting',
  'wait-for-agent': 'Waiting for agent',
  'read-address': 'Reading the address',
  'check-port': 'Checking port',
  'upload-seed': 'Uploading the seed',
  'attach-seed': 'Attaching the seed',
  'write-snippet': 'Writing the snippet',
  'read-cloud-init': 'Waiting for cloud-init',
  'detach-seed': 'Removing the seed',
  stop: 'Stopping',
  destroy: 'Destroying',
  'delete-seed': 'Removing the seed',
  'delete-snippet': 'Removing the snippet',
}

const portOf = (id: string) => /^check-port-(\d+)$/.exec(id)?.[1]

/** Head of a step's column: `Clone`, `Port 22`. */
export const stepName = (step: { id: string; kind: StepKind }): string => {
  const port = portOf(step.id)
  return port === undefined ? columnNames[step.kind] : `Port ${port}`
}

export type Column = { id: string; name: string }

/** The steps that the VMs share, in the plan's order; a step that only some have stands where they have it. */
export const stepColumns = (vms: readonly VmView[]): Column[] => {
  const columns: Column[] = []
  for (const vm of vms) {
    let at = 0
    for (const step of vm.steps) {
      const known = columns.findIndex(({ id }) => id === step.id)
      if (known >= 0) at = known + 1
      else {
        columns.splice(at, 0, { id: step.id, name: stepName(step) })
        at += 1
      }
    }
  }
  return columns
}

export type VmState = SegmentState

/** Whether work on the VM is still to be done. */
export const isVmActive = (vm: VmView): boolean =>
  vm.status === 'queued' || vm.status === 'running' || vm.status === 'needs-sign-in'

/** The step that the VM is at: failed, waiting or running; null before and after. */
export const currentStep = (vm: VmView): StepView | null =>
  vm.steps.find(({ status }) => status === 'failed') ??
  vm.steps.find(({ status }) => status === 'running' || status === 'waiting') ??
  null

/**
 * Whether a waiting step stands in line for what others use (a calm thing) rather than for another try. The engine says
 * when it tries again.
 */
export const isQueued = (step: StepView): boolean =>
  step.status === 'waiting' && !/\bagain in \d/.test(step.detail ?? '')

/** In which of the page's counts a VM stands. */
export const vmState = (vm: VmView): VmState => {
  switch (vm.status) {
    case 'queued':
      return 'queued'
    case 'running': {
      const step = currentStep(vm)
      if (step?.status !== 'waiting') return 'running'
      return isQueued(step) ? 'queued' : 'waiting'
    }
    case 'needs-sign-in':
      return 'waiting'
    case 'succeeded':
      return 'done'
    case 'failed':
      return 'failed'
    case 'cancelled':
      return 'cancelled'
  }
}

/** Shape and words of the `Now` column. */
export const vmNow = (vm: VmView): { glyph: GlyphKind; text: string } => {
  const step = currentStep(vm)
  switch (vm.status) {
    case 'queued': {
      const waiting = vm.steps.find(({ status }) => status === 'waiting')
      return { glyph: 'queued', text: waiting?.detail ?? 'Queued' }
    }
    case 'running': {
      if (vm.cancelRequested) return { glyph: 'running', text: 'Cancelling' }
      if (step === null)
        return {
          glyph: 'running',
          text: vm.steps.some(({ status }) => status === 'cancelled') ? 'Cancelling' : nextStep(vm),
        }
      if (step.status === 'waiting')
        return {
          glyph: isQueued(step) ? 'queued' : 'waiting',
          text: step.detail ?? 'Waiting for its turn',
        }
      const port = portOf(step.id)
      const verb = port === undefined ? verbs[step.kind] : `${verbs[step.kind]} ${port}`
      return {
        glyph: 'running',
        text: step.progress === null ? verb : `${verb}, ${formatPercent(step.progress)}`,
      }
    }
    case 'needs-sign-in':
      return { glyph: 'waiting', text: 'Waits for sign-in' }
    case 'succeeded':
      return outcome(vm)
    case 'failed':
      return {
        glyph: 'failed',
        text: step === null ? 'Failed' : `Failed at ${lowerFirst(stepName(step))}`,
      }
    case 'cancelled':
      return { glyph: 'cancelled', text: 'Cancelled' }
  }
}

/** Between two steps. */
const nextStep = ({ steps }: VmView): string => {
  const next = steps.find(({ status }) => status === 'pending')
  return next === undefined ? 'Ending' : `Next: ${lowerFirst(stepName(next))}`
}

/** What the checks said; `Done` where nothing was checked. */
export const outcome = (vm: VmView): { glyph: GlyphKind; text: string } => {
  switch (vm.validation?.outcome) {
    case 'healthy':
      return { glyph: 'done', text: 'Healthy' }
    case 'degraded':
      return { glyph: 'warning', text: 'Degraded' }
    case 'unhealthy':
      return { glyph: 'failed', text: 'Unhealthy' }
    case undefined:
      return { glyph: 'done', text: isDestroyed(vm) ? 'Destroyed' : 'Done' }
  }
}

const isDestroyed = ({ steps }: VmView): boolean =>
  steps.some(({ kind, status }) => kind === 'destroy' && status === 'succeeded')

export const lowerFirst = (text: string) =>
  text === 'ID' ? 'the VMID' : `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`

/** How long a step took or takes, in milliseconds; null before it started. */
export const stepMs = (step: StepView, now: number): number | null =>
  step.startedAt === null
    ? null
    : (step.finishedAt === null ? now : Date.parse(step.finishedAt)) - Date.parse(step.startedAt)

/** Short enough for a cell of 54 px: `0.9 s`, `38 s`, `2 m 05`. */
const cellDuration = (ms: number): string => {
  const seconds = Math.round(ms / 1000)
  return seconds < 60
    ? formatDuration(ms)
    : seconds < 3600
      ? `${Math.trunc(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
      : formatDuration(ms).replace(' min', '')
}

/** One cell of the matrix. `step` is undefined where this VM has no such step. */
export const stepMark = (column: Column, step: StepView | undefined, now: number): StepMark => {
  const none = { text: null, progress: null }
  if (step === undefined)
    return { ...none, glyph: 'none', label: `${column.name}, not part of this VM's plan` }
  const ms = stepMs(step, now)
  const took = ms === null ? '' : `, ${formatDuration(ms)}`
  switch (step.status) {
    case 'pending':
      return { ...none, glyph: 'to-come', label: `${column.name}, to come` }
    case 'waiting':
      return {
        ...none,
        glyph: isQueued(step) ? 'queued' : 'waiting',
        text: isQueued(step) ? null : (/\((\d+ of \d+)\)/.exec(step.detail ?? '')?.[1] ?? 'waits'),
        label: `${column.name}, ${step.detail ?? 'waiting'}`,
      }
    case 'running':
      return step.progress === null
        ? {
            ...none,
            glyph: 'running',
            text: ms === null ? null : ms < 60_000 ? formatElapsed(ms) : cellDuration(ms),
            label: `${column.name}, running${took}`,
          }
        : {
            glyph: 'running',
            text: formatPercent(step.progress).replace(' ', ''),
            progress: step.progress,
            label: `${column.name}, ${formatPercent(step.progress)}`,
          }
    case 'succeeded':
      return {
        ...none,
        glyph: 'done',
        text: ms === null ? null : cellDuration(ms),
        label: `${column.name}, done${took}`,
      }
    case 'failed':
      return {
        ...none,
        glyph: 'failed',
        text: ms === null ? null : cellDuration(ms),
        label: `${column.name}, failed${took}`,
      }
    case 'cancelled':
      return { ...none, glyph: 'cancelled', label: `${column.name}, cancelled` }
    case 'skipped':
      return { ...none, glyph: 'none', label: `${column.name}, not needed` }
  }
}

/** Share of its steps that a VM has behind it, with the progress of the present one. */
export const vmProgress = (vm: VmView): number => {
  if (vm.steps.length === 0) return 0
  const done = vm.steps.reduce(
    (sum, step) =>
      sum +
      (step.status === 'succeeded' || step.status === 'skipped'
        ? 1
        : step.status === 'running'
          ? (step.progress ?? 0)
          : 0),
    0,
  )
  return done / vm.steps.length
}

/** The evidence without what its column already says: `after 15 s`, `open, 4 ms`. */
export const shortEvidence = (evidence: string, column: Column): string => {
  const lower = evidence.toLowerCase()
  const head = column.name.toLowerCase()
  const rest = lower.startsWith(`${head} `) ? evidence.slice(head.length + 1) : evidence
  return rest.replace(/ \([^()]*\)$/, '').replace(/^answered (?=after )/, '')
}

const checkNames: Record<Check['name'], string> = {
  proxmox: 'Proxmox',
  agent: 'Agent',
  address: 'Address',
  'cloud-init': 'Cloud-init',
  port: 'Port',
}

const checkId = (check: Check) => (check.port === null ? check.name : `${check.name} ${check.port}`)

/** The checks that the VMs share, in their order, as columns. */
export const checkColumns = (vms: readonly VmView[]): Column[] => {
  const columns = new Map<string, Column>()
  for (const vm of vms)
    for (const check of vm.validation?.checks ?? []) {
      const id = checkId(check)
      const name = check.port === null ? checkNames[check.name] : `Port ${check.port}`
      if (!columns.has(id)) columns.set(id, { id, name })
    }
  return [...columns.values()]
}

export const checkOf = (vm: VmView, column: Column): Check | undefined =>
  vm.validation?.checks.find((check) => checkId(check) === column.id)
