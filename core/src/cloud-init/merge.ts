/** Merges a document of the user's own into the generated one. */
import { isMap, parseDocument } from 'yaml'
import { documentKind } from './kinds.ts'
import { multiPart } from './multi-part.ts'
import { toYaml } from './yaml.ts'

export type Origin = {
  /** `packages.2`, `chpasswd.expire`; empty for the whole document. */
  path: string
  from: 'generated' | 'document'
  /** Where the document won over a generated value: that value, as JSON. */
  replaced?: string
}

type Merged = { value: unknown; origins: Origin[] }

/**
 * The generated cloud-config with the document's settings in it. Mappings are merged, users by their name; lists are put
 * one after the other, generated entries first; for anything else the document wins. A document that is no cloud-config,
 * or whose YAML cannot be read, becomes a part of its own beside the generated one.
 */
export function mergeUserData(
  generated: string,
  document: string,
): { text: string; origins: Origin[] } {
  const [ours, theirs] = [readMapping(generated), readMapping(document)]
  if (documentKind(document) !== 'cloud-config' || ours === null || theirs === null) {
    return { text: multiPart([generated, document]), origins: [{ path: '', from: 'document' }] }
  }
  const { value, origins } = mergeMappings(ours, theirs, '')
  return { text: `#cloud-config\n${toYaml(value)}`, origins }
}

/** The mapping that a cloud-config is; null where it is none. A document of comments alone is an empty one. */
function readMapping(text: string): Record<string, unknown> | null {
  const document = parseDocument(text, { version: '1.1', logLevel: 'silent', merge: true })
  if (document.errors.length > 0) return null
  if (document.contents === null) return {}
  if (!isMap(document.contents)) return null
  const value: unknown = document.toJS()
  return isRecord(value) ? value : null
}

function mergeMappings(
  ours: Record<string, unknown>,
  theirs: Record<string, unknown>,
  path: string,
): { value: Record<string, unknown>; origins: Origin[] } {
  const keys = new Set([...Object.keys(ours), ...Object.keys(theirs)])
  const merged = [...keys].map((key) => {
    const below = path === '' ? key : `${path}.${key}`
    return [key, mergeEntry(ours, theirs, key, below)] as const
  })
  return {
    value: Object.fromEntries(merged.map(([key, { value }]) => [key, value])),
    origins: merged.flatMap(([, { origins }]) => origins),
  }
}

function mergeEntry(
  ours: Record<string, unknown>,
  theirs: Record<string, unknown>,
  key: string,
  path: string,
): Merged {
  const [own, other] = [ours[key], theirs[key]]
  if (!Object.hasOwn(theirs, key)) return { value: own, origins: [{ path, from: 'generated' }] }
  if (!Object.hasOwn(ours, key)) return { value: other, origins: [{ path, from: 'document' }] }
  if (isRecord(own) && isRecord(other)) return mergeMappings(own, other, path)
  if (Array.isArray(own) && Array.isArray(other)) return mergeLists(own, other, path)
  const replaced = JSON.stringify(own)
  const same = replaced === JSON.stringify(other)
  return {
    value: other,
    origins: [{ path, from: 'document', ...(!same && { replaced }) }],
  }
}

function mergeLists(ours: unknown[], theirs: unknown[], path: string): Merged {
  const merged: Merged[] = ours.map((value, index) => ({
    value,
    origins: [{ path: `${path}.${index}`, from: 'generated' }],
  }))
  for (const entry of theirs) {
    const index = merged.findIndex(({ value }) => isSameEntry(value, entry, path))
    const place = index === -1 ? merged.length : index
    const before = merged[place]?.value
    const below = `${path}.${place}`
    merged[place] =
      isRecord(before) && isRecord(entry)
        ? mergeMappings(before, entry, below)
        : { value: entry, origins: [{ path: below, from: 'document' }] }
  }
  return {
    value: merged.map(({ value }) => value),
    origins: merged.flatMap(({ origins }) => origins),
  }
}

/** Users are told by their name; a package or key twice is once. Two equal commands are two commands. */
function isSameEntry(ours: unknown, theirs: unknown, path: string): boolean {
  if (path === 'users' && isRecord(ours) && isRecord(theirs)) return ours['name'] === theirs['name']
  return typeof ours === 'string' && ours === theirs && !/^(runcmd|bootcmd)$/.test(path)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
