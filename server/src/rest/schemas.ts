/** Names of the schemas in the OpenAPI document; what stands here becomes a component that others refer to. */
import {
  blueprintFileSchema,
  blueprintHeadSchema,
  blueprintRequestSchema,
  blueprintViewSchema,
} from '@deployer/core/blueprint.ts'
import {
  deploymentEventSchema,
  deploymentHeadSchema,
  deploymentViewSchema,
  failureSchema,
  stepViewSchema,
  validationSchema,
  vmViewSchema,
} from '@deployer/core/deployment.ts'
import {
  bridgeSchema,
  nodeSchema,
  poolSchema,
  storageSchema,
  templateSchema,
} from '@deployer/core/inventory.ts'
import { catalogueEntrySchema } from '@deployer/core/catalogue.ts'
import { imageSchema } from '@deployer/core/images.ts'
import { transferSchema } from '@deployer/core/images/transfers.ts'
import { callSchema, issueSchema, plannedVmSchema, planSchema } from '@deployer/core/plan.ts'
import { problemSchema } from '@deployer/core/problem.ts'
import { deploymentRequestSchema } from '@deployer/core/request.ts'
import { keptKeySchema } from '@deployer/core/ssh-key-library.ts'
import {
  bulkSchema,
  vmDetailSchema,
  vmListSchema,
  vmRowSchema,
  vmTaskSchema,
} from '@deployer/core/vm.ts'
import { scheduleSchema, vmValidationSchema } from '@deployer/core/vm-validation/order.ts'
import { z } from 'zod'

export const namedSchemas = z.registry<{ id: string }>()

namedSchemas.add(problemSchema, { id: 'Problem' })
namedSchemas.add(deploymentRequestSchema, { id: 'DeploymentRequest' })
namedSchemas.add(planSchema, { id: 'Plan' })
namedSchemas.add(plannedVmSchema, { id: 'PlannedVm' })
namedSchemas.add(callSchema, { id: 'Call' })
namedSchemas.add(issueSchema, { id: 'Issue' })
namedSchemas.add(deploymentHeadSchema, { id: 'DeploymentHead' })
namedSchemas.add(deploymentViewSchema, { id: 'Deployment' })
namedSchemas.add(deploymentEventSchema, { id: 'DeploymentEvent' })
namedSchemas.add(vmViewSchema, { id: 'DeployedVm' })
namedSchemas.add(stepViewSchema, { id: 'Step' })
namedSchemas.add(failureSchema, { id: 'Failure' })
namedSchemas.add(validationSchema, { id: 'Validation' })
namedSchemas.add(vmValidationSchema, { id: 'VmValidation' })
namedSchemas.add(scheduleSchema, { id: 'ValidationSchedule' })
namedSchemas.add(nodeSchema, { id: 'Node' })
namedSchemas.add(storageSchema, { id: 'Storage' })
namedSchemas.add(bridgeSchema, { id: 'Network' })
namedSchemas.add(poolSchema, { id: 'Pool' })
namedSchemas.add(templateSchema, { id: 'Template' })
namedSchemas.add(blueprintRequestSchema, { id: 'BlueprintRequest' })
namedSchemas.add(blueprintHeadSchema, { id: 'BlueprintHead' })
namedSchemas.add(blueprintViewSchema, { id: 'Blueprint' })
namedSchemas.add(blueprintFileSchema, { id: 'BlueprintFile' })
namedSchemas.add(keptKeySchema, { id: 'SshKey' })
namedSchemas.add(vmListSchema, { id: 'VmList' })
namedSchemas.add(vmRowSchema, { id: 'VmRow' })
namedSchemas.add(vmDetailSchema, { id: 'Vm' })
namedSchemas.add(vmTaskSchema, { id: 'Task' })
namedSchemas.add(bulkSchema, { id: 'BulkAction' })
namedSchemas.add(imageSchema, { id: 'Image' })
namedSchemas.add(transferSchema, { id: 'Transfer' })
namedSchemas.add(catalogueEntrySchema, { id: 'CatalogueEntry' })
