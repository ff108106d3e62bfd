/** Our CD images, as `isoinfo` reads them. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { buildIso } from '../core/src/iso/iso.ts'
import type { IsoFile } from '../core/src/iso/tree.ts'
import { ANSWER_LABEL, answerFiles } from '../core/src/windows/answer-files.ts'

const installed = spawnSync('isoinfo', ['-version']).status === 0
// Whoever may install it, as continuous integration does, gets a failure instead of a skip.
const skip = !installed && process.getuid?.() !== 0
const why = skip ? ' (skipped: install the Debian package genisoimage)' : ''

const folder = mkdtempSync(join(tmpdir(), 'iso-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'image.iso')

const write = (files: IsoFile[], label = 'cidata') =>
  writeFileSync(file, buildIso({ label, files, createdAt: new Date('2026-11-23T10:00:00Z') }))

const isoinfo = (...args: string[]): Buffer =>
  execFileSync('isoinfo', ['-i', file, '-j', 'iso8859-1', ...args], {
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  })

/** Paths of all files and folders, without the version that plain and Joliet names carry. */
const listed = (view: '-R' | '-J'): string[] =>
  isoinfo('-f', view)
    .toString(view === '-R' ? 'utf8' : 'latin1')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/;1$/, ''))
    .toSorted()

/** What isoinfo prints of Joliet names: one character for each two bytes, `_` for those beyond Latin-1. */
const inLatin1 = (paths: string[]): string[] =>
  paths.map((path) => path.replaceAll(/[^\0-\u00ff]/g, '_')).toSorted()

/** The files and all folders above them. */
const pathsOf = (files: IsoFile[]): string[] => {
  const all = files.flatMap(({ name }) => {
    const parts = name.split('/')
    return parts.map((_part, index) => `/${parts.slice(0, index + 1).join('/')}`)
  })
  return [...new Set(all)].toSorted()
}

const bytes = (size: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, n) => (n * 7 + size) % 256)

