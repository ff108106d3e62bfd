/** Public SSH keys, as they stand in an authorized_keys file. */

export type SshKey = {
  /** `ssh-ed25519`, `ecdsa-sha2-nistp256`, `sk-ssh-ed25519@openssh.com` … */
  type: string
  /** The key itself, in Base64. */
  data: string
  comment: string
  /** What stands before the type (`from="10.0.0.0/8"`); empty where there is nothing. */
  options: string
}

const type = String.raw`(?:ssh-(?:ed25519|rsa|dss)|ecdsa-sha2-nistp(?:256|384|521)|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)`
const line = new RegExp(
  String.raw`^(?:(\S.*?)[ \t]+)?(${type})[ \t]+([A-Za-z0-9+/]+={0,2})(?:[ \t]+(.*))?$`,
)

/** Reads one line; null where it is no public key. The data must name the same type as the line does (RFC 4253, 6.6). */
export function parseSshKey(text: string): SshKey | null {
  const trimmed = text.trim()
  if (/[\r\n\0]/.test(trimmed)) return null
  const [, options = '', kind = '', data = '', comment = ''] = line.exec(trimmed) ?? []
  if (kind === '' || fieldsOf(data)?.[0] !== kind) return null
  return { type: kind, data, comment: comment.trim(), options }
}

/** The data is a row of fields, each after its length in four bytes; null where it is cut off. */
function fieldsOf(data: string): string[] | null {
  const bytes = decoded(data)
  if (bytes === null) return null
  const fields: string[] = []
  let offset = 0
  while (offset + 4 <= bytes.length) {
    const [a = 0, b = 0, c = 0, d = 0] = Array.from(bytes.slice(offset, offset + 4), code)
    const end = offset + 4 + a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d
    fields.push(bytes.slice(offset + 4, end))
    offset = end
  }
  return fields.length > 1 && offset === bytes.length ? fields : null
}

function code(character: string): number {
  return character.codePointAt(0) ?? 0
}

/** One character for each byte; null where it is no Base64. */
function decoded(data: string): string | null {
  try {
    return data.length % 4 === 0 ? atob(data) : null
  } catch {
    return null
  }
}

/** Why a text is no public key, in words; null where it is one. */
export function sshKeyProblem(text: string): string | null {
  if (/PRIVATE KEY/.test(text)) {
    return 'This is a private key, which stays with its owner. Use the public one, from the file that ends in .pub.'
  }
  if (/[\r\n]/.test(text.trim())) return 'One key per entry: this text has several lines.'
  if (parseSshKey(text) !== null) return null
  return /^(ssh|ecdsa|sk)-/.test(text.trim())
    ? 'The key is cut off or altered: its data does not fit its type. Copy the whole line from the .pub file.'
    : 'This is no public SSH key. A key is one line such as ssh-ed25519 AAAA… name@host.'
}
