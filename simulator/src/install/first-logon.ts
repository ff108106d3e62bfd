/** What the commands of the first sign-in bring about: known by what they name, for nothing is really run here. */
import { z } from 'zod'
import type { NicPlan } from '../first-boot/network.ts'
import type { Cd } from './machine.ts'
import { AGENT_INSTALLER, DRIVER_INSTALLER, GUEST_TOOLS } from './media.ts'

export type Effects = {
  hasGuestTools: boolean
  hasAgentPackage: boolean
  hasDriverPackage: boolean
  opensRemoteDesktop: boolean
  network: Record<string, NicPlan>
}

/** A loop over drive letters reaches a CD whose letter is among them; a letter in the path only that one. */
const reaches = (text: string, path: string, letter: string): boolean => {
  const file = path.split('\\').at(-1) ?? path
  const loop = /\bin\s*\(([^)]*)\)/i.exec(text)?.[1]
  if (
    loop !== undefined &&
    !loop
      .toUpperCase()
      .split(/[\s,;]+/)
      .includes(letter)
  )
    return false
  const escaped = file.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  // `%d:\` is a loop's letter.
  const fixed = new RegExp(String.raw`(?<![%$\w])([A-Z]):\\[^\s"']*?${escaped}`, 'gi')
  const letters = [...text.matchAll(fixed)].map((found) => found[1]?.toUpperCase())
  return letters.length === 0 || letters.includes(letter)
}

const mentions = (text: string, file: string) => {
  const name = file.split('\\').at(-1) ?? file
  return text.toLowerCase().includes(name.toLowerCase())
}

/** The command with the files of our CDs that it names, and that those name. */
const withFiles = (command: string, cds: Cd[]): string => {
  const files = cds.flatMap(({ letter, files: own }) =>
    Object.entries(own).map(([name, text]) => ({ letter, name, text })),
  )
  let whole = command
  const seen = new Set<string>()
  for (;;) {
    const next = files.find(
      ({ name, letter }) =>
        !seen.has(name) && mentions(whole, name) && reaches(command, name, letter),
    )
    if (!next) return whole
    seen.add(next.name)
    whole = `${whole}\n${next.text}`
  }
}

const addresses = z.object({
  networks: z.array(
    z.object({
      mac: z.string(),
      addresses: z.array(
        z.object({ address: z.string(), prefixLength: z.union([z.number(), z.string()]) }),
      ),
    }),
  ),
})

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Addresses that a script takes from a file beside it; it sets them with New-NetIPAddress. */
const networkOf = (whole: string, cds: Cd[]): Record<string, NicPlan> => {
  if (!/New-NetIPAddress/i.test(whole)) return {}
  const files = cds.flatMap(({ files: own }) => Object.entries(own))
  const plans = files
    .filter(([name]) => /\.json$/i.test(name) && mentions(whole, name))
    .flatMap(([, text]) => addresses.safeParse(parsed(text)).data?.networks ?? [])
  return Object.fromEntries(
    plans
      .filter((nic) => nic.addresses.length > 0)
      .map((nic): [string, NicPlan] => {
        const own = nic.addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`)
        const dhcp4 = own.every((address) => address.includes(':'))
        return [nic.mac.replaceAll('-', ':').toLowerCase(), { dhcp4, auto6: true, addresses: own }]
      }),
  )
}

const opensRemoteDesktop = (text: string) =>
  /fDenyTSConnections["'\s].{0,80}(\/d\s+0|-Value\s+['"]?0)/is.test(text) &&
  /remote ?desktop|28752|localport[= ]3389/i.test(text)

export const effectsOf = (commands: string[], cds: Cd[]): Effects => {
  const drivers = cds.filter(({ media }) => media?.kind === 'drivers')
  const wholes = commands.map((command) => withFiles(command, cds))
  const runs = (file: string) =>
    wholes.some(
      (text) => mentions(text, file) && drivers.some(({ letter }) => reaches(text, file, letter)),
    )
  return {
    hasGuestTools: runs(GUEST_TOOLS),
    hasAgentPackage: runs(AGENT_INSTALLER),
    hasDriverPackage: runs(DRIVER_INSTALLER),
    opensRemoteDesktop: opensRemoteDesktop(wholes.join('\n')),
    network: Object.assign({}, ...wholes.map((text) => networkOf(text, cds))),
  }
}
