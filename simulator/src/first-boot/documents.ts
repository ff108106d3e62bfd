import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Cluster } from '../cluster.ts'
import { networkConfig, userData } from '../guests/cloud-init.ts'
import { drivesOf, isCdrom, isCloudInit } from '../guests/drive.ts'
import { findVolume } from '../storage/storages.ts'
import type { Guest } from '../world.ts'

/** What a guest finds at its first boot. */
export type Documents = {
  /** As cloud-init names it. */
  datasource: string
  userData: string
  vendorData: string | undefined
  /** Absent: the guest asks for DHCP on its own. */
  networkConfig: string | undefined
}

/** `cicustom` by its parts: `user` → `local:snippets/web-01.yaml`. */
export const customOf = (guest: Guest): Map<string, string> =>
  new Map(
    (guest.config['cicustom'] ?? '').split(',').flatMap((part): [string, string][] => {
      const [name = '', volid] = part.split('=')
      return volid === undefined ? [] : [[name, volid]]
    }),
  )

const snippetFile = ({ snippetFolder }: Cluster, volid: string, node: string) => {
  const [, name] = /^[^:]+:snippets\/([^/]+)$/.exec(volid) ?? []
  if (snippetFolder === undefined || name === undefined) return undefined
  const file = join(snippetFolder.replaceAll('{node}', node), basename(name))
  return existsSync(file) ? file : undefined
}

/** Whether a snippet lies on the node: in the folder that stands for it, or listed in the world. */
export const snippetExists = (cluster: Cluster, volid: string, node: string): boolean =>
  snippetFile(cluster, volid, node) !== undefined || findVolume(cluster, volid, node) !== undefined

const fromProxmox = (cluster: Cluster, guest: Guest): Documents => {
  const custom = customOf(guest)
  const text = (name: string) => {
    const volid = custom.get(name)
    const file = volid === undefined ? undefined : snippetFile(cluster, volid, guest.node)
    return file === undefined ? undefined : readFileSync(file, 'utf8')
  }
  return {
    datasource: 'DataSourceNoCloud [seed=/dev/sr0]',
    userData: text('user') ?? userData(guest.config),
    vendorData: text('vendor'),
    networkConfig: text('network') ?? networkConfig(cluster, guest.config),
  }
}

/** cloud-init takes a `cidata` disk only with both of its documents (DataSourceNoCloud.py). */
const fromSeed = (files: Record<string, string>): Documents | undefined => {
  const { 'user-data': user, 'meta-data': meta } = files
  if (user === undefined || meta === undefined) return undefined
  return {
    datasource: 'DataSourceNoCloud [seed=/dev/sr0]',
    userData: user,
    vendorData: files['vendor-data'],
    networkConfig: files['network-config'],
  }
}

/**
 * Undefined where no drive has any. With a seed and Proxmox's own drive it hangs on the order of the drives which one
 * is read: the last one.
 */
export const documentsOf = (cluster: Cluster, guest: Guest): Documents | undefined => {
  let found: Documents | undefined
  for (const drive of drivesOf(guest.config)) {
    if (isCloudInit(drive)) found = fromProxmox(cluster, guest)
    if (!isCdrom(drive)) continue
    const seed = findVolume(cluster, drive.file, guest.node)?.seed
    if (seed?.label.toLowerCase() === 'cidata') found = fromSeed(seed.files) ?? found
  }
  return found
}
