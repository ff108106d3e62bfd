import { createHmac } from 'node:crypto'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

const decodeBase32 = (text: string): Buffer => {
  const bits = text
    .toUpperCase()
    .replaceAll(/[=\s]/g, '')
    .replaceAll(/./g, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
  const bytes = bits.match(/.{8}/g) ?? []
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)))
}

/** The six digits of RFC 6238 (SHA-1, steps of 30 s) at a time in seconds since 1970. */
export const totpCode = (base32Secret: string, seconds: number): string => {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)))
  const hash = createHmac('sha1', decodeBase32(base32Secret)).update(counter).digest()
  const offset = (hash.at(-1) ?? 0) & 0xf
  const number = hash.readUInt32BE(offset) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

/** One step before and after is accepted, as proxmox-tfa does. */
export const totpFits = (base32Secret: string, code: string, seconds: number): boolean =>
  [-30, 0, 30].some((shift) => totpCode(base32Secret, seconds + shift) === code)
