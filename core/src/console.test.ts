import { assert, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closeReason, closingOf, consoleClosings, serialFrames } from './console.ts'

describe('closingOf', () => {
  it.each(Object.entries(consoleClosings))('reads %s back', (name, code) => {
    expect(closingOf(code)).toBe(name)
  })

  it.each([1000, 1006, 4999])('takes %i for a lost connection', (code) => {
    expect(closingOf(code)).toBe('lost')
  })
})

describe('closeReason', () => {
  it('keeps what fits, and cuts the rest so that it fits', () => {
    assert(
      property(string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const reason = closeReason(text)
        expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(123)
        const fits = Buffer.byteLength(text) <= 123
        expect(fits ? reason === text : reason.endsWith('…')).toBe(true)
      }),
    )
  })
})

describe('serialFrames', () => {
  it.each([
    ['ls\r', '0:3:ls\r'],
    ['ü€', '0:5:ü€'],
  ])('counts the bytes of %j', (text, frame) => {
    expect(serialFrames.input(text)).toBe(frame)
  })

  it('tells the size', () => {
    expect(serialFrames.resize(120, 40)).toBe('1:120:40:')
  })
})
