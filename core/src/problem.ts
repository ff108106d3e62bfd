/** Errors of our API: RFC 9457 problem documents. */
import { z } from 'zod'

export const problemSchema = z.object({
  type: z
    .string()
    .describe(
      'Path that names the kind of problem: `/problems/not-permitted`. It never changes; words do.',
    ),
  title: z.string().describe('What happened, in a few words.'),
  status: z.int().describe('The HTTP status again.'),
  detail: z.string().describe('What happened and why, in one or two sentences.'),
  errors: z
    .array(
      z.object({
        path: z.string().describe('Of the field, dotted: `request.vms.0.name`.'),
        message: z.string(),
      }),
    )
    .optional()
    .describe('Single fields that are not as they must be.'),
  requestId: z
    .string()
    .describe('Also in the header `X-Request-Id`, in the log and in the audit log.'),
  hint: z.string().optional().describe('What to do.'),
  proxmox: z
    .object({
      status: z.int(),
      message: z.string(),
      errors: z.record(z.string(), z.string()).optional(),
    })
    .optional()
    .describe("Proxmox's own words, where it was Proxmox that said no."),
})

export type Problem = z.infer<typeof problemSchema>
