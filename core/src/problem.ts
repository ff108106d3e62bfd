/** Errors of our API: RFC 9457 problem documents. */
import { z } from 'zod'

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  requestId: z.string(),
  /** What to do. */
  hint: z.string().optional(),
  /** Proxmox's own words, where it was Proxmox that said no. */
  proxmox: z
    .object({
      status: z.int(),
      message: z.string(),
      errors: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
})

export type Problem = z.infer<typeof problemSchema>
