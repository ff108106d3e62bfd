/** What the run and the process of its cluster tell each other. */
import { faultSchema } from '@deployer/simulator/fault.ts'
import { worldSchema } from '@deployer/simulator/world.ts'
import { z } from 'zod'

export const optionsSchema = z.object({ speed: z.number(), seed: z.number() })

export const toClusterSchema = z.discriminatedUnion('kind', [
  /** The bad days begin now. */
  z.object({ kind: z.literal('begin'), faults: z.array(faultSchema) }),
  /** They are over: what is still on its way comes to its end, and then the cluster says what there is. */
  z.object({ kind: z.literal('end') }),
])

const otherVm = z.object({
  vmid: z.number(),
  node: z.string(),
  config: z.record(z.string(), z.string()),
})

const stateSchema = z.object({
  world: worldSchema,
  /** How often each call came, and how often it was disturbed. */
  calls: z.number(),
  faults: z.object({
    strikes: z.record(z.string(), z.number()),
    log: z.array(z.object({ at: z.number(), text: z.string() })),
    otherVms: z.array(otherVm),
  }),
})

export const fromClusterSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ready'),
    host: z.string(),
    fingerprint: z.string(),
    guestProxy: z.string(),
    world: worldSchema,
  }),
  /** A changing call is answered in this moment: the so-manieth. */
  z.object({ kind: z.literal('changed'), count: z.number() }),
  z.object({ kind: z.literal('state'), state: stateSchema }),
])

export type ToCluster = z.infer<typeof toClusterSchema>
export type FromCluster = z.infer<typeof fromClusterSchema>
export type ClusterState = z.infer<typeof stateSchema>
