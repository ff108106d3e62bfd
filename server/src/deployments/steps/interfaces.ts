import type { AgentInterface } from '@deployer/core/select-address.ts'
import { z } from 'zod'

/** A command that the guest refuses answers HTTP 200 with `error` in place of a list. */
const answerSchema = z.object({
  result: z.array(
    z.object({
      name: z.string(),
      'hardware-address': z.string().exactOptional(),
      'ip-addresses': z
        .array(
          z.object({
            'ip-address': z.string(),
            'ip-address-type': z.string(),
            prefix: z.number().exactOptional(),
          }),
        )
        .exactOptional(),
    }),
  ),
})

/** Of an answer of `agent/network-get-interfaces`; null of any other. */
export const interfacesOf = (answer: unknown): AgentInterface[] | null => {
  const parsed = answerSchema.safeParse(answer)
  return parsed.success ? parsed.data.result : null
}
