import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPath, encodeParams, pathSegment, readyCall } from './encode.ts'

const decode = (part: string) => decodeURIComponent(part.replaceAll('+', ' '))

/** How pveproxy takes a form apart (pve-http-server, decode_urlencoded), with UTF-8 as it reads it. */
const asProxmoxReads = (text: string) => {
  const result: [string, string][] = []
  for (const pair of text.split(/[&;]/)) {
    const [key = '', value = ''] = pair.split('=')
    if (pair !== '') result.push([decode(key), decode(value)])
  }
  return result
}

describe('parameters', () => {
  it.each([
    ['booleans are 0 and 1', { full: true, start: false }, 'full=1&start=0'],
    ['numbers', { newid: 101, cpulimit: 1.5 }, 'newid=101&cpulimit=1.5'],
    ['undefined is left out', { name: undefined, vmid: 1 }, 'vmid=1'],
    ['an empty text stays', { delete: '' }, 'delete='],
    ['lists repeat the key', { command: ['sh', '-c', 'id'] }, 'command=sh&command=-c&command=id'],
    ['blanks are not +', { description: 'a b+c' }, 'description=a%20b%2Bc'],
    ['separators', { boot: 'order=scsi0;net0' }, 'boot=order%3Dscsi0%3Bnet0'],
    [
      'an encoded key is encoded again',
      { sshkeys: 'ssh-ed25519%20A' },
      'sshkeys=ssh-ed25519%2520A',
    ],
    ['a broken surrogate', { name: 'a\uD800' }, 'name=a%EF%BF%BD'],
    ['nothing', {}, ''],
  ])('%s', (_, params, expected) => {
    expect(encodeParams(params)).toBe(expected)
  })

  it.each([[{ x: Number.NaN }], [{ x: Infinity }], [{ x: null }], [{ x: { y: 1 } }], [{ x: 1n }]])(
    'refuses %o',
    (params) => {
      expect(() => encodeParams(params)).toThrow(/parameter x/)
    },
  )

  it('Proxmox reads back what was put in, whatever the characters', () => {
    const text = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ minLength: 1 }), text)), (pairs) => {
        const params = Object.fromEntries(pairs)
        const expected = Object.entries(params).map(([key, value]) => [key, value.toWellFormed()])
        expect(asProxmoxReads(encodeParams(params))).toEqual(expected)
      }),
    )
  })
})

describe('path', () => {
  it('takes path parameters out of the others and encodes them', () => {
    const upid = 'UPID:pve1:0000A1B2:00C3D4E5:6B03C8B5:qmclone:9000:root@pam!lab:'
    expect(
      readyCall('GET /nodes/{node}/tasks/{upid}/log', { node: 'pve1', upid, start: 50 }),
    ).toEqual({
      method: 'GET',
      path: '/nodes/pve1/tasks/UPID%3Apve1%3A0000A1B2%3A00C3D4E5%3A6B03C8B5%3Aqmclone%3A9000%3Aroot%40pam!lab%3A/log',
      params: { start: 50 },
    })
  })

  it('a volume is one segment', () => {
    const call = readyCall('DELETE /nodes/{node}/storage/{storage}/content/{volume}', {
      node: 'pve1',
      storage: 'local',
      volume: 'local:iso/x y.iso',
    })
    expect(call.path).toBe('/nodes/pve1/storage/local/content/local%3Aiso%2Fx%20y.iso')
  })

  it.each(['', '.', '..'])('refuses "%s", which a URL would swallow', (node) => {
    expect(() => readyCall('GET /nodes/{node}/status', { node })).toThrow(/node is not usable/)
  })

  it('any value stays one segment of the URL', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (value) => {
        fc.pre(value !== '.' && value !== '..')
        const url = new URL(`https://pve1:8006/a/${pathSegment('x', value)}/b`)
        const [, , middle = '', ...rest] = url.pathname.split('/')
        expect(decodeURIComponent(middle)).toBe(value.toWellFormed())
        expect(rest).toEqual(['b'])
      }),
    )
  })

  it.each(['/version', '/nodes/pve1/qemu/100/config', '/nodes/pve1/tasks/UPID:pve1:0:/log'])(
    'takes %s as ready',
    (path) => {
      expect(() => checkPath(path)).not.toThrow()
    },
  )

  it.each([
    '',
    'version',
    '/nodes/{node}',
    '/nodes/../access',
    '/nodes/%2e%2E/access',
    '/nodes/./x',
    '/nodes//qemu',
    '/nodes/',
    '/version?x=1',
    '/version#x',
    '/a b',
    '/a\\b',
  ])('does not take "%s" as ready', (path) => {
    expect(() => checkPath(path)).toThrow(/not a path/)
  })
})
