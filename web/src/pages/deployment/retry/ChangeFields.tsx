import { useQuery } from '@tanstack/react-query'
import { networksQuery, nodesQuery, storagesQuery } from '../../../api/queries.ts'
import { Field } from '../../../ui/Field.tsx'
import { Select } from '../../../ui/Select.tsx'
import { Textarea, TextInput } from '../../../ui/TextInput.tsx'
import type { Fields, Read } from './changes.ts'

const AS_BEFORE = 'As before'

const choices = (names: readonly string[]) => [
  { value: '', label: AS_BEFORE },
  ...[...new Set(names)].toSorted().map((name) => ({ value: name, label: name })),
]

/** Everything that can be changed; empty is as it was. */
export function ChangeFields({
  fields,
  wrong,
  networks,
  firstBoot,
  onChange,
}: {
  fields: Fields
  wrong: Read['wrong']
  /** Whether NICs can be changed: of one VM at a time. */
  networks: boolean
  /** Whether there is one: of clones and images. */
  firstBoot: boolean
  onChange: (patch: Partial<Fields>) => void
}) {
  const nodes = useQuery(nodesQuery).data ?? []
  const storages = useQuery(storagesQuery).data ?? []
  const bridges = useQuery(networksQuery).data ?? []
  const text = (field: keyof Fields, label: string, unit?: string) => (
    <Field label={label} error={wrong[field]}>
      <TextInput
        value={fields[field]}
        placeholder={AS_BEFORE.toLowerCase()}
        unit={unit}
        onChange={(typed) => onChange({ [field]: typed })}
      />
    </Field>
  )
  return (
    <div className="grid grid-cols-2 gap-x-3 gap-y-4 sm:grid-cols-3 sm:gap-4">
      <Field label="Node">
        <Select
          value={fields.node}
          onChange={(node) => onChange({ node })}
          options={choices(nodes.filter(({ online }) => online).map(({ name }) => name))}
        />
      </Field>
      <Field label="Storage">
        <Select
          value={fields.storage}
          onChange={(storage) => onChange({ storage })}
          options={choices(
            storages.filter(({ content }) => content.includes('images')).map(({ name }) => name),
          )}
        />
      </Field>
      {text('disk', 'Disk', 'GiB')}
      {text('cores', 'Cores')}
      {text('memory', 'Memory', 'GiB')}
      {text('ports', 'Ports to check')}
      {networks && (
        <>
          <Field label="Bridge">
            <Select
              value={fields.bridge}
              onChange={(bridge) => onChange({ bridge })}
              options={choices(bridges.map(({ name }) => name))}
            />
          </Field>
          {text('address', 'Address')}
          {text('gateway', 'Gateway')}
        </>
      )}
      {firstBoot && (
        <>
          <div className="col-span-full">{text('packages', 'Packages of the first boot')}</div>
          <div className="col-span-full">
            <Field label="Commands of the first boot, one a line" error={wrong.commands}>
              <Textarea
                mono
                rows={2}
                value={fields.commands}
                placeholder={AS_BEFORE.toLowerCase()}
                onChange={(commands) => onChange({ commands })}
              />
            </Field>
          </div>
        </>
      )}
    </div>
  )
}
