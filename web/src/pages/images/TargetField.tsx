import type { ImageContent, ImageTarget } from '../../api/images.ts'
import { Field } from '../../ui/Field.tsx'
import { formatGiB } from '../../ui/format.ts'
import { Message } from '../../ui/Message.tsx'
import { Select } from '../../ui/Select.tsx'
import { targetKey, type Way } from './targets.ts'

/** Where a file goes. Says why nowhere, where that is so. */
export function TargetField({
  targets,
  content,
  way,
  value,
  onChange,
}: {
  /** Those of the content. */
  targets: readonly ImageTarget[]
  content: ImageContent
  way: Way
  value: ImageTarget | undefined
  onChange: (target: ImageTarget) => void
}) {
  const what = content === 'iso' ? 'ISO images' : 'disk images'
  const [first] = targets
  if (first === undefined)
    return (
      <Message tone="warn" title={`No storage takes ${what}`}>
        Turn the content “{content === 'iso' ? 'ISO image' : 'Import'}” on for a storage of files
        (directory, NFS, CIFS, CephFS) under Datacenter, Storage.
      </Message>
    )
  if (targets.every((target) => target[way] !== null))
    return (
      <Message tone="warn" title={`You cannot ${way} ${what}`}>
        {first[way]}
      </Message>
    )
  return (
    <Field label="Storage">
      <Select
        value={value === undefined ? null : targetKey(value)}
        onChange={(key) => {
          const next = targets.find((target) => targetKey(target) === key)
          if (next) onChange(next)
        }}
        options={targets.map((target) => ({
          value: targetKey(target),
          label: target.shared ? target.storage : targetKey(target),
          hint:
            target.availableGiB === null
              ? target.shared
                ? 'shared'
                : undefined
              : `${target.shared ? 'shared, ' : ''}${formatGiB(target.availableGiB)} free`,
          blocked: target[way],
        }))}
      />
    </Field>
  )
}
