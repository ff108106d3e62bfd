/** Values with a structure in one text: `virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=20` (pve-common src/PVE/JSONSchema.pm). */

/** Properties in the order of the text. */
export type Properties = ReadonlyMap<string, string>

/**
 * A part without `=` belongs to the default key, as in `agent: 1` (`enabled`), `scsi0: local:vm-1-disk-0,size=8G` (`file`),
 * `net0: virtio,bridge=vmbr0` (`model`). The first of equal keys counts.
 */
export const parseProperties = (text: string, defaultKey = ''): Properties => {
  const properties = new Map<string, string>()
  for (const part of text.split(',').map((one) => one.trim())) {
    if (part === '') continue
    const at = part.indexOf('=')
    const key = at < 0 ? defaultKey : part.slice(0, at).trim()
    if (!properties.has(key)) properties.set(key, part.slice(at + 1).trim())
  }
  return properties
}

/**
 * A boolean as Proxmox reads it: `1`, `on`, `yes`, `true` and `0`, `off`, `no`, `false`, in any case; stored as they were
 * sent, so each of them comes back. Null for anything else, and for nothing.
 */
export const parseFlag = (value: unknown): boolean | null => {
  const text = typeof value === 'string' ? value.trim() : String(value)
  if (/^(1|on|yes|true)$/i.test(text)) return true
  if (/^(0|off|no|false)$/i.test(text)) return false
  return null
}

/** Separators are `;`, `,` and blanks; no tags are stored as one blank. */
export const parseTags = (text: string | undefined): string[] => [
  ...new Set((text ?? '').split(/[;,\s]+/).filter((tag) => tag !== '')),
]

const units: Record<string, number> = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 }

/** Bytes of a disk's `size`: `32G`, `4M`, `1.5T`, `528K`, or bytes. Null where it is none. */
export const parseSizeBytes = (text: string): number | null => {
  const match = /^(\d+(?:\.\d+)?)([KMGT]?)$/.exec(text.trim())
  const unit = units[match?.[2] ?? '?']
  return match && unit ? Math.round(Number(match[1]) * unit) : null
}
