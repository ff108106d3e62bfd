/** ISOs and disk images of the storages that the caller may see, and what the caller may do there. */
import { type Image, imagesOf, type ListedFile } from '@deployer/core/images.ts'
import type { Storage } from '@deployer/core/inventory.ts'
import type { Connection } from '@deployer/proxmox/client.ts'
import type { Calls } from '@deployer/proxmox/generated/calls.ts'
import { remember } from '../inventory/cache.ts'
import { concernsOneNode } from '../inventory/calls.ts'
import type { InventoryReader } from '../inventory/inventory.ts'
import { readVersion } from '../inventory/read.ts'
import type { Caller } from '../identity/caller.ts'
import { explain } from './explain.ts'

const REMEMBER_SECONDS = 5
const STORAGE_PATIENCE_MS = 10_000

export const contents = ['iso', 'import'] as const
export type Content = (typeof contents)[number]

export type ImageList = {
  images: Image[]
  /** Storages that did not answer, with the reason in words. */
  unread: { storage: string; node: string; reason: string }[]
}

/** A storage on a node that takes ISOs or disk images, with what the caller may do there; null where that is allowed. */
export type ImageTarget = {
  storage: string
  node: string
  shared: boolean
  content: Content
  availableGiB: number | null
  /** Why not, in words. */
  upload: string | null
  download: string | null
  delete: string | null
}

type Rows = Calls['GET /nodes/{node}/storage/{storage}/content']['returns']

export function createImageList(deps: {
  connection: Pick<Connection, 'api'>
  inventory: Pick<InventoryReader, 'nodes' | 'storages' | 'holds' | 'state'>
}) {
  const { connection, inventory } = deps
  const known = remember<Rows>(REMEMBER_SECONDS)
  /** Counts what changed through this server. */
  let changes = 0

  const storagesFor = async (caller: Caller): Promise<Storage[]> => {
    const [nodes, storages] = await Promise.all([
      inventory.nodes(caller),
      inventory.storages(caller),
    ])
    const online = new Set(nodes.filter((node) => node.online).map(({ name }) => name))
    return storages.filter(
      ({ node, active, content }) =>
        active && online.has(node) && contents.some((each) => content.includes(each)),
    )
  }

  const read = (caller: Caller, { storage, node, content }: Ask, fresh: boolean): Promise<Rows> =>
    known(
      `${changes} ${caller.username} ${node} ${storage} ${content}`,
      () =>
        connection
          .api(caller.credentials)
          .call(
            'GET /nodes/{node}/storage/{storage}/content',
            { node, storage, content },
            { signal: AbortSignal.timeout(STORAGE_PATIENCE_MS) },
          ),
      fresh,
    )

  const list = async (
    caller: Caller,
    { node, content, fresh = false }: { node?: string; content?: Content; fresh?: boolean } = {},
  ): Promise<ImageList> => {
    const storages = await storagesFor(caller)
    const asks = asksFor(storages).filter(
      (ask) =>
        (content === undefined || ask.content === content) &&
        (node === undefined || ask.nodes.includes(node)),
    )
    const unread: ImageList['unread'] = []
    const files = await Promise.all(
      asks.map(async (ask) => {
        try {
          return filesOf(ask, await read(caller, ask, fresh))
        } catch (error) {
          if (!concernsOneNode(error)) throw error
          unread.push({ storage: ask.storage, node: ask.node, reason: explain(error) })
          return []
        }
      }),
    )
    const images = imagesOf(files.flat())
    return {
      images: node === undefined ? images : images.filter(({ nodes }) => nodes.includes(node)),
      unread,
    }
  }

  const rightsOn = async (caller: Caller, storage: string, node: string) => {
    const path = `/storage/${storage}`
    const [template, allocate, network, audits, modifies] = await Promise.all([
      inventory.holds(caller, path, 'Datastore.AllocateTemplate'),
      inventory.holds(caller, path, 'Datastore.Allocate'),
      inventory.holds(caller, `/nodes/${node}`, 'Sys.AccessNetwork'),
      inventory.holds(caller, '/', 'Sys.Audit'),
      inventory.holds(caller, '/', 'Sys.Modify'),
    ])
    const upload = template ? null : lacks('Datastore.AllocateTemplate', path)
    return {
      upload,
      download:
        upload ??
        (network || (audits && modifies) ? null : lacks('Sys.AccessNetwork', `/nodes/${node}`)),
      delete: allocate ? null : lacks('Datastore.Allocate', path),
    }
  }

  return {
    list,
    /** What is remembered does not count any more: something came or went. */
    forget: () => {
      changes += 1
    },
    /** Storages that take ISOs or disk images, each content by itself. */
    targets: async (caller: Caller): Promise<ImageTarget[]> => {
      const [storages, { version }] = await Promise.all([
        storagesFor(caller),
        inventory.state(caller),
      ])
      const tooOld = whyNoImages(version)
      return Promise.all(
        storages.flatMap(({ name: storage, node, shared, availableGiB, content }) =>
          contents
            .filter((each) => content.includes(each))
            .map(async (each): Promise<ImageTarget> => {
              const rights = await rightsOn(caller, storage, node)
              const old = each === 'import' ? tooOld : null
              return {
                storage,
                node,
                shared,
                content: each,
                availableGiB,
                upload: old ?? rights.upload,
                download: old ?? rights.download,
                delete: rights.delete,
              }
            }),
        ),
      )
    },
  }
}

export type Images = ReturnType<typeof createImageList>

type Ask = { storage: string; node: string; nodes: string[]; shared: boolean; content: Content }

/** A shared storage is asked once, by the first node that has it. */
function asksFor(storages: Storage[]): Ask[] {
  const groups = Map.groupBy(storages, ({ name, node, shared }) =>
    shared ? name : `${name} ${node}`,
  )
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const { name: storage, node, shared } = first
    return contents
      .filter((content) => first.content.includes(content))
      .map((content) => ({ storage, node, shared, content, nodes: group.map((each) => each.node) }))
  })
}

function filesOf({ storage, nodes, shared, content }: Ask, rows: Rows): ListedFile[] {
  return rows.flatMap((row) =>
    nodes.map((node) => ({
      volid: row.volid,
      content,
      sizeBytes: row.size ?? row['approximate-size'] ?? null,
      ctime: row.ctime ?? null,
      storage,
      node,
      shared,
    })),
  )
}

const lacks = (privilege: string, path: string): string =>
  `Your account lacks ${privilege} on ${path}.`

/** Plain disk images can be uploaded and downloaded since 8.4 (pve-storage, commit 40df25d). */
function whyNoImages(version: string): string | null {
  const { major, minor } = readVersion(version)
  if (major > 8 || (major === 8 && minor >= 4)) return null
  return `Proxmox VE takes disk images since 8.4, and this cluster has ${version}. Use a template that was made on a node.`
}
