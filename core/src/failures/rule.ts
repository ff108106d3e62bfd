/** One entry of the catalogue of failures. */
import type { StepKind } from '../plan.ts'

/** What the message does not say itself; everything may be left out. */
export type FailureContext = {
  /** Name of the VM that it concerns. */
  vm?: string
  vmid?: number
  node?: string
  storage?: string
  /** Name of the template. */
  template?: string
  step?: StepKind
  /** Who asked, as Proxmox knows them: `mira@pve`. */
  user?: string
}

export type FailureRule = {
  code: string
  class: 'retry' | 'wait' | 'fail'
  /** Found in Proxmox's words; parameters of a 400 stand in them as `name: text`. */
  pattern: RegExp
  /** The call may have worked all the same. */
  mayHaveHappened?: true
  /** What happened, why, what to do. `part(n)` is the n-th group of the pattern. */
  words: (part: (index: number) => string, at: Place) => Words
}

export type Words = { title: string; cause: string; remedy: string }

/** The context in words that fit into a sentence. */
export type Place = {
  /** `web-01`, `VM 211` or `the VM`. */
  vm: string
  /** `pve1` or `the node`. */
  node: string
  /** `cloning web-01`. */
  doing: string
  /** `mira@pve` or `You`. */
  user: string
}

const verbs: Record<StepKind, string> = {
  'reserve-id': 'reserving the VMID of',
  clone: 'cloning',
  create: 'creating',
  'convert-to-template': 'converting',
  'send-keys': 'pressing a key of',
  configure: 'configuring',
  'resize-disk': 'growing the disk of',
  start: 'starting',
  'wait-for-agent': 'waiting for the agent of',
  'read-address': 'reading the address of',
  'check-port': 'checking',
  'upload-seed': 'uploading the seed of',
  'attach-seed': 'attaching the seed of',
  'write-snippet': 'writing the snippet of',
  'read-cloud-init': "reading cloud-init's verdict of",
  'detach-seed': 'removing the seed of',
  stop: 'stopping',
  destroy: 'destroying',
  'delete-seed': 'removing the seed of',
  'delete-snippet': 'removing the snippet of',
}

export function placeOf(context: FailureContext): Place {
  const vm = context.vm ?? (context.vmid === undefined ? 'the VM' : `VM ${context.vmid}`)
  const verb = context.step === undefined ? 'working on' : verbs[context.step]
  return {
    vm,
    node: context.node ?? 'the node',
    doing: `${verb} ${vm}`,
    user: context.user ?? 'You',
  }
}
