/**
 * Addresses that a check never connects to. A guest says itself which addresses it has, so one that lies could have this
 * server look at its own services, or at Proxmox.
 */
import { parseAddress } from '@deployer/core/addresses.ts'
import { parseHost } from '@deployer/proxmox/hosts.ts'
import { lookup } from 'node:dns/promises'
import { networkInterfaces } from 'node:os'
import { remember } from '../inventory/cache.ts'

const KNOWN_SECONDS = 600

export const createForbidden = (deps: {
  /** `pve1.example.org`, `10.0.0.1:8006`, `[fd00::1]:8006`. */
  hosts: string[]
  /** Through a proxy, this machine's own addresses are not its own any more. */
  proxied: boolean
}): (() => Promise<readonly string[]>) => {
  const remembered = remember<string[]>(KNOWN_SECONDS)
  const resolved = () =>
    remembered('', async () => {
      const found = await Promise.all(
        deps.hosts.map((host) =>
          lookup(parseHost(host).name.replaceAll(/[[\]]/g, ''), { all: true }).then(
            (entries) => entries.map(({ address }) => address),
            () => [],
          ),
        ),
      )
      return found.flat()
    })
  return async () =>
    [...(await resolved()), ...(deps.proxied ? [] : own())].flatMap(
      (text) => parseAddress(text)?.text ?? [],
    )
}

const own = () =>
  Object.values(networkInterfaces()).flatMap((entries = []) =>
    entries.map(({ address }) => address),
  )
