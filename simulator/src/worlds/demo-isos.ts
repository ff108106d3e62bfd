import type { WorldInput } from '../world.ts'

const mebibyte = 2 ** 20
const gibibyte = 2 ** 30
const day = 24 * 60 * 60 * 1000

const isos: { storage: string; node?: string }[] = [
  { storage: 'iso-nfs' },
  { storage: 'local', node: 'pve1' },
]

const isoFiles: Record<string, [string, number][]> = {
  'iso-nfs': [
    ['debian-13.1.0-amd64-netinst.iso', 783 * mebibyte],
    ['ubuntu-24.04.3-live-server-amd64.iso', 3.1 * gibibyte],
    ['virtio-win-0.1.285.iso', 753 * mebibyte],
    ['windows-server-2025.iso', 5.6 * gibibyte],
  ],
  local: [['memtest86plus-7.20.iso', 8 * mebibyte]],
}

/** Installation images, on a shared storage and on one node. */
export const isoVolumes = (now: number): WorldInput['volumes'] =>
  isos.flatMap((where) =>
    (isoFiles[where.storage] ?? []).map(([name, bytes]) => ({
      ...where,
      name: `iso/${name}`,
      content: 'iso',
      format: 'iso',
      sizeBytes: Math.round(bytes),
      usedBytes: Math.round(bytes),
      createdAt: now - 90 * day,
    })),
  )
