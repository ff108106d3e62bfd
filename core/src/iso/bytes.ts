/** Numbers, texts and dates as ISO 9660 writes them (ECMA-119, 7 to 8). */

export const SECTOR = 2048

export function bytes(...parts: (number | number[] | Uint8Array)[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...part])))
}

export function little16(value: number): number[] {
  return [value & 255, (value >>> 8) & 255]
}

export function little32(value: number): number[] {
  return [...little16(value & 0xffff), ...little16(value >>> 16)]
}

export function big16(value: number): number[] {
  return little16(value).toReversed()
}

export function big32(value: number): number[] {
  return little32(value).toReversed()
}

/** Both byte orders, one after the other. */
export function both16(value: number): number[] {
  return [...little16(value), ...big16(value)]
}

export function both32(value: number): number[] {
  return [...little32(value), ...big32(value)]
}

export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.codePointAt(0) ?? 0)
}

/** UTF-16, the high byte first. */
export function ucs2(text: string): Uint8Array {
  return Uint8Array.from(
    Array.from({ length: text.length }, (_, index) => big16(text.charCodeAt(index))).flat(),
  )
}

/** Filled up to a length. */
export function padded(content: Uint8Array, length: number, filler: Uint8Array): Uint8Array {
  const all = Uint8Array.from({ length }, (_, index) => filler[index % filler.length] ?? 0)
  all.set(content.subarray(0, length))
  return all
}

/** Seven bytes, in UTC (9.1.5). */
export function shortDate(date: Date): number[] {
  return [
    date.getUTCFullYear() - 1900,
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    0,
  ]
}

/** Seventeen bytes, in UTC (8.4.26.1). */
export function longDate(date: Date): Uint8Array {
  const digits = date.toISOString().replaceAll(/\D/g, '').slice(0, 16)
  return bytes(ascii(digits), 0)
}

export const noDate: Uint8Array = bytes(ascii('0'.repeat(16)), 0)

export function sectorsOf(length: number): number {
  return Math.ceil(length / SECTOR)
}
