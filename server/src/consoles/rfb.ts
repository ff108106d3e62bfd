/**
 * The handshake of RFB 3.8 (RFC 6143, 7.1), on both sides of the relay. Proxmox asks for a password, which stays here;
 * the browser is offered "no authentication", for it has shown who it is before. What follows passes through unread.
 */
import { createCipheriv } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { readerOf } from './bytes.ts'

const VERSION = 'RFB 003.008\n'
const NO_AUTHENTICATION = 1
const VNC_AUTHENTICATION = 2
const OK = 0

const mirrored = (byte: number): number => {
  let result = 0
  for (let bit = 0; bit < 8; bit += 1) if (byte & (1 << bit)) result |= 0x80 >> bit
  return result
}

/**
 * The challenge encrypted by DES with the first eight characters of the password, the bits of each byte mirrored
 * (7.2.2). OpenSSL has DES no more, but three times the same key makes triple DES the same.
 */
const vncResponse = (password: string, challenge: Buffer): Buffer => {
  const key = Buffer.alloc(8)
  Buffer.from(password, 'latin1').copy(key, 0, 0, 8)
  const mirror = key.map(mirrored)
  const des = createCipheriv('des-ede3-ecb', Buffer.concat([mirror, mirror, mirror]), null)
  des.setAutoPadding(false)
  return Buffer.concat([des.update(challenge), des.final()])
}

/** To Proxmox, as a client. @throws {Error} where it is no VNC server, or refuses the password */
export const signInToScreen = async (stream: Duplex, password: string): Promise<void> => {
  const { take, release } = readerOf(stream)
  try {
    const version = (await take(12)).toString('latin1')
    if (!/^RFB 003\.\d{3}\n$/.test(version))
      throw new Error('Proxmox answered something else than VNC.')
    stream.write(VERSION)
    const [count = 0] = await take(1)
    const types = await take(count)
    if (types.includes(VNC_AUTHENTICATION)) {
      stream.write(Buffer.from([VNC_AUTHENTICATION]))
      stream.write(vncResponse(password, await take(16)))
    } else if (types.includes(NO_AUTHENTICATION)) {
      stream.write(Buffer.from([NO_AUTHENTICATION]))
    } else throw new Error('The screen wants a kind of sign-in that is not known here.')
    if ((await take(4)).readUInt32BE() !== OK)
      throw new Error('The screen did not take the password that Proxmox gave for it.')
  } finally {
    release()
  }
}

/** To the browser, as a server. @throws {Error} where it is no VNC client */
export const letIn = async (stream: Duplex): Promise<void> => {
  const { take, release } = readerOf(stream)
  try {
    stream.write(VERSION)
    if ((await take(12)).toString('latin1') !== VERSION)
      throw new Error('This is no client of RFB 3.8.')
    stream.write(Buffer.from([1, NO_AUTHENTICATION]))
    if ((await take(1))[0] !== NO_AUTHENTICATION) throw new Error('This is no client of RFB 3.8.')
    stream.write(Buffer.from([0, 0, 0, OK]))
  } finally {
    release()
  }
}
