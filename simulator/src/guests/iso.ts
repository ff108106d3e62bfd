/** Reads small ISO 9660 images with Rock Ridge names, as a Linux guest does: label and files. */

const sectorBytes = 2048
const firstDescriptor = 16
const mostFiles = 100

export type Iso = { label: string; files: Record<string, Buffer> }

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

const readRecord = (iso: Buffer, record: Buffer): DirectoryRecord => {
  const nameLength = record.readUInt8(32)
  const plain = record.toString('latin1', 33, 33 + nameLength)
  const area = record.subarray(33 + nameLength + ((nameLength + 1) % 2))
  return {
    // `USER_DAT.;1` is `user_dat` to Linux.
    name: rockRidgeName(iso, area) || plain.replace(/\.?;\d+$/, '').toLowerCase(),
    isFolder: (record.readUInt8(25) & 2) !== 0,
    sector: record.readUInt32LE(2),
    bytes: record.readUInt32LE(10),
  }
}

/** The records of a folder without those of itself and its parent; none crosses a sector. */
const recordsOf = (iso: Buffer, { sector, bytes }: DirectoryRecord): DirectoryRecord[] => {
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
    if (!isDots) records.push(readRecord(iso, record))
    at += length
  }
  return records
}

const filesUnder = (
  iso: Buffer,
  folder: DirectoryRecord,
  path: string,
  files: Record<string, Buffer>,
) => {
  for (const record of recordsOf(iso, folder)) {
    if (Object.keys(files).length >= mostFiles) return
    const name = `${path}${record.name}`
    const start = record.sector * sectorBytes
    if (record.isFolder) filesUnder(iso, record, `${name}/`, files)
    else files[name] = iso.subarray(start, start + record.bytes)
  }
}

/** Undefined where the bytes are no such image. */
export const readIso = (iso: Buffer): Iso | undefined => {
  const descriptor = iso.subarray(
    firstDescriptor * sectorBytes,
    (firstDescriptor + 1) * sectorBytes,
  )
  if (descriptor.length < sectorBytes || descriptor.toString('latin1', 0, 6) !== '\u0001CD001')
    return undefined
  const files: Record<string, Buffer> = {}
  try {
    filesUnder(iso, readRecord(iso, descriptor.subarray(156, 190)), '', files)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
  return { label: descriptor.toString('latin1', 40, 72).trim(), files }
}
