/** Directory records and path tables, for the plain and the Joliet tree alike. */
import {
  big16,
  big32,
  both16,
  both32,
  bytes,
  little16,
  little32,
  SECTOR,
  shortDate,
} from './bytes.ts'
import { type FolderNode, type IsoNode } from './tree.ts'

/** One of the two trees of an image: how its nodes are called, and what follows each record. */
export type View = {
  root: FolderNode
  nameOf: (node: IsoNode) => Uint8Array
  /** System use field: of a folder's own record, of its parent's in it, and of a child's. */
  extrasOf: (node: IsoNode, role: 'self' | 'parent' | 'child') => Uint8Array
}

export type Extent = { sector: number; length: number }

type Where = (node: IsoNode) => Extent

/** The records of a folder; none of them crosses a sector. */
export function directoryOf(
  view: View,
  folder: FolderNode,
  extentOf: Where,
  createdAt: Date,
): Uint8Array {
  const record = (node: IsoNode, name: Uint8Array, role: 'self' | 'parent' | 'child') =>
    recordOf(node, name, extentOf(node), createdAt, view.extrasOf(node, role))
  const records = [
    record(folder, bytes(0), 'self'),
    record(folder.parent ?? folder, bytes(1), 'parent'),
    ...sortedChildren(view, folder).map((child) => record(child, view.nameOf(child), 'child')),
  ]
  const sectors: Uint8Array[] = [new Uint8Array(0)]
  for (const each of records) {
    const last = sectors.at(-1) ?? new Uint8Array(0)
    if (last.length + each.length > SECTOR) sectors.push(each)
    else sectors[sectors.length - 1] = bytes(last, each)
  }
  const content = new Uint8Array(sectors.length * SECTOR)
  for (const [index, sector] of sectors.entries()) content.set(sector, index * SECTOR)
  return content
}

/** ECMA-119, 9.1. */
export function recordOf(
  node: IsoNode,
  name: Uint8Array,
  { sector, length }: Extent,
  createdAt: Date,
  extras: Uint8Array,
): Uint8Array {
  const namePadding = name.length % 2 === 0 ? [0] : []
  const size = 33 + name.length + namePadding.length + extras.length
  const padding = size % 2 === 0 ? [] : [0]
  const volume = 1
  return bytes(
    [size + padding.length, 0],
    both32(sector),
    both32(length),
    shortDate(createdAt),
    [node.kind === 'folder' ? 2 : 0, 0, 0],
    both16(volume),
    [name.length],
    name,
    namePadding,
    extras,
    padding,
  )
}

/** ECMA-119, 9.4: every folder with the number of its parent. */
export function pathTableOf(view: View, extentOf: Where, order: 'little' | 'big'): Uint8Array {
  const folders = sortedFolders(view)
  const [short, long] = order === 'little' ? [little16, little32] : [big16, big32]
  const entries = folders.map((folder) => {
    const name = folder.parent === null ? bytes(0) : view.nameOf(folder)
    const parent = folders.indexOf(folder.parent ?? folder) + 1
    return bytes(
      [name.length, 0],
      long(extentOf(folder).sector),
      short(parent),
      name,
      name.length % 2 === 0 ? [] : [0],
    )
  })
  return bytes(...entries)
}

/** By level, then by the parent's place, then by name. */
function sortedFolders(view: View): FolderNode[] {
  const sorted = [view.root]
  for (let index = 0; index < sorted.length; index++) {
    const folder = sorted[index] ?? view.root
    sorted.push(...sortedChildren(view, folder).filter((child) => child.kind === 'folder'))
  }
  return sorted
}

function sortedChildren(view: View, folder: FolderNode): IsoNode[] {
  return folder.children.toSorted((a, b) => compare(view.nameOf(a), view.nameOf(b)))
}

function compare(a: Uint8Array, b: Uint8Array): number {
  const index = a.findIndex((byte, place) => byte !== b[place])
  if (index === -1) return a.length - b.length
  return (a[index] ?? 0) - (b[index] ?? -1)
}
