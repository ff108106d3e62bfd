/** What a user-data document is, told by its first line as cloud-init tells it: in capitals or not (cloudinit/handlers). */

export type DocumentKind =
  | 'cloud-config'
  | 'script'
  | 'include'
  | 'include-once'
  | 'boothook'
  | 'part-handler'
  | 'archive'
  | 'json-patch'
  | 'template'
  | 'multi-part'
  | 'unknown'

/** Longer beginnings before their own beginnings. */
const beginnings: [RegExp, DocumentKind][] = [
  [/^#!/, 'script'],
  [/^#include-once\b/i, 'include-once'],
  [/^#include\b/i, 'include'],
  [/^#cloud-boothook\b/i, 'boothook'],
  [/^#part-handler\b/i, 'part-handler'],
  [/^#cloud-config-archive\b/i, 'archive'],
  [/^#cloud-config-jsonp\b/i, 'json-patch'],
  [/^#cloud-config\b/i, 'cloud-config'],
  [/^## *template: *jinja/i, 'template'],
  [/^(content-type: *multipart\/|mime-version:)/i, 'multi-part'],
]

export function documentKind(document: string): DocumentKind {
  const start = document.trimStart()
  return beginnings.find(([pattern]) => pattern.test(start))?.[1] ?? 'unknown'
}

/** As a part of a multi-part document; null where it is one itself or nothing that cloud-init knows. */
export function mimeType(kind: DocumentKind): string | null {
  switch (kind) {
    case 'cloud-config':
      return 'text/cloud-config'
    case 'script':
      return 'text/x-shellscript'
    case 'include':
      return 'text/x-include-url'
    case 'include-once':
      return 'text/x-include-once-url'
    case 'boothook':
      return 'text/cloud-boothook'
    case 'part-handler':
      return 'text/part-handler'
    case 'archive':
      return 'text/cloud-config-archive'
    case 'json-patch':
      return 'text/cloud-config-jsonp'
    case 'template':
      return 'text/jinja2'
    case 'multi-part':
    case 'unknown':
      return null
  }
}
