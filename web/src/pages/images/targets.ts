import type { ImageContent, ImageTarget } from '../../api/images.ts'

export type Way = 'upload' | 'download'

/** `local on pve1`: what names a target. */
export const targetKey = ({ storage, node }: Pick<ImageTarget, 'storage' | 'node'>): string =>
  `${storage} on ${node}`

/** A shared storage once; those that cannot be used last. */
export function targetsFor(
  targets: readonly ImageTarget[],
  content: ImageContent,
  way: Way,
): ImageTarget[] {
  const inOrder = targets
    .filter((target) => target.content === content)
    .toSorted(
      (a, b) =>
        Number(a[way] !== null) - Number(b[way] !== null) ||
        Number(b.shared) - Number(a.shared) ||
        a.storage.localeCompare(b.storage) ||
        a.node.localeCompare(b.node),
    )
  const seen = new Set<string>()
  return inOrder.filter(({ storage, shared }) => {
    if (!shared) return true
    const first = !seen.has(storage)
    seen.add(storage)
    return first
  })
}
