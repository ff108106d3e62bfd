import { expect, it } from 'vitest'
import { guestText } from './agent.ts'

it.each([
  ['plain\n', 'plain\n'],
  ['Gr\u00c3\u00bc\u00c3\u009fe', 'Grüße'],
  ['\u00e2\u0082\u00ac', '€'],
])('%j of a guest is %j', (sent, text) => {
  expect(guestText(sent)).toBe(text)
})
