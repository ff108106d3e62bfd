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
  if (kind === '' || !data.startsWith(startOf(kind)) || data.length % 4 !== 0) return null
  return { type: kind, data, comment: comment.trim(), options }
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

/** The Base64 with which the data of such a key starts: its own type, after the length of that in four bytes. */
function startOf(kind: string): string {
  const encoded = btoa(`\0\0\0${String.fromCodePoint(kind.length)}${kind}`)
  // The last characters also hold bits of what follows, unless the length divides by three.
  return encoded.slice(0, Math.floor(((kind.length + 4) * 8) / 6))
}
