/** Reads small ISO 9660 images: label and files, by Rock Ridge names as Linux does, and by Joliet names as Windows does. */

const sectorBytes = 2048
const firstDescriptor = 16
const mostFiles = 100

export type Iso = {
  label: string
  files: Record<string, Buffer>
  /** As Windows names them; without Joliet it sees the short names in capitals. */
  windowsFiles: Record<string, Buffer>
}

type DirectoryRecord = {
  name: string
  isFolder: boolean
  sector: number
  bytes: number
}

/** Names in the system use area (Rock Ridge `NM`), with its continuation areas (SUSP `CE`). */
const rockRidgeName = (iso: Buffer, area: Buffer): string => {
  let name = ''
  for (let at = 0; at + 4 <= area.length;) {
    const length = area.readUInt8(at + 2)
    if (length < 4) break
    const entry = area.subarray(at, at + length)
    const signature = entry.toString('latin1', 0, 2)
    if (signature === 'NM') name += entry.toString('utf8', 5)
    if (signature === 'CE' && length >= 28) {
      const start = entry.readUInt32LE(4) * sectorBytes + entry.readUInt32LE(12)
      name += rockRidgeName(iso, iso.subarray(start, start + entry.readUInt32LE(20)))
    }
    at += length
  }
  return name
}

type Names = 'rock-ridge' | 'plain' | 'joliet'

/** UCS-2, the first byte first. */
const jolietName = (bytes: Buffer) =>
  Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)))
    .swap16()
    .toString('utf16le')

const nameOf = (iso: Buffer, record: Buffer, names: Names): string => {
  const bytes = record.subarray(33, 33 + record.readUInt8(32))
  const plain = bytes.toString('latin1').replace(/\.?;\d+$/, '')
  const area = record.subarray(33 + bytes.length + ((bytes.length + 1) % 2))
  switch (names) {
    case 'joliet':
      return jolietName(bytes).replace(/;\d+$/, '')
    case 'plain':
      return plain
    case 'rock-ridge':
      // `USER_DAT.;1` is `user_dat` to Linux.
      return rockRidgeName(iso, area) || plain.toLowerCase()
  }
}

const readRecord = (iso: Buffer, record: Buffer, names: Names): DirectoryRecord => {
  return {
    name: nameOf(iso, record, names),
    isFolder: (record.readUInt8(25) & 2) !== 0,
    sector: record.readUInt32LE(2),
    bytes: record.readUInt32LE(10),
  }
}

/** The records of a folder without those of itself and its parent; none crosses a sector. */
const recordsOf = (
  iso: Buffer,
  { sector, bytes }: DirectoryRecord,
  names: Names,
): DirectoryRecord[] => {
  const records: DirectoryRecord[] = []
  const start = sector * sectorBytes
  for (let at = start; at < start + bytes;) {
    const length = iso.readUInt8(at)
    if (length === 0) {
      at += sectorBytes - (at % sectorBytes)
      continue
    }
    const record = iso.subarray(at, at + length)
    const isDots = record.readUInt8(32) === 1 && record.readUInt8(33) <= 1
    if (!isDots) records.push(readRecord(iso, record, names))
    at += length
  }
  return records
}

const filesUnder = (
  iso: Buffer,
  folder: DirectoryRecord,
  path: string,
  names: Names,
): Record<string, Buffer> => {
  const files: Record<string, Buffer> = {}
  for (const record of recordsOf(iso, folder, names)) {
    if (Object.keys(files).length >= mostFiles) break
    const name = `${path}${record.name}`
    const start = record.sector * sectorBytes
    if (record.isFolder) Object.assign(files, filesUnder(iso, record, `${name}/`, names))
    else files[name] = iso.subarray(start, start + record.bytes)
  }
  return files
}

const primary = 1
const supplementary = 2
const lastDescriptor = 255
const jolietEscape = /^%\/[@CE]/

/** Volume descriptors stand one after the other until the one that ends them. */
const descriptorsOf = (iso: Buffer): Buffer[] => {
  const found: Buffer[] = []
  for (let sector = firstDescriptor; ; sector += 1) {
    const descriptor = iso.subarray(sector * sectorBytes, (sector + 1) * sectorBytes)
    if (descriptor.length < sectorBytes || descriptor.toString('latin1', 1, 6) !== 'CD001')
      return found
    if (descriptor.readUInt8(0) === lastDescriptor) return found
    found.push(descriptor)
  }
}

const filesOf = (iso: Buffer, descriptor: Buffer, names: Names) =>
  filesUnder(iso, readRecord(iso, descriptor.subarray(156, 190), names), '', names)

/** Undefined where the bytes are no such image. */
export const readIso = (iso: Buffer): Iso | undefined => {
  const descriptors = descriptorsOf(iso)
  const first = descriptors.find((descriptor) => descriptor.readUInt8(0) === primary)
  if (!first) return undefined
  const joliet = descriptors.find(
    (descriptor) =>
      descriptor.readUInt8(0) === supplementary &&
      jolietEscape.test(descriptor.toString('latin1', 88, 91)),
  )
  try {
    return {
      label: first.toString('latin1', 40, 72).trim(),
      files: filesOf(iso, first, 'rock-ridge'),
      windowsFiles: filesOf(iso, joliet ?? first, joliet ? 'joliet' : 'plain'),
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
