/**
 * Writes CD images: ISO 9660 (ECMA-119) with Rock Ridge names for Linux and Joliet names for Windows. For seeds of
 * cloud-init and answer files of Windows, so small: everything is held in memory.
 */
import {
  ascii,
  both16,
  both32,
  big32,
  bytes,
  little32,
  longDate,
  noDate,
  padded,
  SECTOR,
  sectorsOf,
  ucs2,
} from './bytes.ts'
import { directoryOf, type Extent, pathTableOf, recordOf, type View } from './directories.ts'
import { createIsoNames } from './names.ts'
import { alternateName, announcement, attributes, continuation } from './rock-ridge.ts'
import { filesOf, foldersOf, type FolderNode, type IsoFile, type IsoNode, treeOf } from './tree.ts'

export type IsoOptions = {
  /** Name of the volume: `cidata` for NoCloud, `config-2` for ConfigDrive. At most 16 characters, as long as Joliet allows. */
  label: string
  files: IsoFile[]
  createdAt: Date
}

/** Empty by definition (ECMA-119, 6.2.1). */
const SYSTEM_AREA_SECTORS = 16
const MAX_RECORD = 255

/** The image. The same input gives the same bytes. Throws where a name cannot be written. */
export function buildIso({ label, files, createdAt }: IsoOptions): Uint8Array {
  if (!/^[A-Za-z0-9_.-]{1,16}$/.test(label)) {
    throw new Error(`${label} is no label: 1 to 16 letters, digits and _ . -`)
  }
  const root = treeOf(files)
  const extents = new Map<IsoNode, Extent>()
  const jolietExtents = new Map<IsoNode, Extent>()
  const overflow = createOverflow()
  const plain = plainView(root, createdAt, overflow)
  const joliet = jolietView(root)

  const sizesOf = (view: View) =>
    foldersOf(root).map(
      (folder) => [folder, directoryOf(view, folder, nowhere, createdAt)] as const,
    )
  let next = SYSTEM_AREA_SECTORS + 3
  const take = (length: number): Extent => {
    const extent = { sector: next, length }
    next += sectorsOf(length)
    return extent
  }
  const tables = [plain, joliet].map((view) => {
    const { length } = pathTableOf(view, nowhere, 'little')
    return { little: take(length), big: take(length) }
  })
  for (const [folder, { length }] of sizesOf(plain)) extents.set(folder, take(length))
  for (const [folder, { length }] of sizesOf(joliet)) jolietExtents.set(folder, take(length))
  const overflowExtent = take(overflow.place())
  for (const file of filesOf(root)) {
    const extent = take(file.content.length)
    extents.set(file, extent)
    jolietExtents.set(file, extent)
  }
  overflow.setSector(overflowExtent.sector)

  const image = new Uint8Array(next * SECTOR)
  const put = (sector: number, content: Uint8Array) => image.set(content, sector * SECTOR)
  for (const [index, view] of [plain, joliet].entries()) {
    const where = placesIn(index === 0 ? extents : jolietExtents)
    const table = tables[index]
    if (table === undefined) continue
    put(table.little.sector, pathTableOf(view, where, 'little'))
    put(table.big.sector, pathTableOf(view, where, 'big'))
    for (const folder of foldersOf(root)) {
      put(where(folder).sector, directoryOf(view, folder, where, createdAt))
    }
    const rootRecord = recordOf(root, bytes(0), where(root), createdAt, new Uint8Array(0))
    const volume = { label, joliet: view === joliet, sectors: next, table, rootRecord, createdAt }
    put(SYSTEM_AREA_SECTORS + index, descriptorOf(volume))
  }
  put(SYSTEM_AREA_SECTORS + 2, bytes(255, ascii('CD001'), 1))
  put(overflowExtent.sector, overflow.content())
  for (const file of filesOf(root)) put(placesIn(extents)(file).sector, file.content)
  return image
}

