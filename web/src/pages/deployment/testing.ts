/** Makers of VMs and steps for the tests of this folder. */
import type { DeploymentView, StepView, VmView } from '@deployer/core/deployment.ts'
import type { StepKind } from '@deployer/core/plan.ts'

export const step = (kind: StepKind, more: Partial<StepView> = {}): StepView => ({
  id: kind,
  kind,
  title: kind,
  call: null,
  status: 'pending',
  attempt: 1,
  startedAt: null,
  finishedAt: null,
  upid: null,
  progress: null,
  detail: null,
  waits: [],
  log: [],
  error: null,
  ...more,
})

export const vm = (name: string, more: Partial<VmView> = {}): VmView => ({
  id: name,
  name,
  vmid: 211,
  node: 'pve1',
  status: 'queued',
  cancelRequested: false,
  changes: null,
  ip: null,
  error: null,
  startedAt: null,
  finishedAt: null,
  validation: null,
  steps: [],
  ...more,
})

export const view = (...vms: VmView[]): DeploymentView => ({
  id: 'd-1',
  name: null,
  status: 'running',
  createdBy: 'root@pam',
  createdAt: '',
  startedAt: null,
  finishedAt: null,
  cancelRequested: false,
  sourceLabel: '',
  undoOf: null,
  undoneBy: null,
  summary: { total: 0, queued: 0, running: 0, succeeded: 0, failed: 0, cancelled: 0 },
  request: { source: { kind: 'template', vmid: 1, clone: 'full' }, vms: [] },
  planHash: '',
  lastEventId: '0',
  vms,
})
