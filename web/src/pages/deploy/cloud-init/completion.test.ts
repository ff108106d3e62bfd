import { expect, test } from 'vitest'
import { choicesAt } from './completion.ts'

/** The choices at the bar in a text. */
function at(marked: string) {
  const lines = marked.split('\n')
  const row = lines.findIndex((line) => line.includes('|'))
  const column = lines[row]?.indexOf('|') ?? 0
  const found = choicesAt(marked.replace('|', ''), row, column)
  return found === null ? null : { ...found, choices: found.choices.map(({ label }) => label) }
}

test.each([
  ['#cloud-config\npack|', 'packages', 0],
  ['#cloud-config\n|', 'users', 0],
  ['#cloud-config\nusers:\n  - na|', 'name', 4],
  ['#cloud-config\nusers:\n- na|', 'name', 2],
  ['#cloud-config\nusers:\n  - name: ops\n    ssh|', 'ssh_authorized_keys', 4],
  [
    '#cloud-config\nusers:\n  - default\n  - name: ops\n    groups: [a]\n    lock|',
    'lock_passwd',
    4,
  ],
  [
    '#cloud-config\nwrite_files:\n  - content: |\n      a: b\n    pa|'.replace(
      'content: |\n',
      'content: >\n',
    ),
    'path',
    4,
  ],
  ['#cloud-config\nchpasswd:\n  ex|', 'expire', 2],
  ['#cloud-config\nusers:\n  - name: ops\npower_state:\n  de|', 'delay', 2],
  ['#cloud-config\nchpasswd:\n  users:\n    - na|', 'name', 6],
])('%j offers %s', (marked, label, from) => {
  const found = at(marked)
  expect(found?.choices).toContain(label)
  expect(found).toMatchObject({ from, kind: 'key' })
})

test.each([
  ['#cloud-config\npackage_update: |', 'true', 16],
  ['#cloud-config\npackage_update: t|', 'true', 16],
  ['#cloud-config\npower_state:\n  mode: re|', 'reboot', 8],
])('%j offers the value %s', (marked, label, from) => {
  const found = at(marked)
  expect(found?.choices).toContain(label)
  expect(found).toMatchObject({ from, kind: 'value' })
})

test.each([
  '#cl|',
  '#cloud-config\nruncmd:\n  - echo |',
  '#cloud-config\nhostname: we|',
  '#cloud-config\nfrobnicate:\n  a|',
])('%j offers nothing', (marked) => {
  expect(at(marked)).toBeNull()
})

test('top-level keys are not offered inside of a list', () => {
  expect(at('#cloud-config\nusers:\n  - na|')?.choices).not.toContain('packages')
})
