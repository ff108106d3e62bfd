import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Delimiter, delimiterOf, formatDelimited, parseDelimited } from './delimited.ts'

test.each<[string, string, string[][]]>([
  [
    'a spreadsheet range',
    'web-01\t4\r\nweb-02\t8\r\n',
    [
      ['web-01', '4'],
      ['web-02', '8'],
    ],
  ],
  [
    'commas',
    'name,ip\nweb,10.0.0.1/24',
    [
      ['name', 'ip'],
      ['web', '10.0.0.1/24'],
    ],
  ],
  [
    'semicolons',
    'name;tags\nweb;"a,b"',
    [
      ['name', 'tags'],
      ['web', 'a,b'],
    ],
  ],
  ['quotes and a line break in a cell', '"say ""hi""","two\nlines"', [['say "hi"', 'two\nlines']]],
  ['empty cells', 'a,,c\n,,\n', [['a', '', 'c']]],
  ['old line ends', 'a\rb', [['a'], ['b']]],
  ['commas between tabs stay', 'web\ta, b', [['web', 'a, b']]],
  ['a quote that is never closed', '"a,b', [['a,b']]],
  ['nothing', '  \n', []],
])('%s', (_what, text, lines) => {
  expect(parseDelimited(text)).toEqual(lines)
})

test('whatever is written is read again', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '1', ' ', '"', ',', ';', '\n', '\r') })
  const lines = fc.integer({ min: 2, max: 4 }).chain((width) =>
    fc.array(
      // A first cell with text: an empty line is no line, and the first one tells the delimiter.
      fc.tuple(fc.constantFrom('x', 'y'), fc.array(cell, { minLength: width, maxLength: width })),
      { minLength: 1, maxLength: 5 },
    ),
  )
  fc.assert(
    fc.property(lines, fc.constantFrom<Delimiter[]>('\t', ',', ';'), (made, delimiter) => {
      const table = made.map(([first, rest]) => [first, ...rest])
      const text = formatDelimited(table, delimiter)
      fc.pre(delimiterOf(text) === delimiter)
      expect(parseDelimited(text)).toEqual(table)
    }),
  )
})
