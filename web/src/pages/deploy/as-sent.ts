import type { DeploymentRequest } from '@deployer/core/request.ts'
import type { components } from '../../api/generated/schema.ts'

/** A request as it is sent: without the keys that hold nothing. */
export function asSent(request: DeploymentRequest): components['schemas']['DeploymentRequest'] {
  return JSON.parse(JSON.stringify(request))
}
