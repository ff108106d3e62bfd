/** What each VM did when, from the journal of its steps. Times are milliseconds since 1970. Pure. */
import type { DeploymentView, StepView, VmView } from '@deployer/core/deployment.ts'
import type { StepKind } from '@deployer/core/plan.ts'
import { isVmActive } from '../model.ts'

/** `queued`: before its first step. `waiting`: a step that stands in line, or pauses between two tries. */
export type Phase =
  | 'queued'
  | 'waiting'
  | 'cloning'
  | 'creating'
  | 'configuring'
  | 'booting'
  | 'checking'
  | 'removing'

/** In the order of a deployment; also of legends and tables. */
export const phases: readonly Phase[] = [
  'queued',
  'waiting',
  'cloning',
  'creating',
  'configuring',
  'booting',
  'checking',
  'removing',
]

export const phaseNames: Record<Phase, string> = {
  queued: 'Queued',
  waiting: 'Waiting',
  cloning: 'Cloning',
  creating: 'Creating',
  configuring: 'Configuring',
  booting: 'Booting',
  checking: 'Checking',
  removing: 'Removing',
}

const phaseOf: Record<StepKind, Phase> = {
  'reserve-id': 'configuring',
  clone: 'cloning',
  create: 'creating',
  'convert-to-template': 'configuring',
  'send-keys': 'booting',
  configure: 'configuring',
  'resize-disk': 'configuring',
  start: 'booting',
  'wait-for-agent': 'booting',
  'read-address': 'booting',
  'check-port': 'checking',
  'upload-seed': 'configuring',
  'attach-seed': 'configuring',
  'write-snippet': 'configuring',
  'read-cloud-init': 'booting',
  'detach-seed': 'checking',
  'delete-seed': 'removing',
  'delete-snippet': 'removing',
  stop: 'removing',
  destroy: 'removing',
}

export type Segment = {
  phase: Phase
  /** What it was: the step's title, or why it waited. */
  what: string
  from: number
  until: number
  /** How it ended, where it was not well. */
  bad: 'failed' | 'cancelled' | null
}

/** The segments of one VM in their order, up to `now`. Nothing of no length. */
export const segmentsOf = (
  vm: VmView,
  { createdAt }: Pick<DeploymentView, 'createdAt'>,
  now: number,
): Segment[] => {
  const end = vm.finishedAt === null ? now : Date.parse(vm.finishedAt)
  const segments = [...(vm.earlier ?? []), ...vm.steps]
    .flatMap((step) => stepSegments(step, isVmActive(vm) ? now : end))
    .toSorted((one, other) => one.from - other.from)
  const first = segments[0]?.from ?? end
  const queued: Segment = {
    phase: 'queued',
    what: 'Queued',
    from: Date.parse(createdAt),
    until: first,
    bad: null,
  }
  return [queued, ...segments].filter(({ from, until }) => until > from)
}

type Timed = Pick<StepView, 'kind' | 'title' | 'status' | 'startedAt' | 'finishedAt' | 'waits'>

const stepSegments = (step: Timed, end: number): Segment[] => {
  if (step.startedAt === null) return []
  const until = step.finishedAt === null ? end : Date.parse(step.finishedAt)
  const work = { phase: phaseOf[step.kind], what: step.title, bad: null }
  const segments: Segment[] = []
  let at = Date.parse(step.startedAt)
  for (const wait of step.waits) {
    const from = Date.parse(wait.from)
    const to = wait.until === null ? until : Date.parse(wait.until)
    segments.push({ ...work, from: at, until: from })
    segments.push({ phase: 'waiting', what: wait.why ?? step.title, from, until: to, bad: null })
    at = to
  }
  const bad = step.status === 'failed' || step.status === 'cancelled' ? step.status : null
  segments.push({ ...work, from: at, until, bad })
  return segments
}
