import { algorithmOf, type ChecksumAlgorithm, findChecksum } from '@deployer/core/checksums.ts'
import type { ReactNode } from 'react'
import { Field } from '../../ui/Field.tsx'
import { TextInput } from '../../ui/TextInput.tsx'

/** What is typed or pasted, and which checksum that is for this file. */
export function checksumIn(
  text: string,
  fileName: string,
): { value: string; algorithm: ChecksumAlgorithm } | null {
  return findChecksum(text, fileName)
}

/** A checksum, or the whole list of a publisher: the line of the file is taken out of it. */
export function ChecksumField({
  value,
  onChange,
  fileName,
  checking = false,
  help,
}: {
  value: string
  onChange: (value: string) => void
  /** As the publisher calls it. */
  fileName: string
  checking?: boolean
  help?: ReactNode
}) {
  const algorithm = algorithmOf(value.trim())
  return (
    <Field
      label="Checksum"
      optional
      help={help ?? 'Paste it, or the whole list that the publisher states. Proxmox verifies it.'}
      error={
        value.trim() !== '' && algorithm === null
          ? 'This is no checksum, and no list that names the file.'
          : undefined
      }
    >
      <TextInput
        mono
        value={value}
        checking={checking}
        unit={algorithm ?? undefined}
        onChange={(text) => onChange(checksumIn(text, fileName)?.value ?? text)}
        onPaste={(event) => {
          // A line would lose its breaks in the field.
          const found = checksumIn(event.clipboardData.getData('text'), fileName)
          if (found === null) return
          event.preventDefault()
          onChange(found.value)
        }}
      />
    </Field>
  )
}
