/** The runner of each kind of step. A kind without one does not compile, and the server does not start. */
import { stepKinds, type StepKind, type StepSpec } from '@deployer/core/plan.ts'
import { runCheckPort } from './check-port.ts'
import { runClone } from './clone.ts'
import { runConfigure } from './configure.ts'
import { runConvertToTemplate } from './convert-to-template.ts'
import { runCreate } from './create.ts'
import { runDestroy } from './destroy.ts'
import { runReadAddress } from './read-address.ts'
import { runReserveId } from './reserve-id.ts'
import { runResizeDisk } from './resize-disk.ts'
import { runSendKeys } from './send-keys.ts'
import { runStart } from './start.ts'
import { runStop } from './stop.ts'
import type { StepContext, StepDone, StepRunner } from './step.ts'
import { runAttachSeed } from './attach-seed.ts'
import { runDeleteSeed } from './delete-seed.ts'
import { runDeleteSnippet } from './delete-snippet.ts'
import { runDetachSeed } from './detach-seed.ts'
import { runReadCloudInit } from './read-cloud-init.ts'
import { runUploadSeed } from './upload-seed.ts'
import { runWriteSnippet } from './write-snippet.ts'
import { runWaitForAgent } from './wait-for-agent.ts'

const runners: { [K in StepKind]: StepRunner<K> } = {
  'reserve-id': runReserveId,
  clone: runClone,
  create: runCreate,
  'convert-to-template': runConvertToTemplate,
  'send-keys': runSendKeys,
  configure: runConfigure,
  'resize-disk': runResizeDisk,
  start: runStart,
  'wait-for-agent': runWaitForAgent,
  'read-address': runReadAddress,
  'check-port': runCheckPort,
  stop: runStop,
  destroy: runDestroy,
  'upload-seed': runUploadSeed,
  'attach-seed': runAttachSeed,
  'write-snippet': runWriteSnippet,
  'read-cloud-init': runReadCloudInit,
  'detach-seed': runDetachSeed,
  'delete-seed': runDeleteSeed,
  'delete-snippet': runDeleteSnippet,
}

export const runKind = (spec: StepSpec, context: StepContext): Promise<StepDone> => {
  switch (spec.kind) {
    case 'reserve-id':
      return runners[spec.kind](spec, context)
    case 'clone':
      return runners[spec.kind](spec, context)
    case 'create':
      return runners[spec.kind](spec, context)
    case 'convert-to-template':
      return runners[spec.kind](spec, context)
    case 'send-keys':
      return runners[spec.kind](spec, context)
    case 'configure':
      return runners[spec.kind](spec, context)
    case 'resize-disk':
      return runners[spec.kind](spec, context)
    case 'start':
      return runners[spec.kind](spec, context)
    case 'wait-for-agent':
      return runners[spec.kind](spec, context)
    case 'read-address':
      return runners[spec.kind](spec, context)
    case 'check-port':
      return runners[spec.kind](spec, context)
    case 'stop':
      return runners[spec.kind](spec, context)
    case 'destroy':
      return runners[spec.kind](spec, context)
    case 'upload-seed':
      return runners[spec.kind](spec, context)
    case 'attach-seed':
      return runners[spec.kind](spec, context)
    case 'write-snippet':
      return runners[spec.kind](spec, context)
    case 'read-cloud-init':
      return runners[spec.kind](spec, context)
    case 'detach-seed':
      return runners[spec.kind](spec, context)
    case 'delete-seed':
      return runners[spec.kind](spec, context)
    case 'delete-snippet':
      return runners[spec.kind](spec, context)
  }
}

/** Throws where a kind that plans may contain has no runner. */
export const checkRunners = (): void => {
  const missing = stepKinds.filter((kind) => typeof runners[kind] !== 'function')
  if (missing.length > 0) throw new Error(`no runner for: ${missing.join(', ')}`)
}
