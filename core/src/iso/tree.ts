/** The files of an image as folders in folders. */
import { nameProblem } from './names.ts'

export type IsoFile = {
  /** With `/` between folders: `user-data`, `openstack/latest/user_data`. */
  name: string
  content: Uint8Array
}

export type FileNode = { kind: 'file'; name: string; content: Uint8Array }
export type FolderNode = {
  kind: 'folder'
  name: string
  parent: FolderNode | null
  children: (FileNode | FolderNode)[]
}
export type IsoNode = FileNode | FolderNode

/** Plain ISO 9660 has eight levels, the root among them. */
const MAX_LEVELS = 8

/** Throws where a name cannot be written, or two differ by upper and lower case only: Windows could open one of them. */
export function treeOf(files: IsoFile[]): FolderNode {
  const root: FolderNode = { kind: 'folder', name: '', parent: null, children: [] }
  for (const { name, content } of files) {
    const parts = name.split('/')
    for (const part of parts) {
      const problem = nameProblem(part)
      if (problem !== null) throw new Error(`${name} cannot be on the image: ${problem}`)
    }
    if (parts.length > MAX_LEVELS)
      throw new Error(`${name} lies more than ${MAX_LEVELS} levels deep`)
    const folder = parts.slice(0, -1).reduce((parent, part) => folderIn(parent, part, name), root)
    const own = parts.at(-1) ?? ''
    if (childOf(folder, own) !== undefined) throw new Error(`${name} is on the image twice`)
    folder.children.push({ kind: 'file', name: own, content })
  }
  return root
}

/** All folders, those of one level together, as path tables need them. */
export function foldersOf(root: FolderNode): FolderNode[] {
  const all = [root]
  for (let index = 0; index < all.length; index++) all.push(...subfoldersOf(all[index] ?? root))
  return all
}

export function filesOf(root: FolderNode): FileNode[] {
  return foldersOf(root).flatMap(({ children }) =>
    children.filter((child) => child.kind === 'file'),
  )
}

export function subfoldersOf({ children }: FolderNode): FolderNode[] {
  return children.filter((child) => child.kind === 'folder')
}

function folderIn(parent: FolderNode, name: string, path: string): FolderNode {
  const before = childOf(parent, name)
  if (before === undefined) {
    const made: FolderNode = { kind: 'folder', name, parent, children: [] }
    parent.children.push(made)
    return made
  }
  if (before.kind === 'file' || before.name !== name) {
    throw new Error(`${path} and another file of the image cannot be there together`)
  }
  return before
}

function childOf({ children }: FolderNode, name: string): IsoNode | undefined {
  return children.find((child) => child.name.toLowerCase() === name.toLowerCase())
}
