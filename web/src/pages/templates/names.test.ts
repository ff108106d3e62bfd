import { describe, expect, it } from 'vitest'
import { fits, suggestedName } from './names.ts'

const image = (name: string | null) => ({
  name: 'Some_Image-1.qcow2',
  os: name === null ? null : { name, osType: 'linux' as const },
})

describe('the image for the next version', () => {
  it.each([
    ['Ubuntu 24.04', 'ubuntu-24.04', true],
    ['Ubuntu 24.04', 'web-ubuntu-24.04-v2', true],
    ['Ubuntu 22.04', 'ubuntu-24.04', false],
    ['Rocky Linux 9', 'rocky-9', true],
    ['Rocky Linux 10', 'rocky-9', false],
    ['Arch Linux', 'arch', true],
    [null, 'ubuntu-24.04', false],
  ])('of %s fits %s: %s', (os, template, expected) => {
    expect(fits(image(os), template)).toBe(expected)
  })
})

it.each([
  ['Ubuntu 24.04', [], 'ubuntu-24.04'],
  ['Ubuntu 24.04', ['ubuntu-24.04'], 'ubuntu-24.04-v2'],
  ['Rocky Linux 9', [], 'rocky-linux-9'],
  [null, [], 'some-image-1'],
])('a template of %s beside %j is called %s', (os, taken, name) => {
  expect(suggestedName(image(os), taken)).toBe(name)
})
