import { describe, expect, it } from 'vitest'
import { parseHost } from './hosts.ts'

describe('parseHost', () => {
  it.each([
    ['pve1', 'pve1', 8006],
    ['pve1.example.com:443', 'pve1.example.com', 443],
    [' PVE1:8006 ', 'pve1', 8006],
    ['https://pve1:8006/', 'pve1', 8006],
    ['10.0.0.1', '10.0.0.1', 8006],
    ['10.0.0.1:18006', '10.0.0.1', 18_006],
    ['[fd00::1]:8007', '[fd00::1]', 8007],
    ['[fd00::1]', '[fd00::1]', 8006],
    ['fd00::1', '[fd00::1]', 8006],
    ['::1', '[::1]', 8006],
  ])('%s', (text, name, port) => {
    expect(parseHost(text)).toEqual({ name, port, label: `${name}:${port}` })
  })

  it.each([
    '',
    '   ',
    'pve1:',
    'pve1:0',
    'pve1:65536',
    'pve1:port',
    'user@pve1',
    'pve1/api2',
    'http://pve1',
    'pve 1',
    '[::zz]:1',
    '[1:2:3]:8006',
  ])('"%s" is none', (text) => {
    expect(() => parseHost(text)).toThrow(/not a host/)
  })
})
