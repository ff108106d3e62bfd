import { createCipheriv } from 'node:crypto'

const mirrored = (byte: number) => {
  let result = 0
  for (let bit = 0; bit < 8; bit += 1) if (byte & (1 << bit)) result |= 0x80 >> bit
  return result
}

/**
 * RFC 6143, 7.2.2: the challenge encrypted by DES with the first eight characters of the password, the bits of each byte
 * mirrored. Three times the same key makes DES of what OpenSSL still offers.
 */
export const vncResponse = (password: string, challenge: Buffer): Buffer => {
  const key = Buffer.alloc(8)
  Buffer.from(password, 'latin1').copy(key, 0, 0, 8)
  const des = createCipheriv('des-ede3-ecb', Buffer.concat(Array(3).fill(key.map(mirrored))), null)
  des.setAutoPadding(false)
  return Buffer.concat([des.update(challenge), des.final()])
}
