/** What can be asked of any VM, and what was found: the shapes of the validation calls of the API. */
import { z } from 'zod'

const port = z.int().min(1).max(65_535)

const MAX_OWN_CHECKS = 20
const MAX_PATIENCE_SECONDS = 600

/** Of the VM that is checked: its address is never part of a check. */
const tcpCheckSchema = z.strictObject({
  kind: z.literal('tcp'),
  port: port.describe('Must accept a connection'),
})

const httpCheckSchema = z.strictObject({
  kind: z.literal('http'),
  /** Left out, 80, or 443 with TLS. */
  port: port.optional().describe('Left out, 80, or 443 with `tls`'),
  path: z
    .string()
    .max(1000)
    .regex(/^\/[!-~]*$/, 'This must begin with / and have no blanks.')
    .optional()
    .describe('Left out, /'),
  tls: z
    .boolean()
    .optional()
    .describe('HTTPS. Whose certificate it is is not checked: the address is a number'),
  host: z
    .string()
    .regex(/^[A-Za-z0-9.-]{1,253}$/, 'This must be a host name.')
    .optional()
    .describe('The Host header. Left out, the address'),
  status: z
    .int()
    .min(100)
    .max(599)
    .optional()
    .describe('Left out, any from 200 to 399. Redirects are not followed'),
})

const commandCheckSchema = z.strictObject({
  kind: z.literal('command'),
  command: z
    .array(z.string().min(1).max(4096))
    .min(1)
    .max(32)
    .describe('Program and arguments, run in the guest by its agent. There is no shell around it'),
  exitCode: z.int().min(0).max(255).optional().describe('Left out, 0'),
})

const ownCheckSchema = z.discriminatedUnion('kind', [
  tcpCheckSchema,
  httpCheckSchema,
  commandCheckSchema,
])

const osTypeSchema = z.enum(['linux', 'windows'])

export const validationOrderSchema = z.strictObject({
  osType: osTypeSchema.optional().describe('Left out, as the VM is configured'),
  ports: z
    .array(port)
    .max(10)
    .optional()
    .describe('In place of the one for its system: 22 for Linux, 3389 for Windows'),
  checks: z
    .array(ownCheckSchema)
    .max(MAX_OWN_CHECKS)
    .optional()
    .describe('Checks besides those of every VM: ports, HTTP, commands.'),
  patienceSeconds: z
    .int()
    .min(0)
    .max(MAX_PATIENCE_SECONDS)
    .optional()
    .describe('How long what does not pass yet is tried again'),
})

/** `skipped`: it could not be asked, and counts for neither side; the evidence says why. */
const checkStateSchema = z.enum(['passed', 'failed', 'skipped'])

const checkResultSchema = z.object({
  kind: z.enum(['proxmox', 'agent', 'address', 'cloud-init', 'port', 'tcp', 'http', 'command']),
  name: z.string().describe('For people: `Agent`, `Port 22`, `GET :80/health`.'),
  state: checkStateSchema,
  evidence: z.string().describe('What was found, in one sentence.'),
  tries: z.int().describe('How often it was tried.'),
  checkedAt: z.string(),
})

const outcomeSchema = z.enum(['healthy', 'degraded', 'unhealthy'])

export const vmValidationSchema = z.object({
  id: z.string(),
  vmid: z.int(),
  name: z.string().nullable(),
  node: z.string(),
  status: z
    .enum(['running', 'finished', 'interrupted'])
    .describe('`interrupted`: the server ended while it ran; its outcome is not known.'),
  outcome: outcomeSchema
    .nullable()
    .describe('Null while it runs, and where it could not be carried out: `error` says why.'),
  address: z.string().nullable().describe('That was tried.'),
  checks: z.array(checkResultSchema).describe('In the order in which they were made.'),
  error: z.string().nullable().describe('Why it could not be carried out.'),
  order: validationOrderSchema.describe('What was asked for.'),
  requestedBy: z.string().describe('Who asked for it.'),
  scheduleId: z.string().nullable().describe('The schedule that asked for it.'),
  deploymentId: z
    .string()
    .nullable()
    .describe('The deployment that made the VM, where this is its proof at the end.'),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
})

export const MAX_SCHEDULED_VMS = 100

const vmids = z.array(z.int().min(100).max(999_999_999)).min(1).max(MAX_SCHEDULED_VMS)

/** Of these VMs, or of all that a deployment made and that still are its own. */
const scheduleTargetSchema = z.union([
  z.strictObject({ vmids }),
  z.strictObject({ deploymentId: z.string().min(1).max(64) }),
])

export const scheduleOrderSchema = z.strictObject({
  name: z.string().trim().min(1).max(80).optional(),
  target: scheduleTargetSchema.describe('VMs by their VMIDs, or those of a deployment.'),
  intervalMinutes: z.int().min(5).max(10_080).describe('Five minutes to a week'),
  order: validationOrderSchema
    .optional()
    .describe('What is checked each time. Left out, what is checked of every VM.'),
})

export const scheduleSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  target: scheduleTargetSchema.describe('VMs by their VMIDs, or those of a deployment.'),
  intervalMinutes: z.int(),
  order: validationOrderSchema.describe('What is checked each time.'),
  owner: z.string(),
  runsAs: z.string().describe('Whose account does it.'),
  createdAt: z.string(),
  nextAt: z.string().describe('When it is due.'),
  lastRunAt: z.string().nullable(),
  problem: z
    .string()
    .nullable()
    .describe('Why the last run did not come about: `Waiting for mira@pve to sign in`.'),
})

export type OwnCheck = z.infer<typeof ownCheckSchema>
export type OsType = z.infer<typeof osTypeSchema>
export type ValidationOrder = z.infer<typeof validationOrderSchema>
export type CheckResult = z.infer<typeof checkResultSchema>
export type Outcome = z.infer<typeof outcomeSchema>
export type VmValidation = z.infer<typeof vmValidationSchema>
export type ScheduleOrder = z.infer<typeof scheduleOrderSchema>
export type Schedule = z.infer<typeof scheduleSchema>
