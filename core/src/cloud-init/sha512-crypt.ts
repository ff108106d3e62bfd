/** SHA-512 crypt, as every Linux takes it in /etc/shadow: "Unix crypt using SHA-256 and SHA-512" by Ulrich Drepper. */
import { sha512 } from '@noble/hashes/sha2.js'

const ROUNDS = 5000
const SIZE = 64
const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const encoder = new TextEncoder()

/**
 * Hashes a password: `$6$SALT$…`. Takes some 20 ms.
 * @param salt random, 16 characters of `./0-9A-Za-z`; more are cut off, as crypt does it
 */
export function sha512Crypt(password: string, salt: string): string {
  const used = salt.slice(0, 16)
  if (!/^[./0-9A-Za-z]+$/.test(used)) throw new Error('a salt consists of ./0-9A-Za-z')
  return `$6$${used}$${encode(digestOf(encoder.encode(password), encoder.encode(used)))}`
}

function digestOf(key: Uint8Array, salt: Uint8Array): Uint8Array {
  const alternate = sha512(joined(key, salt, key))
  const parts = [key, salt, stretched(alternate, key.length)]
  for (let bits = key.length; bits > 0; bits >>= 1) parts.push(bits & 1 ? alternate : key)
  let digest = sha512(joined(...parts))

  const p = stretched(sha512(repeated(key, key.length)), key.length)
  const s = stretched(sha512(repeated(salt, 16 + (digest[0] ?? 0))), salt.length)
  for (let round = 0; round < ROUNDS; round++) {
    const odd = round % 2 === 1
    digest = sha512(
      joined(
        odd ? p : digest,
        ...(round % 3 === 0 ? [] : [s]),
        ...(round % 7 === 0 ? [] : [p]),
        odd ? digest : p,
      ),
    )
  }
  return digest
}

function joined(...parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    all.set(part, offset)
    offset += part.length
  }
  return all
}

function repeated(part: Uint8Array, times: number): Uint8Array {
  return joined(...Array<Uint8Array>(times).fill(part))
}

/** A digest repeated and cut to a length. */
function stretched(digest: Uint8Array, length: number): Uint8Array {
  return repeated(digest, Math.ceil(length / SIZE)).slice(0, length)
}

/** Three bytes from three distant places make four characters, the lowest six bits first. */
function encode(digest: Uint8Array): string {
  const at = (index: number) => digest[index] ?? 0
  const groups = Array.from({ length: 21 }, (_, n) => {
    const places = [n, n + 21, n + 42]
    const turn = n % 3
    const [a = 0, b = 0, c = 0] = [...places.slice(turn), ...places.slice(0, turn)]
    return characters((at(a) << 16) | (at(b) << 8) | at(c), 4)
  })
  return groups.join('') + characters(at(63), 2)
}

function characters(value: number, count: number): string {
  return Array.from({ length: count }, (_, n) => alphabet[(value >> (6 * n)) & 63]).join('')
}
