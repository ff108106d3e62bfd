/** Several user-data documents in one (MIME), for those that cannot be merged, such as a script. */
import { sha256 } from '../hash.ts'
import { documentKind, mimeType } from './kinds.ts'

/** One document that holds the given ones, in their order. The same input gives the same text. */
export function multiPart(documents: string[]): string {
  const boundary = `=====${sha256(documents.join('\0')).slice(0, 40)}=====`
  return [
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    'MIME-Version: 1.0',
    '',
    ...documents.flatMap((document, index) => [`--${boundary}`, ...part(document, index)]),
    `--${boundary}--`,
    '',
  ].join('\n')
}

function part(document: string, index: number): string[] {
  const text = document.trimStart()
  const kind = documentKind(text)
  // Its own headers make it a part.
  if (kind === 'multi-part') return [text]
  const readable = !/[^\n\t\u0020-\u007e]/.test(text)
  return [
    `Content-Type: ${mimeType(kind) ?? 'text/plain'}; charset="utf-8"`,
    'MIME-Version: 1.0',
    `Content-Transfer-Encoding: ${readable ? '7bit' : 'base64'}`,
    `Content-Disposition: attachment; filename="part-${index + 1}"`,
    '',
    // The line break before a boundary belongs to the boundary.
    readable ? text : base64Lines(text),
  ]
}

function base64Lines(text: string): string {
  const bytes = new TextEncoder().encode(text)
  const binary = Array.from(bytes, (byte) => String.fromCodePoint(byte)).join('')
  return (btoa(binary).match(/.{1,76}/g) ?? []).join('\n')
}
