/** What an image with answers for Windows setup is made from, as a plan holds it: all but the secrets. */
import { z } from 'zod'
import { diskBuses, osTypeSchema } from '../hardware/request.ts'
import { type Unattended, unattendedSchema } from './request.ts'

/** Stands for a password or a product key where neither may be shown. */
const MASKED = '********'

/** With `********` in the place of each secret. */
export const shownUnattendedSchema = unattendedSchema.extend({
  productKey: z.string().optional(),
  administratorPassword: z.string(),
  user: z
    .strictObject({
      name: z.string(),
      password: z.string(),
      administrator: z.boolean().optional(),
    })
    .optional(),
})

/** Of one VM. */
export const answersSchema = z.object({
  osType: osTypeSchema,
  computerName: z.string(),
  firmware: z.enum(['bios', 'uefi']),
  /** Of the boot disk, for its driver. */
  diskBus: z.enum(diskBuses),
  unattended: shownUnattendedSchema,
  /** In the order of the NICs. */
  networks: z.array(
    z.object({
      /** `BC:24:11:0A:0B:0C` */
      mac: z.string(),
      /** With prefix: `10.0.0.5/24`. Null: DHCP. */
      ip: z.string().nullable(),
      gateway: z.string().nullable(),
      /** With prefix. Null: as the router announces it. */
      ip6: z.string().nullable(),
      gateway6: z.string().nullable(),
      nameservers: z.array(z.string()),
      searchDomains: z.array(z.string()),
    }),
  ),
})

export type ShownUnattended = z.infer<typeof shownUnattendedSchema>
export type Answers = z.infer<typeof answersSchema>

/** By their place below `unattended`: `administratorPassword`, `user.password`, `productKey`. */
export type AnswerSecrets = Record<string, string>

/** Splits the secrets off, so that they can be stored encrypted. */
export function takeAnswerSecrets(unattended: Unattended): {
  masked: Unattended
  secrets: AnswerSecrets
} {
  const { administratorPassword, user, productKey } = unattended
  return {
    masked: maskedUnattended(unattended),
    secrets: {
      administratorPassword,
      ...(user !== undefined && { 'user.password': user.password }),
      ...(productKey !== undefined && { productKey }),
    },
  }
}

export function maskedUnattended(unattended: Unattended): Unattended {
  const { user, productKey } = unattended
  return {
    ...unattended,
    administratorPassword: MASKED,
    ...(user !== undefined && { user: { ...user, password: MASKED } }),
    ...(productKey !== undefined && { productKey: MASKED }),
  }
}

/** Puts back what `takeAnswerSecrets` split off. */
export function withAnswerSecrets<Masked extends ShownUnattended>(
  unattended: Masked,
  secrets: AnswerSecrets,
): Masked {
  const { user } = unattended
  const { administratorPassword, productKey } = secrets
  return {
    ...unattended,
    ...(administratorPassword !== undefined && { administratorPassword }),
    ...(user !== undefined && {
      user: { ...user, password: secrets['user.password'] ?? user.password },
    }),
    ...(productKey !== undefined && { productKey }),
  }
}
