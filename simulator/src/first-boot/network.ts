import { parse } from 'yaml'
import { z } from 'zod'

/** What a network document says of one interface. */
export const nicPlanSchema = z.object({
  dhcp4: z.boolean(),
  /** DHCPv6 or router announcements. */
  auto6: z.boolean(),
  /** With prefix, of both families. */
  addresses: z.array(z.string()),
})
export type NicPlan = z.infer<typeof nicPlanSchema>

const version1 = z.object({
  version: z.literal(1),
  config: z.array(
    z.object({
      type: z.string(),
      mac_address: z.string().optional(),
      subnets: z
        .array(
          z.object({
            type: z.string(),
            address: z.string().optional(),
            netmask: z.union([z.string(), z.number()]).optional(),
          }),
        )
        .optional(),
    }),
  ),
})

const flag = z.boolean().optional()
const version2 = z.object({
  version: z.literal(2),
  ethernets: z
    .record(
      z.string(),
      z.object({
        match: z.object({ macaddress: z.string().optional() }).optional(),
        dhcp4: flag,
        dhcp6: flag,
        'accept-ra': flag,
        addresses: z.array(z.union([z.string(), z.record(z.string(), z.unknown())])).optional(),
      }),
    )
    .optional(),
})

const bitsOf = (netmask: string | number | undefined): string => {
  const text = String(netmask ?? 24)
  if (!text.includes('.')) return text
  const ones = text.split('.').map((part) => Number(part).toString(2).replaceAll('0', '').length)
  return String(ones.reduce((sum, count) => sum + count, 0))
}

type Subnet = { type: string; address?: string | undefined; netmask?: string | number | undefined }

const withPrefix = ({ address, netmask }: Subnet): string[] => {
  if (address === undefined) return []
  return [address.includes('/') ? address : `${address}/${bitsOf(netmask)}`]
}

const fromVersion1 = ({ config }: z.infer<typeof version1>): Map<string, NicPlan> =>
  new Map(
    config.flatMap(({ type, mac_address: mac, subnets = [] }): [string, NicPlan][] =>
      type !== 'physical' || mac === undefined
        ? []
        : [
            [
              mac.toLowerCase(),
              {
                dhcp4: subnets.some(({ type: kind }) => kind === 'dhcp4' || kind === 'dhcp'),
                auto6: subnets.some(({ type: kind }) => /^(dhcp6|ipv6_)/.test(kind)),
                addresses: subnets.flatMap(withPrefix),
              },
            ],
          ],
    ),
  )

const fromVersion2 = ({ ethernets = {} }: z.infer<typeof version2>): Map<string, NicPlan> =>
  new Map(
    Object.values(ethernets).flatMap((nic): [string, NicPlan][] => {
      const mac = nic.match?.macaddress?.toLowerCase()
      if (mac === undefined) return []
      const addresses = (nic.addresses ?? []).filter((entry) => typeof entry === 'string')
      const auto6 = nic.dhcp6 === true || nic['accept-ra'] === true
      return [[mac, { dhcp4: nic.dhcp4 === true, auto6, addresses }]]
    }),
  )

const documentSchema = z.union([version1, version2])
const wrapped = z.object({ network: z.unknown() })

/** By MAC address in lower case. Throws, with a text, where cloud-init could not read the document either. */
export const readNetwork = (text: string): Map<string, NicPlan> => {
  const value: unknown = parse(text)
  const outer = wrapped.safeParse(value)
  const document = documentSchema.parse(outer.success ? outer.data.network : value)
  return document.version === 1 ? fromVersion1(document) : fromVersion2(document)
}
