/** Where snippets go on the nodes, and whether they could be written there now. */
import type { SnippetAccess, Storage } from '@deployer/core/inventory.ts'
import type { Calls } from '@deployer/proxmox/generated/calls.ts'
import { problemText } from '../snippets/problems.ts'
import type { SnippetStore } from '../snippets/snippets.ts'
import { remember } from './cache.ts'

export type SnippetSettings = { storage: string; store: SnippetStore }

type Definition = Calls['GET /storage']['returns'][number]
export type ClusterStatus = Calls['GET /cluster/status']['returns'] | null

/** pve-storage src/PVE/Storage/Plugin.pm, get_subdir, and the default paths of the plugins. */
const folderOf = (name: string, definition: Definition | undefined): string => {
  const path = definition?.path ?? (name === 'local' ? '/var/lib/vz' : `/mnt/pve/${name}`)
  const own = /(?:^|,)snippets=([^,]+)/.exec(definition?.['content-dirs'] ?? '')?.[1]
  return `${path}/${own ?? 'snippets'}`.replaceAll(/\/+/g, '/')
}

/** Typing makes many plans; a way that works, or does not, stays so for a while. */
const REMEMBERED_SECONDS = 60

export const createSnippetAccess = ({ storage: name, store }: SnippetSettings) => {
  const problem = remember<string | null>(REMEMBERED_SECONDS)

  return async (
    storages: Storage[],
    definitions: Definition[],
    status: ClusterStatus,
    fresh: boolean,
  ): Promise<SnippetAccess> => {
    const folder = folderOf(
      name,
      definitions.find(({ storage }) => storage === name),
    )
    const usable = storages.filter(
      (storage) => storage.name === name && storage.active && storage.content.includes('snippets'),
    )
    const nodes = usable.some(({ shared }) => shared) ? usable.slice(0, 1) : usable
    const places = nodes.map(async ({ node }) => {
      const address = status?.find((row) => row.type === 'node' && row.name === node)?.ip ?? null
      const place = { node, address, folder }
      const ask = async () => {
        const found = await store.problemOf(place)
        return found === null ? null : problemText(found, place)
      }
      return { ...place, problem: await problem(`${node} ${address} ${folder}`, ask, fresh) }
    })
    return { storage: name, places: await Promise.all(places) }
  }
}
