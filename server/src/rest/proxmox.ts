import { z } from 'zod'
import type { Caller } from '../identity/caller.ts'
import { type App, callerOf, problems } from './http.ts'

/** How the connection stands; nothing in it needs a sign-in to be known. */
export const connectionSchema = z.object({
  connected: z.boolean(),
  demo: z.boolean().describe('The built-in simulated cluster.'),
  host: z
    .string()
    .describe('`pve1.lab.example:8006`, the node that answered last or was asked last.'),
  message: z.string().describe('What is so: `Connected to …`, or why not.'),
  hint: z.string().nullable().describe('What to do, where it is not well.'),
  latencyMs: z.number().nullable(),
  tlsVerified: z.boolean().describe('False only where PROXMOX_VERIFY_SSL=false.'),
  tls: z
    .enum(['system-ca', 'ca-file', 'fingerprint', 'off'])
    .describe('What vouches for the certificate.'),
  untrustedCertificate: z
    .object({ host: z.string(), fingerprint: z.string(), line: z.string() })
    .nullable()
    .describe(
      'A certificate that nobody vouches for: what to compare and what to write into `.env`.',
    ),
  checkedAt: z.string(),
  failingSince: z
    .string()
    .nullable()
    .describe('Since when there is no answer; null while connected.'),
})

export type ProxmoxConnection = z.infer<typeof connectionSchema>

/** The connection, and the cluster behind it; null where it does not answer, or the caller may not see it. */
const proxmoxStatusSchema = connectionSchema.extend({
  version: z.string().nullable(),
  clusterName: z.string().nullable(),
  nodes: z.int().nullable(),
  nodesOnline: z.int().nullable(),
  quorate: z.boolean().nullable(),
})

export type ProxmoxStatus = z.infer<typeof proxmoxStatusSchema>

export type ProxmoxDeps = {
  status: (caller: Caller) => Promise<ProxmoxStatus>
}

export function proxmoxRoutes(app: App, deps: ProxmoxDeps): void {
  app.get(
    '/proxmox/status',
    {
      schema: {
        summary: 'Connection to Proxmox; 200 also where there is none',
        tags: ['Proxmox'],
        response: { 200: proxmoxStatusSchema, ...problems },
      },
    },
    async (request) => deps.status(callerOf(request)),
  )
}
