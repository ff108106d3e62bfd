import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { blueprintFormats, parseBlueprintText, writeBlueprint } from './blueprint-file.ts'
import { type BlueprintFile, blueprintFileSchema } from './blueprint.ts'

const option = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })

/** Texts that YAML could read as something else, and any other. */
const text = fc.oneof(
  fc.constantFrom(
    'yes',
    'null',
    '~',
    '1e3',
    '0x1f',
    '2024-01-01',
    '- a',
    'a: b',
    '#',
    '{n}',
    '',
    ' ',
  ),
  fc.constantFrom(
    'a\nb',
    'a\r\nb',
    'a\n\n  b\n',
    '\ta',
    '|',
    '>',
    '"',
    "'",
    '%',
    '@',
    '\u2028',
    '\u0085',
  ),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
)

const settings = {
  cores: option(fc.integer({ min: 1, max: 512 })),
  memoryMiB: option(fc.integer({ min: 16, max: 8_388_608 })),
  description: option(text),
  tags: option(fc.array(fc.constantFrom('lab', 'web', 'a.b', 'no', '1'), { maxLength: 3 })),
  onBoot: option(fc.boolean()),
  networks: option(
    fc.array(
      fc.record({
        bridge: option(fc.constantFrom('vmbr0', '1', 'on')),
        vlan: option(fc.integer({ min: 1, max: 4094 })),
        ip: option(fc.constantFrom('dhcp', '10.0.0.{20..29}/24', 'fd00::{n}/64')),
      }),
      { maxLength: 3 },
    ),
  ),
}

const oneLine = text
  .map((line) =>
    line
      .replaceAll(/\p{Cc}/gu, '')
      .trim()
      .slice(0, 100),
  )
  .filter((line) => line !== '')

const file: fc.Arbitrary<BlueprintFile> = fc.record({
  kind: fc.constant('proxmox-vm-deployer/blueprint' as const),
  version: fc.constant(1 as const),
  name: oneLine,
  description: option(text.map((words) => words.replaceAll('\0', ''))),
  request: fc.record({
    name: option(oneLine),
    source: fc.record({
      kind: fc.constant('template' as const),
      vmid: option(fc.integer({ min: 100, max: 999_999_999 })),
      name: option(oneLine),
      clone: option(fc.constantFrom('linked' as const, 'full' as const)),
    }),
    defaults: option(fc.record(settings)),
    placement: option(
      fc.constantFrom(
        { strategy: 'spread' as const },
        { strategy: 'pack' as const },
        { node: 'off' },
      ),
    ),
    vms: fc.array(
      fc.record({ name: oneLine, count: option(fc.integer({ min: 1, max: 500 })), ...settings }),
      { minLength: 1, maxLength: 5 },
    ),
  }),
})

test.each(blueprintFormats)('what is exported as %s is imported as it was', (format) => {
  fc.assert(
    fc.property(file, (original) => {
      const parsed = parseBlueprintText(writeBlueprint(original, format))
      if (!parsed.ok) throw new Error(parsed.message)
      // Without the keys that hold nothing, as it is sent and stored.
      expect(blueprintFileSchema.parse(parsed.value)).toEqual(JSON.parse(JSON.stringify(original)))
    }),
    { numRuns: 300 },
  )
})

test('a file in YAML can be read and written by people', () => {
  expect(
    writeBlueprint(
      {
        kind: 'proxmox-vm-deployer/blueprint',
        version: 1,
        name: 'Web servers',
        request: {
          source: { kind: 'template', name: 'ubuntu-24.04' },
          defaults: { networks: [{ ip: '10.0.0.{20..29}/24' }] },
          vms: [{ name: 'web-{01..10}' }],
        },
      },
      'yaml',
    ),
  ).toBe(`kind: proxmox-vm-deployer/blueprint
version: 1
name: Web servers
request:
  source:
    kind: template
    name: ubuntu-24.04
  defaults:
    networks:
      - ip: 10.0.0.{20..29}/24
  vms:
    - name: web-{01..10}
`)
})

test.each([
  ['{"a": 1}', { a: 1 }],
  ['\n\t{"a": [\t1]}\n', { a: [1] }],
  ['{a: 1, b: [x]}', { a: 1, b: ['x'] }],
  ['a: no\nb: 0o17\n', { a: 'no', b: 15 }],
  ['', null],
])('%j is read', (given, value) => {
  expect(parseBlueprintText(given)).toEqual({ ok: true, value })
})

test.each([
  ['a: b: c', /at line 1, column 4\.$/],
  ['a: 1\na: 2', /unique.* at line 2, column 1\.$/],
  ['a: 1\n---\na: 2', /multiple documents/],
  ['{"a": 1', /at line 1, column 8\.$/],
  [`a: &a [${'x,'.repeat(9)}x]\nb: &b [${'*a,'.repeat(9)}*a]\nc: [${'*b,'.repeat(9)}*b]`, /alias/],
])('%j is not read, and the message says where', (given, message) => {
  const parsed = parseBlueprintText(given)
  expect(parsed).toEqual({ ok: false, message: expect.stringMatching(message) })
})
