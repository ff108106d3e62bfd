/** ISOs and images that a request names, as each node has them: only the storages that are named are asked. */
import { storageOfVolume } from '@deployer/core/context.ts'
import type { Storage, Volume } from '@deployer/core/inventory.ts'
import type { Source } from '@deployer/core/request.ts'

const GIB = 1024 ** 3

/** Volume ids that VMs of this source read. */
export function mediaNamed(source: Source): string[] {
  switch (source.kind) {
    case 'template':
      return []
    case 'iso':
      return [source.volid, ...(source.driversVolid === undefined ? [] : [source.driversVolid])]
    case 'image':
      return [source.volid]
  }
}

export type MediaCalls = {
  /** Volume ids; empty where the node does not tell. */
  list: (place: { node: string; storage: string }, content: Volume['content']) => Promise<string[]>
  /** As large as its disk will be; null where nobody tells. */
  sizeOf: (place: { node: string; storage: string }, volid: string) => Promise<number | null>
}

/** A shared storage is asked on one node. */
export async function readMedia(
  volids: string[],
  storages: Storage[],
  online: Set<string>,
  { list, sizeOf }: MediaCalls,
): Promise<Volume[]> {
  const found = volids.map(async (volid): Promise<Volume[]> => {
    const name = storageOfVolume(volid)
    const content = volid.includes(':import/') ? 'import' : 'iso'
    const usable = storages.filter(
      (each) =>
        each.name === name &&
        each.active &&
        online.has(each.node) &&
        each.content.includes(content),
    )
    const shared = usable.find((each) => each.shared)
    const places = shared === undefined ? usable : [shared]
    const there = await Promise.all(
      places.map(async ({ node, name: storage }) => {
        const place = { node, storage }
        return (await list(place, content)).includes(volid) ? [place] : []
      }),
    )
    const [first] = there.flat()
    const bytes = first === undefined || content === 'iso' ? null : await sizeOf(first, volid)
    return there.flat().map(({ node, storage }) => ({
      volid,
      storage,
      node: shared === undefined ? node : null,
      content,
      diskGiB: bytes === null ? null : bytes / GIB,
    }))
  })
  return (await Promise.all(found)).flat()
}
