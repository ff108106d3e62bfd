/** What is refused about a VM, in words. */
import type { PowerAction, VmState } from '@deployer/core/vm.ts'
import type { VmValidation } from '@deployer/core/vm-validation/order.ts'
import { notFound, ProblemError } from '../problem.ts'

export const noSuchVm = (vmid: number) =>
  notFound(
    `There is no VM ${vmid}, or your account may not see it. If it was there a moment ago, somebody deleted it.`,
    'GET /api/v1/vms lists those that you may see. Proxmox asks for VM.Audit on it.',
  )

const states: Record<VmState, string> = {
  running: 'runs',
  paused: 'is paused',
  stopped: 'is stopped',
  unknown: 'is in a state that Proxmox does not tell',
}

const conflict = (kind: string, title: string, detail: string, hint: string) =>
  new ProblemError({ kind, status: 409, title, detail, hint })

export const notInThisState = (name: string, action: PowerAction, state: VmState) =>
  conflict(
    'not-in-this-state',
    'Nothing to be done',
    `${name} ${states[state]}, so there is nothing to ${action === 'shutdown' ? 'shut down' : action}.`,
    'Look at its state again.',
  )

export const isTemplate = (vmid: number) =>
  conflict(
    'is-template',
    'This is a template',
    `${vmid} is a template, which cannot be used as a VM.`,
    'Templates have a page of their own.',
  )

export const beingDeployed = (name: string, deployment: string) =>
  conflict(
    'being-deployed',
    'A deployment is working on it',
    `${name} is a VM of ${deployment}, which is not done with it.`,
    `Wait for its end, or cancel ${deployment}.`,
  )

export const deletionIsOff = () =>
  new ProblemError({
    kind: 'deletion-is-off',
    status: 403,
    title: 'Deleting VMs is switched off',
    detail: 'This server deletes no VMs one by one.',
    hint: 'Its operator can allow it by ENABLE_VM_DELETION=true. The undo of a deployment destroys the VMs that it made.',
  })

export const nameDiffers = (name: string) =>
  new ProblemError({
    kind: 'name-differs',
    status: 422,
    title: 'That is not its name',
    detail: `The VM is called ${name}. Nothing was deleted.`,
    hint: 'Send its exact name, so that no other VM is deleted by mistake.',
    errors: [{ path: 'name', message: `The VM is called ${name}.` }],
  })

export const isProtected = (name: string) =>
  conflict(
    'protected',
    'It is protected',
    `The protection of ${name} is on, so Proxmox would refuse to destroy it.`,
    'Switch its protection off first (PATCH /api/v1/vms/:vmid), if it is really to go.',
  )

export const stillRuns = (name: string) =>
  conflict(
    'still-runs',
    'It still runs',
    `${name} runs. Nothing was deleted.`,
    'Shut it down first, or send `stop: true`: then its power is cut and it is deleted.',
  )

export const couldNotStop = (name: string, message: string) =>
  conflict(
    'not-stopped',
    'It could not be stopped',
    `${name} could not be stopped, so it was not deleted. Proxmox says: ${message}`,
    'Look at its tasks.',
  )

export const noSuchDisk = (disk: string, name: string) =>
  notFound(`${name} has no disk ${disk}.`, 'GET /api/v1/vms/:vmid names its drives.')

export const noSuchSnapshot = (snapshot: string, name: string) =>
  notFound(
    `${name} has no snapshot ${snapshot}. If it was there a moment ago, somebody deleted it.`,
    'GET /api/v1/vms/:vmid names its snapshots.',
  )

export const snapshotExists = (snapshot: string, name: string) =>
  conflict(
    'snapshot-exists',
    'The name is taken',
    `${name} has a snapshot ${snapshot} already.`,
    'Choose another name.',
  )

export const notLarger = (disk: string, sizeGiB: number) =>
  new ProblemError({
    kind: 'not-larger',
    status: 422,
    title: 'Disks only grow',
    detail: `${disk} has ${sizeGiB} GiB. Proxmox cannot make a disk smaller.`,
    hint: `Ask for more than ${sizeGiB} GiB.`,
    errors: [{ path: 'sizeGiB', message: `More than ${sizeGiB}.` }],
  })

export const noCloudInitDrive = (name: string) =>
  conflict(
    'no-cloud-init-drive',
    'It has no cloud-init drive',
    `${name} has no cloud-init drive that could be written.`,
    'Add one in Proxmox, under Hardware.',
  )

/** `seen`: the caller sent the digest of what they saw. */
export const changedMeanwhile = (name: string, seen: boolean) =>
  conflict(
    'changed-meanwhile',
    seen ? 'Somebody else changed it' : 'It changed meanwhile',
    seen
      ? `The configuration of ${name} is another than the one that you saw. Nothing was changed.`
      : `The configuration of ${name} changed while this was at it: somebody edits it, or a task does, such as a snapshot. Nothing was changed.`,
    seen ? 'Look at it again, then repeat the change.' : 'Repeat the change.',
  )

/** What a validation found, in one line: the checks that failed, or why there was none. */
export const notHealthy = (found: VmValidation | null) => {
  const failed = found?.checks.filter(({ state }) => state === 'failed') ?? []
  const outcome = found?.outcome === 'degraded' ? 'Degraded' : 'Unhealthy'
  const seen = failed.map(({ name, evidence }) => `${name}: ${evidence}`).join(' · ')
  return conflict(
    'not-healthy',
    'Not healthy',
    found?.error ?? (found?.outcome ? `${outcome}. ${seen}` : 'It could not be validated.'),
    'The page of the VM has the whole validation.',
  )
}
