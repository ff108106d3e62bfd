import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFlag, parseProperties, parseSizeBytes, parseTags } from './property-string.ts'

const read = (text: string, defaultKey?: string) =>
  Object.fromEntries(parseProperties(text, defaultKey))

describe('properties', () => {
  it.each<[string, string, string | undefined, Record<string, string>]>([
    [
      'a NIC: its model is a key',
      'virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=20,firewall=1',
      undefined,
      { virtio: 'BC:24:11:00:00:01', bridge: 'vmbr0', tag: '20', firewall: '1' },
    ],
    ['a NIC without MAC', 'virtio,bridge=vmbr0', 'model', { model: 'virtio', bridge: 'vmbr0' }],
    [
      'a disk',
      'local-lvm:vm-100-disk-0,discard=on,size=32G,ssd=1',
      'file',
      { file: 'local-lvm:vm-100-disk-0', discard: 'on', size: '32G', ssd: '1' },
    ],
    [
      'a disk with its key spelled out',
      'file=local:x,size=1G',
      'file',
      { file: 'local:x', size: '1G' },
    ],
    [
      'an agent, bare',
      '1,fstrim_cloned_disks=1',
      'enabled',
      { enabled: '1', fstrim_cloned_disks: '1' },
    ],
    [
      'an = in the value',
      'base64=1,serial=ZGVwbG95==',
      undefined,
      { base64: '1', serial: 'ZGVwbG95==' },
    ],
    ['blanks and empty parts', ' a = 1 ,, b=2, ', undefined, { a: '1', b: '2' }],
    ['the first of two counts', 'a=1,a=2', undefined, { a: '1' }],
    ['an empty value', 'a=', undefined, { a: '' }],
    ['nothing', '', undefined, {}],
    ['a bare part without a default key', 'x,a=1', undefined, { '': 'x', a: '1' }],
    [
      'names of Object.prototype',
      'constructor=1,__proto__=2',
      undefined,
      { constructor: '1', ['__proto__']: '2' },
    ],
  ])('%s', (_, text, defaultKey, expected) => {
    expect(read(text, defaultKey)).toEqual(expected)
  })

  it('are read as they were written, in the same order', () => {
    const key = fc.stringMatching(/^[a-z][a-z0-9_-]*$/)
    const value = fc.stringMatching(/^[^,\s]([^,]*[^,\s])?$/)
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(key, value), { selector: ([name]) => name }), (pairs) => {
        const text = pairs.map(([name, one]) => `${name}=${one}`).join(',')
        expect([...parseProperties(text)]).toEqual(pairs)
      }),
    )
  })
})

describe('parseFlag', () => {
  it.each([1, true, '1', 'on', 'ON', 'yes', 'true', 'TRUE', ' 1 '])('%o is on', (value) => {
    expect(parseFlag(value)).toBe(true)
  })
  it.each([0, false, '0', 'off', 'no', 'false', 'False'])('%o is off', (value) => {
    expect(parseFlag(value)).toBe(false)
  })
  it.each([undefined, null, '', '2', 'enabled', {}])('%o is neither', (value) => {
    expect(parseFlag(value)).toBeNull()
  })
})

describe('parseTags', () => {
  it.each([
    ['a;b;c', ['a', 'b', 'c']],
    ['a,b c', ['a', 'b', 'c']],
    [';a;;b;a', ['a', 'b']],
    [' ', []],
    ['', []],
    [undefined, []],
  ])('%o', (text, tags) => {
    expect(parseTags(text)).toEqual(tags)
  })
})

describe('parseSizeBytes', () => {
  it.each([
    ['32G', 32 * 1024 ** 3],
    ['4M', 4 * 1024 ** 2],
    ['528K', 528 * 1024],
    ['1.5T', 1.5 * 1024 ** 4],
    ['4194304', 4_194_304],
    ['32GB', null],
    ['5g', null],
    ['-1G', null],
    ['G', null],
    ['', null],
  ])('%s', (text, bytes) => {
    expect(parseSizeBytes(text)).toBe(bytes)
  })
})
