/**
 * ISOs and disk images on the storages of the cluster: what they are, read from their names, and in which order people
 * want to see them. A name is a hint, never a proof: whoever chooses an image may say otherwise.
 */
import { z } from 'zod'
import { osTypeSchema } from './hardware/request.ts'
import { recogniseOs } from './images/recognise.ts'

/**
 * `iso`: an installer or a live system. `drivers`: VirtIO drivers for Windows. `image`: a disk image to import.
 * `seed`: made by a deployment for one VM.
 */
const imageKinds = ['iso', 'drivers', 'image', 'seed'] as const

export const imageSchema = z.object({
  volid: z.string().describe('What a drive or an import refers to: `local:iso/debian-13.iso`.'),
  name: z.string().describe("The file's name."),
  kind: z
    .enum(imageKinds)
    .describe('`drivers`: VirtIO drivers for Windows. `seed`: first-boot documents of a VM.'),
  content: z
    .enum(['iso', 'import'])
    .describe("Proxmox's word for the content of the storage it lies in: `iso` or `import`."),
  sizeBytes: z.number().nullable(),
  createdAt: z.string().nullable(),
  storage: z.string(),
  shared: z.boolean().describe('Whether every node sees it.'),
  nodes: z
    .array(z.string())
    .describe(
      'Nodes that can use it. Files of one name and size on local storages of several nodes count as one.',
    ),
  os: z
    .object({
      /** `Windows 11`, `Debian 13`, `VirtIO drivers 0.1.285`. */
      name: z.string(),
      /** Of the drivers and of what is no operating system: null. */
      osType: osTypeSchema.nullable(),
    })
    .nullable()
    .describe('By its name; null where the name says nothing.'),
  preferred: z.boolean().describe('Preselected among its kind: the newest drivers.'),
})

export type Image = z.infer<typeof imageSchema>
export type ImageKind = Image['kind']

/** A file as one node lists it. */
export type ListedFile = {
  volid: string
  content: 'iso' | 'import'
  sizeBytes: number | null
  /** Seconds since 1970. */
  ctime: number | null
  storage: string
  node: string
  shared: boolean
}

/** `local:iso/debian-13.iso` → `debian-13.iso`. */
const fileNameOf = (volid: string): string => volid.replace(/^[^:]*:/, '').replace(/^.*\//, '')

/** The storage of a volume id; empty where it has none. */
export const storageNameOf = (volid: string): string => /^([^:/]+):/.exec(volid)?.[1] ?? ''

/** Answers of several nodes as one list: drivers first, the newest of them preferred, then by name. */
export function imagesOf(files: ListedFile[]): Image[] {
  const same = Map.groupBy(files, ({ volid, sizeBytes, shared }) =>
    shared ? volid : `${volid} ${sizeBytes}`,
  )
  const images = [...same.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const nodes = [...new Set(group.map(({ node }) => node))].toSorted()
    return [{ ...imageOf(first), nodes }]
  })
  return inOrder(images)
}

function imageOf({ volid, content, sizeBytes, ctime, storage, shared, node }: ListedFile): Image {
  const name = fileNameOf(volid)
  const { kind, os } = recogniseOs(name, content)
  return {
    volid,
    name,
    kind,
    content,
    sizeBytes,
    createdAt: ctime === null ? null : new Date(ctime * 1000).toISOString(),
    storage,
    shared,
    nodes: [node],
    os,
    preferred: false,
  }
}

/** Numbers in names count as numbers: 0.1.285 is newer than 0.1.99. */
const byNumbers = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

const rank: Record<ImageKind, number> = { drivers: 0, iso: 1, image: 2, seed: 3 }

function inOrder(images: Image[]): Image[] {
  const sorted = images.toSorted(
    (a, b) =>
      rank[a.kind] - rank[b.kind] ||
      (a.kind === 'drivers' ? newestFirst(a, b) : byNumbers.compare(a.name, b.name)) ||
      a.storage.localeCompare(b.storage) ||
      (a.nodes[0] ?? '').localeCompare(b.nodes[0] ?? ''),
  )
  const newest = sorted.find(({ kind }) => kind === 'drivers')
  return sorted.map((image) => (image === newest ? { ...image, preferred: true } : image))
}

/** `virtio-win.iso` says no version: what was put there last counts then. */
function newestFirst(a: Image, b: Image): number {
  const [one, other] = [driverVersion(a.name), driverVersion(b.name)]
  if (one !== null && other !== null) return byNumbers.compare(other, one)
  return (b.createdAt ?? '').localeCompare(a.createdAt ?? '') || byNumbers.compare(b.name, a.name)
}

const driverVersion = (name: string): string | null => /(\d+(?:\.\d+)+)/.exec(name)?.[1] ?? null

// Names of files that are to come

const endings = { iso: /\.(iso|img)$/i, import: /\.(qcow2|raw|vmdk|ova)$/ }

/**
 * Why Proxmox would not take a file of this name (pve-storage src/PVE/API2/Storage/Status.pm, upload and download_url);
 * null where it would.
 */
export function fileNameProblem(name: string, content: 'iso' | 'import'): string | null {
  if (name === '') return 'A file needs a name.'
  if (name.length > 200) return 'At most 200 characters.'
  if (!/^[A-Za-z0-9_]/.test(name)) return 'It starts with a letter, a digit or _.'
  if (!/^[\w.-]+$/.test(name)) return 'Only letters, digits, and . _ - are possible.'
  if (!endings[content].test(name))
    return content === 'iso'
      ? 'An ISO ends in .iso or .img.'
      : 'A disk image ends in .qcow2, .raw, .vmdk or .ova. An .img is qcow2 or raw inside: give it that ending.'
  return null
}

/**
 * A name that Proxmox takes, from any other: `noble server (1).img` → `noble-server-1.qcow2`. Cloud images called
 * `.img` are qcow2 inside.
 */
export function plainFileName(name: string, content: 'iso' | 'import'): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\w.-]+/g, '-')
    .replaceAll(/-+(?=\.|$)/g, '')
    .replace(/^[^A-Za-z0-9_]+/, '')
    .slice(-200)
  return content === 'import' ? plain.replace(/\.img$/i, '.qcow2') : plain
}
