/**
 * Well-known images, as data: what people would look up and type otherwise. More come from a file of the operator.
 * Addresses with `latest` or `current` in them change what they give; so their checksums stand with the publisher, not
 * here.
 */
import { z } from 'zod'
import { checksumAlgorithms } from './checksums.ts'
import { osTypeSchema } from './hardware/request.ts'
import { fileNameProblem } from './images.ts'

const kinds = ['image', 'iso', 'drivers'] as const

/** Proxmox's word for the content of a storage that takes it. */
export const contentOf = (kind: (typeof kinds)[number]): 'iso' | 'import' =>
  kind === 'image' ? 'import' : 'iso'

const webAddress = z.url({ protocol: /^https?$/, error: 'an address that starts with https://' })

export const catalogueEntrySchema = z
  .strictObject({
    id: z
      .string()
      .max(60)
      .regex(/^[a-z0-9][a-z0-9.-]*$/, 'lower-case letters, digits, . and -'),
    name: z.string().min(1).max(100),
    kind: z.enum(kinds),
    url: webAddress.describe('Where the publisher has it.'),
    /** What it is called on the storage. Proxmox wants .qcow2 for an image, whatever the publisher calls it. */
    fileName: z.string().max(200),
    /** Null for drivers. */
    osType: osTypeSchema.nullable(),
    /** Where the publisher states the checksum, together with that of other files. Null: nowhere. */
    checksumsUrl: webAddress.nullable().optional().describe("The publisher's list of checksums."),
    algorithm: z.enum(checksumAlgorithms).optional(),
    /** Of a file that never changes. */
    checksum: z
      .string()
      .regex(/^[0-9a-fA-F]{32,128}$/, 'hex digits')
      .optional(),
    note: z.string().max(400).optional().describe('What to know before it is used.'),
  })
  .refine(({ kind, fileName }) => fileNameProblem(fileName, contentOf(kind)) === null, {
    path: ['fileName'],
    error: 'a file name that Proxmox takes: .iso for an ISO, .qcow2, .raw or .vmdk for an image',
  })
  .refine(({ checksum, algorithm }) => checksum === undefined || algorithm !== undefined, {
    path: ['algorithm'],
    error: 'the algorithm of the checksum',
  })

export type CatalogueEntry = z.infer<typeof catalogueEntrySchema>

/** Of an operator's file: the same entries; one with a known id takes its place. */
export const catalogueFileSchema = z.strictObject({
  entries: z.array(catalogueEntrySchema).max(200),
})

const image = (
  id: string,
  name: string,
  folder: string,
  published: string,
  sums: string,
  algorithm: CatalogueEntry['algorithm'],
): CatalogueEntry => ({
  id,
  name,
  kind: 'image',
  url: `${folder}/${published}`,
  fileName: published.replace(/\.img$/, '.qcow2'),
  osType: 'linux',
  checksumsUrl: `${folder}/${sums}`,
  ...(algorithm && { algorithm }),
})

const ubuntu = (word: string, version: string): CatalogueEntry =>
  image(
    `ubuntu-${version}`,
    `Ubuntu ${version}`,
    `https://cloud-images.ubuntu.com/${word}/current`,
    `${word}-server-cloudimg-amd64.img`,
    'SHA256SUMS',
    'sha256',
  )

/** `generic` rather than `genericcloud`: the latter's kernel lacks drivers of emulated hardware. */
const debian = (word: string, version: string): CatalogueEntry =>
  image(
    `debian-${version}`,
    `Debian ${version}`,
    `https://cloud.debian.org/images/cloud/${word}/latest`,
    `debian-${version}-generic-amd64.qcow2`,
    'SHA512SUMS',
    'sha512',
  )

export const catalogue: readonly CatalogueEntry[] = [
  debian('trixie', '13'),
  debian('bookworm', '12'),
  ubuntu('resolute', '26.04'),
  ubuntu('noble', '24.04'),
  ubuntu('jammy', '22.04'),
  image(
    'rocky-9',
    'Rocky Linux 9',
    'https://dl.rockylinux.org/pub/rocky/9/images/x86_64',
    'Rocky-9-GenericCloud-Base.latest.x86_64.qcow2',
    'Rocky-9-GenericCloud-Base.latest.x86_64.qcow2.CHECKSUM',
    'sha256',
  ),
  image(
    'almalinux-9',
    'AlmaLinux 9',
    'https://repo.almalinux.org/almalinux/9/cloud/x86_64/images',
    'AlmaLinux-9-GenericCloud-latest.x86_64.qcow2',
    'CHECKSUM',
    'sha256',
  ),
  image(
    'fedora-44',
    'Fedora 44',
    'https://download.fedoraproject.org/pub/fedora/linux/releases/44/Cloud/x86_64/images',
    'Fedora-Cloud-Base-Generic-44-1.7.x86_64.qcow2',
    'Fedora-Cloud-44-1.7-x86_64-CHECKSUM',
    'sha256',
  ),
  {
    id: 'virtio-win',
    name: 'VirtIO drivers for Windows, stable',
    kind: 'drivers',
    url: 'https://fedorapeople.org/groups/virt/virtio-win/direct-downloads/stable-virtio/virtio-win.iso',
    fileName: 'virtio-win.iso',
    osType: null,
    checksumsUrl: null,
    note: 'The publisher states no checksum.',
  },
]

/** The built-in entries with those of the operator's file: at the place of the same id, the others after them. */
export function withEntries(own: readonly CatalogueEntry[]): CatalogueEntry[] {
  const byId = new Map([...catalogue, ...own].map((entry) => [entry.id, entry]))
  return [...byId.values()]
}
