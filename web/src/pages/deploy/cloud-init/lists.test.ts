import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { commandLines } from './lists.ts'

test.each([
  ['echo one\n\n \necho two\n', ['echo one', 'echo two']],
  ['if true; then\n  echo yes\nfi', ['if true; then\necho yes', 'fi']],
  ['for i in 1 2; do\n    echo $i\n  done', ['for i in 1 2; do\n  echo $i\ndone']],
  ['["echo", "a b"]\n[ -f /a ] && reboot', [['echo', 'a b'], '[ -f /a ] && reboot']],
  ['', []],
])('%j', (text, commands) => {
  expect(commandLines.read(text)).toEqual(commands)
})

test('what is written is read as the same', () => {
  const line = fc.stringMatching(/^[a-z$'"[][ -~]{0,20}$/).filter((text) => !text.startsWith('["'))
  const script = fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n'))
  const program = fc.array(fc.string(), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(fc.array(fc.oneof(script, program), { maxLength: 5 }), (commands) => {
      expect(commandLines.read(commandLines.write(commands))).toEqual(commands)
    }),
  )
})
