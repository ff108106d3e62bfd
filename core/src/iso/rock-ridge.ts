/** What Linux reads beside the plain records: long names, rights (IEEE P1281 SUSP and P1282 RRIP, version 1.09). */
import { ascii, both32, bytes, shortDate } from './bytes.ts'
import { type IsoNode, subfoldersOf } from './tree.ts'

const VERSION = 1
/** Seeds hold password hashes, so only root may read them in a guest that mounts them. */
const FILE_MODE = 0o100400
const FOLDER_MODE = 0o040500

/** In the first record of the root: that these entries are there (SP) and which they are (ER). */
export function announcement(): Uint8Array {
  const id = ascii('RRIP_1991A')
  return bytes(entry('SP', [0xbe, 0xef, 0]), entry('ER', [id.length, 0, 0, VERSION, ...id]))
}

/** Rights and time of a file or folder. */
export function attributes(node: IsoNode, createdAt: Date): Uint8Array {
  const folder = node.kind === 'folder'
  const links = folder ? 2 + subfoldersOf(node).length : 1
  const [owner, group] = [0, 0]
  const mode = folder ? FOLDER_MODE : FILE_MODE
  const modified = 0b10
  return bytes(
    entry('PX', [mode, links, owner, group].flatMap(both32)),
    entry('TF', [modified, ...shortDate(createdAt)]),
  )
}

export function alternateName(name: string): Uint8Array {
  return entry('NM', [0, ...new TextEncoder().encode(name)])
}

export function continuation(sector: number, offset: number, length: number): Uint8Array {
  return entry('CE', [sector, offset, length].flatMap(both32))
}

function entry(signature: string, content: number[]): Uint8Array {
  return bytes(ascii(signature), content.length + 4, VERSION, content)
}
