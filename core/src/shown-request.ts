/** A request as it is shown: passwords and their hashes are masked, which no request that is sent may have. */
import { z } from 'zod'
import { cloudInitSchema, cloudInitUserSchema } from './cloud-init/request.ts'
import {
  deploymentRequestSchema,
  imageSourceSchema,
  isoSourceSchema,
  retryChangesSchema,
  templateSourceSchema,
  vmRowSchema,
  vmSettingsSchema,
} from './request.ts'
import { shownUnattendedSchema } from './windows/answers.ts'

/** `********`, or the hash itself where nobody masked it yet. */
const passwordHash = z.string().optional()

const firstBoot = cloudInitSchema.extend({
  users: z.array(cloudInitUserSchema.extend({ passwordHash })).optional(),
  defaultUser: z
    .union([
      z.enum(['keep', 'none']),
      cloudInitUserSchema.pick({ sshKeys: true, password: true }).extend({ passwordHash }),
    ])
    .optional(),
})
const cloudInit = firstBoot.optional()

const source = z.discriminatedUnion('kind', [
  templateSourceSchema,
  isoSourceSchema.extend({ unattended: shownUnattendedSchema.optional() }),
  imageSourceSchema,
])

export const shownRequestSchema = deploymentRequestSchema.extend({
  source,
  defaults: vmSettingsSchema.extend({ cloudInit }).optional(),
  vms: z.array(vmRowSchema.extend({ cloudInit })),
})

/** What retries changed for a VM, as it is shown. */
export const shownChangesSchema = retryChangesSchema.extend({
  cloudInit: firstBoot.omit({ adminPassword: true }).optional(),
})