function nowhere(): Extent {
  return { sector: 0, length: 0 }
}

function placesIn(extents: Map<IsoNode, Extent>): (node: IsoNode) => Extent {
  return (node) => extents.get(node) ?? nowhere()
}

function jolietView(root: FolderNode): View {
  return {
    root,
    nameOf: ({ kind, name }) => ucs2(kind === 'folder' ? name : `${name};1`),
    extrasOf: () => new Uint8Array(0),
  }
}

function plainView(root: FolderNode, createdAt: Date, overflow: Overflow): View {
  const names = new Map<IsoNode, Uint8Array>()
  for (const folder of foldersOf(root)) {
    const isoName = createIsoNames()
    for (const child of folder.children) {
      names.set(child, ascii(isoName(child.name, child.kind === 'folder')))
    }
  }
  const nameOf = (node: IsoNode) => names.get(node) ?? bytes(0)
  return {
    root,
    nameOf,
    extrasOf: (node, role) => {
      const common = attributes(node, createdAt)
      if (role === 'self' && node === root) return bytes(announcement(), common)
      if (role !== 'child') return common
      const long = alternateName(node.name)
      const start = 34 + nameOf(node).length
      if (start + common.length + long.length <= MAX_RECORD - 1) return bytes(common, long)
      return bytes(common, overflow.entryFor(node, long))
    },
  }
}

type Overflow = ReturnType<typeof createOverflow>

/** Room for names that are too long for their record. */
function createOverflow() {
  const places = new Map<IsoNode, { offset: number; content: Uint8Array }>()
  let sector = 0
  let used = 0
  return {
    entryFor: (node: IsoNode, content: Uint8Array): Uint8Array => {
      let place = places.get(node)
      if (place === undefined) {
        // An area lies within one sector.
        if ((used % SECTOR) + content.length > SECTOR) used = sectorsOf(used) * SECTOR
        place = { offset: used, content }
        used += content.length
        places.set(node, place)
      }
      const { offset } = place
      const start = sector + Math.floor(offset / SECTOR)
      return continuation(start, offset % SECTOR, content.length)
    },
    /** The bytes that it takes, known once every directory was laid out. */
    place: (): number => used,
    setSector: (first: number): void => {
      sector = first
    },
    content: (): Uint8Array => {
      const all = new Uint8Array(used)
      for (const { offset, content } of places.values()) all.set(content, offset)
      return all
    },
  }
}

type Volume = {
  label: string
  joliet: boolean
  sectors: number
  table: { little: Extent; big: Extent }
  rootRecord: Uint8Array
  createdAt: Date
}

/** Primary (8.4) or, for Joliet, supplementary (8.5) volume descriptor. */
function descriptorOf({
  label,
  joliet,
  sectors,
  table,
  rootRecord,
  createdAt,
}: Volume): Uint8Array {
  const blank = joliet ? ucs2(' ') : ascii(' ')
  const text = (value: string, length: number) =>
    padded(joliet ? ucs2(value) : ascii(value), length, blank)
  const created = longDate(createdAt)
  return padded(
    bytes(
      [joliet ? 2 : 1],
      ascii('CD001'),
      [1, 0],
      text('', 32),
      text(label, 32),
      new Uint8Array(8),
      both32(sectors),
      // %/E: UCS-2 level 3.
      padded(joliet ? ascii('%/E') : new Uint8Array(0), 32, bytes(0)),
      both16(1),
      both16(1),
      both16(SECTOR),
      both32(table.little.length),
      little32(table.little.sector),
      little32(0),
      big32(table.big.sector),
      big32(0),
      rootRecord,
      text('', 128),
      text('', 128),
      text('', 128),
      text('PROXMOX VM DEPLOYER', 128),
      text('', 37),
      text('', 37),
      text('', 37),
      created,
      created,
      noDate,
      noDate,
      [1, 0],
    ),
    SECTOR,
    bytes(0),
  )
}
