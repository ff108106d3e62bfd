import { describe, expect, it } from 'vitest'
import {
  catalogue,
  catalogueEntrySchema,
  catalogueFileSchema,
  contentOf,
  withEntries,
} from './catalogue.ts'
import { recogniseOs } from './images/recognise.ts'

describe('the built-in catalogue', () => {
  it.each(catalogue.map((entry) => [entry.id, entry] as const))('%s is sound', (_id, entry) => {
    expect(catalogueEntrySchema.parse(entry)).toEqual(entry)
    expect(entry.url).toMatch(/^https:/)
    expect(entry.checksumsUrl ?? 'https:').toMatch(/^https:/)
    const { kind, os } = recogniseOs(entry.fileName, contentOf(entry.kind))
    expect(kind).toBe(entry.kind)
    // What it is called there is recognised on the storage.
    expect(os?.osType).toBe(entry.osType)
    expect(entry.name.startsWith(os?.name ?? '-')).toBe(true)
  })

  it('has each id once', () => {
    expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length)
  })
})

describe('a file of the operator', () => {
  const own = {
    id: 'own-base',
    name: 'Our base image',
    kind: 'image',
    url: 'http://files.lab.example/base.qcow2',
    fileName: 'base.qcow2',
    osType: 'linux',
  } as const

  it('adds entries and replaces those of the same id', () => {
    const entries = withEntries([own, { ...own, id: 'debian-13', name: 'Our Debian' }])
    expect(entries).toHaveLength(catalogue.length + 1)
    expect(entries.find(({ id }) => id === 'debian-13')?.name).toBe('Our Debian')
    expect(entries.at(-1)).toEqual(own)
  })

  it.each<[string, object, string]>([
    ['an address of another kind', { url: 'file:///etc/passwd' }, 'entries.0.url'],
    ['an ending that Proxmox refuses', { fileName: 'base.img' }, 'entries.0.fileName'],
    ['a checksum without algorithm', { checksum: 'ab'.repeat(32) }, 'entries.0.algorithm'],
    ['an unknown field', { sha256: 'ab' }, 'entries.0'],
    ['an unknown system', { osType: 'beos' }, 'entries.0.osType'],
  ])('is refused for %s', (_what, changes, path) => {
    const { error } = catalogueFileSchema.safeParse({ entries: [{ ...own, ...changes }] })
    expect(error?.issues.map((issue) => issue.path.join('.'))).toContain(path)
  })
})
