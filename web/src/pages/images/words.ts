import type { Image } from '../../api/images.ts'
import { formatMiB } from '../../ui/format.ts'

export const MIB = 1024 ** 2

export const sizeText = (bytes: number | null): string =>
  bytes === null
    ? 'size unknown'
    : bytes < MIB
      ? `${Math.ceil(bytes / 1024)} KiB`
      : formatMiB(bytes / MIB)

export const osText = ({ kind, os }: Pick<Image, 'kind' | 'os'>): string =>
  os?.name ?? (kind === 'seed' ? 'Made by a deployment' : 'Not recognised')

export const nodesText = ({ shared, nodes }: Pick<Image, 'shared' | 'nodes'>): string =>
  shared ? `shared, ${nodes.length === 1 ? '1 node' : `${nodes.length} nodes`}` : nodes.join(', ')

/** One file: its volume and where it is. */
export const keyOf = ({ volid, nodes }: Pick<Image, 'volid' | 'nodes'>): string =>
  `${volid} ${nodes.join(' ')}`
