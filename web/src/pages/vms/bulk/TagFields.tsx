import type { VmRow } from '@deployer/core/vm.ts'
import { splitTags, vmTagSchema } from '@deployer/core/vm-tags.ts'
import { useId } from 'react'
import { Field } from '../../../ui/Field.tsx'
import { FilterChip } from '../../../ui/FilterChip.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { tagsOf } from './words.ts'

/** Tags that several VMs get, and those that they lose. */
export function TagFields({
  vms,
  add,
  onAdd,
  remove,
  onRemove,
}: {
  vms: readonly VmRow[]
  add: string
  onAdd: (text: string) => void
  remove: readonly string[]
  onRemove: (tags: string[]) => void
}) {
  const id = useId()
  const tags = tagsOf(vms)
  const wrong = splitTags(add).find((tag) => !vmTagSchema.safeParse(tag).success)
  return (
    <>
      <Field
        label="Add"
        error={
          wrong !== undefined &&
          `${wrong} cannot be a tag: letters, digits and _ - + . only, a letter, digit or _ first.`
        }
        help="Several with blanks or commas between them."
      >
        <TextInput value={add} onChange={onAdd} mono />
      </Field>
      {tags.length > 0 && (
        <div role="group" aria-labelledby={id}>
          <p id={id} className="mb-1.5 text-sm font-medium text-ink">
            Take away
          </p>
          <div className="flex max-h-32 flex-wrap gap-2 overflow-y-auto p-0.5">
            {tags.map(([tag, count]) => {
              const on = remove.includes(tag)
              return (
                <FilterChip
                  key={tag}
                  on={on}
                  count={count}
                  onClick={() =>
                    onRemove(on ? remove.filter((other) => other !== tag) : [...remove, tag])
                  }
                >
                  {tag}
                </FilterChip>
              )
            })}
          </div>
        </div>
      )}
    </>
  )
}
