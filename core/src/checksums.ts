/** Checksums as publishers state them. */

/** Those that Proxmox can verify (pve-storage src/PVE/API2/Storage/Status.pm, download_url). */
export const checksumAlgorithms = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number]

const digits: Record<ChecksumAlgorithm, number> = {
  md5: 32,
  sha1: 40,
  sha224: 56,
  sha256: 64,
  sha384: 96,
  sha512: 128,
}

/** Which algorithm makes a checksum of this length; null for what is none. */
export function algorithmOf(checksum: string): ChecksumAlgorithm | null {
  if (!/^[0-9a-f]+$/i.test(checksum)) return null
  return checksumAlgorithms.find((name) => digits[name] === checksum.length) ?? null
}

/** Why this is no checksum of that algorithm; null where it may be one. */
export function checksumProblem(checksum: string, algorithm: ChecksumAlgorithm): string | null {
  if (algorithmOf(checksum) === algorithm) return null
  return `A ${algorithm} checksum has ${digits[algorithm]} hex digits; this has ${checksum.length} characters.`
}

export type Checksum = { algorithm: ChecksumAlgorithm; value: string }

/**
 * The checksum of a file in what a publisher states: a bare checksum, lines of `sha256sum` (`9dc7…  noble.img`,
 * `9dc7… *noble.img`), or of BSD (`SHA256 (noble.img) = 9dc7…`), signed or not. Null where the file is not among them.
 */
export function findChecksum(text: string, fileName: string): Checksum | null {
  const bare = text.trim()
  const found = algorithmOf(bare) === null ? named(text, fileName) : bare
  if (found === null) return null
  const algorithm = algorithmOf(found)
  return algorithm && { algorithm, value: found.toLowerCase() }
}

function named(text: string, fileName: string): string | null {
  for (const line of text.split(/\r?\n/)) {
    const [, before, name] = /^\\?([0-9a-f]{32,128})\s+\*?(?:\.\/)?(\S.*?)\s*$/i.exec(line) ?? []
    if (before !== undefined && name === fileName) return before
    const [, bsdName, after] = /^\w+ \((.+)\) = ([0-9a-f]{32,128})\s*$/i.exec(line) ?? []
    if (after !== undefined && bsdName === fileName) return after
  }
  return null
}

/** `https://example.org/a/noble.img?x=1` → `noble.img`; empty where the address ends in a folder. */
export function fileOfUrl(url: string): string {
  const path = URL.parse(url)?.pathname ?? ''
  const last = path.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}
