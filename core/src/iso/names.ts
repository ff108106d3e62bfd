/** The three names that a file has on an ISO 9660 image. */

const MAX_JOLIET = 64
/** Not allowed in Joliet names. */
const forbidden = /[*/:;?\\]/

/** What is wrong with the name of a file or folder; null where it can be written. */
export function nameProblem(name: string): string | null {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001f]/.test(name) || forbidden.test(name)) {
    return `${JSON.stringify(name)} has a character that Joliet forbids: * / : ; ? \\ or a control character`
  }
  if (name === '' || name === '.' || name === '..') return `${JSON.stringify(name)} is no name`
  if (!name.isWellFormed()) return `${JSON.stringify(name)} is no valid text`
  if (name.length > MAX_JOLIET) {
    return `${JSON.stringify(name)} has more than ${MAX_JOLIET} characters, which is as long as Joliet allows`
  }
  return null
}

/** Gives out the ISO names of one folder, so that no two are equal. */
export function createIsoNames(): (name: string, folder: boolean) => string {
  const given = new Set<string>()
  return (name, folder) => {
    for (let attempt = 0; ; attempt++) {
      const candidate = isoName(name, folder, attempt)
      if (!given.has(candidate)) {
        given.add(candidate)
        return candidate
      }
    }
  }
}

function isoName(name: string, folder: boolean, attempt: number): string {
  const dot = folder ? -1 : name.lastIndexOf('.')
  const base = plain(dot > 0 ? name.slice(0, dot) : name)
  const extension = dot > 0 ? plain(name.slice(dot + 1)).slice(0, 3) : ''
  const suffix = attempt === 0 ? '' : `_${attempt}`
  const start = base.slice(0, 8 - suffix.length)
  // The dot and the version belong to every file name (ECMA-119, 7.5.1).
  return folder ? `${start}${suffix}` : `${start}${suffix}.${extension};1`
}

function plain(text: string): string {
  return text.toUpperCase().replaceAll(/[^A-Z0-9_]/g, '_')
}
