/** The runner of each kind of step. A kind without one does not compile, and the server does not start. */
import { stepKinds, type StepKind } from '@deployer/core/plan.ts'
import type { SpecOf } from '@deployer/core/steps.ts'
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

export const runKind = <K extends StepKind>(
  kind: K,
  spec: SpecOf<K>,
  context: StepContext,
): Promise<StepDone> => runners[kind](spec, context)

/** Throws where a kind that plans may contain has no runner. */
export const checkRunners = (): void => {
  const missing = stepKinds.filter((kind) => typeof runners[kind] !== 'function')
  if (missing.length > 0) throw new Error(`no runner for: ${missing.join(', ')}`)
}
