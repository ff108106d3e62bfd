import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Caller } from '../identity/caller.ts'
import type { App } from './http.ts'

/** What is known of the connection. Fields that only a signed-in caller may see are null for others. */
export const proxmoxStatusSchema = z.object({
  connected: z.boolean(),
  /** The built-in simulated cluster. */
  demo: z.boolean(),
  /** `pve1.lab.example:8006`, the node that answered last or was asked last. */
  host: z.string(),
  /** What is so: `Connected to …`, or why not. */
  message: z.string(),
  /** What to do, where it is not well. */
  hint: z.string().nullable(),
  latencyMs: z.number().nullable(),
  /** False only where PROXMOX_VERIFY_SSL=false. */
  tlsVerified: z.boolean(),
  /** What vouches for the certificate. */
  tls: z.enum(['system-ca', 'ca-file', 'fingerprint', 'off']),
  /** A certificate that nobody vouches for: what to compare and what to write into `.env`. */
  untrustedCertificate: z
    .object({ host: z.string(), fingerprint: z.string(), line: z.string() })
    .nullable(),
  checkedAt: z.string(),
  /** Since when there is no answer; null while connected. */
  failingSince: z.string().nullable(),
  version: z.string().nullable(),
  clusterName: z.string().nullable(),
  nodes: z.int().nullable(),
  nodesOnline: z.int().nullable(),
  quorate: z.boolean().nullable(),
})

export type ProxmoxStatus = z.infer<typeof proxmoxStatusSchema>

export type ProxmoxDeps = {
  status: (caller: Caller | null) => Promise<ProxmoxStatus>
  /** The caller, or null without (or with a lapsed) sign-in. */
  tryCaller: (request: FastifyRequest) => Promise<Caller | null>
}

export function proxmoxRoutes(app: App, deps: ProxmoxDeps): void {
  app.get(
    '/proxmox/status',
    {
      schema: {
        summary: 'Connection to Proxmox; always 200',
        description:
          'Without sign-in it tells whether and how the connection stands; version, nodes, quorum and the name of ' +
          'the cluster are null then.',
        tags: ['Proxmox'],
        response: { 200: proxmoxStatusSchema },
      },
    },
    async (request) => deps.status(await deps.tryCaller(request)),
  )
}