describe.skipIf(skip)(`isoinfo reads our image${why}`, () => {
  test.each(['cidata', 'config-2', 'OEMDRV'])('its label is %s', (label) => {
    write([{ name: 'user-data', content: bytes(10) }], label)
    const text = isoinfo('-d').toString()
    expect(text).toContain(`Volume id: ${label}`)
    expect(text).toContain('Joliet with UCS level 3 found')
    expect(text).toContain('Rock Ridge signatures version 1 found')
  })

  test('a seed: names by Rock Ridge and by Joliet, content byte for byte', () => {
    const files = ['user-data', 'meta-data', 'network-config', 'vendor-data'].map((name, n) => ({
      name,
      content: bytes(n * 1500),
    }))
    write(files)
    for (const view of ['-R', '-J'] as const) expect(listed(view)).toEqual(pathsOf(files))
    for (const { name, content } of files) {
      expect(Uint8Array.from(isoinfo('-R', '-x', `/${name}`))).toEqual(content)
      expect(Uint8Array.from(isoinfo('-J', '-x', `/${name};1`))).toEqual(content)
    }
  })

  test('answers for Windows setup: the names that setup looks for, by Joliet, content byte for byte', () => {
    const documents = answerFiles({
      osType: 'windows-server-2025',
      computerName: 'web-01',
      firmware: 'uefi',
      diskBus: 'scsi',
      unattended: {
        edition: { index: 2 },
        administratorPassword: 'Ein-Passwort-7',
        commands: ['echo Grüße'],
      },
      networks: [],
    })
    const files = Object.entries(documents).map(([name, text]) => ({
      name,
      content: new TextEncoder().encode(text),
    }))
    write(files, ANSWER_LABEL)
    expect(isoinfo('-d').toString()).toContain(`Volume id: ${ANSWER_LABEL}`)
    expect(listed('-J')).toEqual(['/autounattend.xml', '/first-logon.json', '/first-logon.ps1'])
    for (const { name, content } of files)
      expect(Uint8Array.from(isoinfo('-J', '-x', `/${name};1`))).toEqual(content)
  })

  test('only root may read it where it is mounted', () => {
    write([{ name: 'a/user-data', content: bytes(1) }])
    const lines = isoinfo('-l', '-R').toString().split('\n')
    expect(lines.filter((line) => /^[-d]r/.test(line)).map((line) => line.slice(0, 10))).toEqual([
      'dr-x------',
      'dr-x------',
      'dr-x------',
      'dr-x------',
      'dr-x------',
      '-r--------',
    ])
  })

  test('files of every size around the sector', () => {
    const files = [0, 1, 2047, 2048, 2049, 4096, 100_000].map((size) => ({
      name: `file-${size}`,
      content: bytes(size),
    }))
    write(files)
    for (const { name, content } of files) {
      expect(Uint8Array.from(isoinfo('-R', '-x', `/${name}`))).toEqual(content)
    }
  })

  test('a folder larger than a sector, and folders in folders', () => {
    const many = Array.from({ length: 120 }, (_, n) => `a long name that fills sectors ${n}.txt`)
    const files = [...many, 'x/y/z/deep', 'x/y/other', 'b/c'].map((name, n) => ({
      name,
      content: bytes(n),
    }))
    write(files)
    for (const view of ['-R', '-J'] as const) expect(listed(view)).toEqual(pathsOf(files))
    const plain = isoinfo('-f').toString().trim().split('\n')
    expect(plain).toHaveLength(pathsOf(files).length)
    expect(new Set(plain).size).toBe(plain.length)
    expect(Uint8Array.from(isoinfo('-R', '-x', '/x/y/z/deep'))).toEqual(bytes(120))
    expect(Uint8Array.from(isoinfo('-R', '-x', `/${many[99]}`))).toEqual(bytes(99))
  })

  const part = fc
    .oneof(
      fc.string({ minLength: 1, maxLength: 64 }),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 64 }),
      fc.constantFrom(
        '日'.repeat(64),
        'user-data',
        'USER-DATA.TXT',
        '.hidden',
        'a.b.c',
        "it's",
        '~',
      ),
    )
    // isoinfo prints a name with ;1 or a dot at its end without it.
    .map((text) =>
      text
        .normalize()
        .replaceAll(/[*/:;?\\\p{Cc}\p{Cs}]/gu, '_')
        .slice(0, 64),
    )
    .filter((text) => text.isWellFormed() && text.trim() === text && !/^\.{0,2}$|\.$/.test(text))

  const anyFiles = fc
    .uniqueArray(
      fc.record({
        folders: fc.array(fc.constantFrom('one', 'two', 'Ünö', 'three.d'), { maxLength: 3 }),
        own: part,
        size: fc.oneof(fc.nat(10), fc.nat(9000)),
      }),
      { maxLength: 12, selector: ({ folders, own }) => [...folders, own].join('/').toLowerCase() },
    )
    .map((entries) =>
      entries.map(({ folders, own, size }) => ({
        name: [...folders, `${own}_`].slice(0, 4).join('/').slice(0, 200),
        content: bytes(size),
      })),
    )
    .filter((files) => files.every(({ name }) => (name.split('/').at(-1) ?? '').length <= 64))

  test('any names and sizes come back', () => {
    fc.assert(
      fc.property(anyFiles, (files) => {
        write(files)
        expect(listed('-R')).toEqual(pathsOf(files))
        expect(listed('-J')).toEqual(inLatin1(pathsOf(files)))
        const image = readFileSync(file)
        for (const { name, content } of files) {
          const joliet = Buffer.from(`${name.split('/').at(-1)};1`, 'utf16le').swap16()
          expect(image.includes(joliet)).toBe(true)
          expect(Uint8Array.from(isoinfo('-R', '-x', `/${name}`))).toEqual(content)
        }
      }),
      { numRuns: 25 },
    )
    // Some hundred programs are started.
  }, 180_000)
})
