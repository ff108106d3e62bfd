import type { WorldInput } from '../world.ts'

const mebibyte = 2 ** 20
const gibibyte = 2 ** 30
const day = 24 * 60 * 60 * 1000

type Shelf = { storage: string; node?: string }
type File = { name: string; bytes: number; ageDays: number }

const file = (name: string, bytes: number, ageDays: number): File => ({ name, bytes, ageDays })

const isos: { shelf: Shelf; files: File[] }[] = [
  {
    shelf: { storage: 'iso-nfs' },
    files: [
      file('debian-13.1.0-amd64-netinst.iso', 783 * mebibyte, 71),
      file('ubuntu-24.04.3-live-server-amd64.iso', 3.1 * gibibyte, 90),
      file('virtio-win-0.1.271.iso', 709 * mebibyte, 160),
      file('virtio-win-0.1.285.iso', 753 * mebibyte, 44),
      file('Win11_24H2_English_x64.iso', 5.4 * gibibyte, 120),
      file('windows-server-2025.iso', 5.6 * gibibyte, 90),
    ],
  },
  {
    shelf: { storage: 'local', node: 'pve1' },
    files: [file('memtest86plus-7.20.iso', 8 * mebibyte, 300)],
  },
]

type CloudImage = File & { image: string; diskBytes: number }

const cloudImages: { shelf: Shelf; files: CloudImage[] }[] = [
  {
    shelf: { storage: 'iso-nfs' },
    files: [
      {
        ...file('debian-13-generic-amd64.qcow2', 423 * mebibyte, 20),
        image: 'debian-13-cloud',
        diskBytes: 3 * gibibyte,
      },
      {
        ...file('noble-server-cloudimg-amd64.qcow2', 597 * mebibyte, 12),
        image: 'ubuntu-24.04-cloud',
        diskBytes: 3.5 * gibibyte,
      },
    ],
  },
  {
    shelf: { storage: 'local', node: 'pve1' },
    files: [
      {
        ...file('Rocky-10-GenericCloud-Base.latest.x86_64.qcow2', 560 * mebibyte, 33),
        image: 'rocky-10-cloud',
        diskBytes: 10 * gibibyte,
      },
    ],
  },
]

const sectorBytes = 2048
const inSectors = (bytes: number) => Math.round(bytes / sectorBytes) * sectorBytes

const volumeOf = (now: number, shelf: Shelf, content: string, { name, bytes, ageDays }: File) => ({
  ...shelf,
  name: `${content}/${name}`,
  content,
  format: content === 'iso' ? 'iso' : 'qcow2',
  sizeBytes: inSectors(bytes),
  usedBytes: inSectors(bytes),
  createdAt: now - ageDays * day,
})

/** Installation images, on a shared storage and on one node. */
export const isoVolumes = (now: number): WorldInput['volumes'] =>
  isos.flatMap(({ shelf, files }) => files.map((each) => volumeOf(now, shelf, 'iso', each)))

/** Images for clouds, to be imported as disks. */
export const importVolumes = (now: number): WorldInput['volumes'] =>
  cloudImages.flatMap(({ shelf, files }) =>
    files.map((each) => ({
      ...volumeOf(now, shelf, 'import', each),
      image: each.image,
      virtualBytes: each.diskBytes,
    })),
  )
