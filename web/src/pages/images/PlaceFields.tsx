import type { ImageContent } from '../../api/images.ts'
import { QueryProblem } from '../../components/QueryProblem.tsx'
import { Field } from '../../ui/Field.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { TargetField } from './TargetField.tsx'
import type { Place } from './usePlace.ts'

/** What a file is, on which storage it goes, and under which name. */
export function PlaceFields({
  content,
  onContent,
  place: { query, way, targets, target, choose },
  name,
  onName,
  nameProblem,
}: {
  content: ImageContent
  /** Left out where it is known what it is. */
  onContent: ((content: ImageContent) => void) | undefined
  place: Place
  name: string
  onName: (name: string) => void
  nameProblem: string | null
}) {
  return (
    <>
      {onContent && (
        <SegmentedControl
          label="What it is"
          value={content}
          onChange={onContent}
          options={[
            { value: 'iso', label: 'ISO' },
            { value: 'import', label: 'Disk image' },
          ]}
        />
      )}
      <QueryProblem query={query} className="" />
      {query.data && (
        <TargetField
          targets={targets}
          content={content}
          way={way}
          value={target}
          onChange={choose}
        />
      )}
      <Field label="File name" error={nameProblem}>
        <TextInput mono value={name} onChange={onName} />
      </Field>
    </>
  )
}
