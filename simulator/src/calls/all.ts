import type { Handlers } from '../call.ts'
import { agentCalls } from './agent.ts'
import { cloudInitCalls } from './cloud-init.ts'
import { cloneCalls } from './clone.ts'
import { capabilityCalls } from './capabilities.ts'
import { consoleCalls } from './console.ts'
import { createCalls } from './create.ts'
import { clusterCalls } from './cluster.ts'
import { diskCalls } from './disks.ts'
import { downloadCalls } from './download.ts'
import { guestConfigCalls } from './guest-config.ts'
import { guestCalls } from './guests.ts'
import { keyCalls } from './keys.ts'
import { lifecycleCalls } from './lifecycle.ts'
import { metricsCalls } from './metrics.ts'
import { nodeCalls } from './nodes.ts'
import { poolCalls } from './pools.ts'
import { powerCalls } from './power.ts'
import { roleCalls } from './roles.ts'
import { signInCalls } from './sign-in.ts'
import { snapshotCalls } from './snapshots.ts'
import { storageCalls } from './storage.ts'
import { taskCalls } from './tasks.ts'
import { uploadCalls } from './upload.ts'
import { userCalls } from './users.ts'
import { volumeCalls } from './volumes.ts'

/** Every call that the simulator answers. */
export const handlers: Handlers = {
  ...signInCalls,
  ...userCalls,
  ...roleCalls,
  ...clusterCalls,
  ...poolCalls,
  ...nodeCalls,
  ...storageCalls,
  ...volumeCalls,
  ...uploadCalls,
  ...downloadCalls,
  ...taskCalls,
  ...guestCalls,
  ...guestConfigCalls,
  ...capabilityCalls,
  ...createCalls,
  ...cloneCalls,
  ...cloudInitCalls,
  ...diskCalls,
  ...snapshotCalls,
  ...lifecycleCalls,
  ...powerCalls,
  ...keyCalls,
  ...metricsCalls,
  ...agentCalls,
  ...consoleCalls,
}
