import { expect, it } from 'vitest'
import { downloadFraction, targetFile } from './transfers.ts'

const log = [
  'downloading https://example.org/a.iso to /var/lib/vz/template/iso/a.iso',
  '--2026-11-23 14:00:00--  https://example.org/a.iso?rate=99%',
  "Saving to: '/var/lib/vz/template/iso/a.iso.tmp_dwnl.4711'",
  '',
]

it.each<[string, string[], number | null]>([
  ['nothing yet', log, null],
  ['a line', [...log, '     0K ........ ........ ........ ........  4%  112M 6s'], 0.04],
  [
    'several',
    [
      ...log,
      '     0K ........ ........ ........ ........  4%  112M 6s',
      ' 32768K ........ ........ ........ ........  8%  110M 6s',
    ],
    0.08,
  ],
  ['the end', [...log, '753664K .                                    100%  100M=8s'], 1],
  ['what comes after it', [...log, ' 32768K ........  55% 9M 6s', 'calculating checksum...'], 0.55],
  ['no log', [], null],
])('the progress of a download is that of its last line: %s', (_what, lines, fraction) => {
  expect(downloadFraction(lines)).toBe(fraction)
})

it('the file is told by the log', () => {
  expect(targetFile(log)).toBe('a.iso')
  expect(
    targetFile([
      'starting file import from: /var/tmp/pveupload-1',
      'target file: /mnt/pve/x/b.iso',
    ]),
  ).toBe('b.iso')
  expect(targetFile(['no content'])).toBeNull()
})
