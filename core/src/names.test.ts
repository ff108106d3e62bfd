import { expect, test } from 'vitest'
import { isWindows, nameProblem } from './names.ts'

test.each([
  ['web-01', 'l26', null],
  ['WEB', 'l26', null],
  ['1', 'l26', null],
  ['web-01.lab.example', 'l26', null],
  ['a'.repeat(63), 'l26', null],
  ['win-123456789ab', 'win11', null],
  ['win-1.very-long-domain-of-the-lab.example', 'win11', null],
  ['', 'l26', 'name-empty'],
  ['web_01', 'l26', 'name-characters'],
  ['-web', 'l26', 'name-characters'],
  ['web-', 'l26', 'name-characters'],
  ['web..lab', 'l26', 'name-characters'],
  ['web.', 'l26', 'name-characters'],
  ['wéb', 'l26', 'name-characters'],
  ['web 1', 'l26', 'name-characters'],
  ['a'.repeat(64), 'l26', 'name-too-long'],
  [`${'a'.repeat(60)}.`.repeat(4) + 'a'.repeat(20), 'l26', 'name-too-long'],
  ['windows-server-1', 'win10', 'name-too-long-windows'],
  ['windows-server-1', null, null],
])('%s for ostype %s: %s', (name, osType, code) => {
  expect(nameProblem(name, osType)?.code ?? null).toBe(code)
})

test.each([
  ['win11', true],
  ['w2k8', true],
  ['wvista', true],
  ['wxp', true],
  ['l26', false],
  ['other', false],
  [null, false],
])('ostype %s is Windows: %s', (osType, windows) => {
  expect(isWindows(osType)).toBe(windows)
})
