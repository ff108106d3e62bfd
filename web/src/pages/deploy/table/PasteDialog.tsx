import { MAX_VMS_PER_DEPLOYMENT } from '@deployer/core/limits.ts'
import { useId, useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { cx } from '../../../ui/cx.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { plural } from '../../../ui/format.ts'
import { Message } from '../../../ui/Message.tsx'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { toast } from '../../../ui/Toast.tsx'
import { type ColumnId, columnIds, columns } from './columns.ts'
import { parseDelimited } from './delimited.ts'
import {
  applyPaste,
  guessMapping,
  looksLikeHead,
  type Mapped,
  type Paste,
  type PasteMode,
  planPaste,
} from './mapping.ts'
import type { Spot } from './selection.ts'
import type { Table } from './useTable.ts'

/** Lines that the preview shows; all of them are judged. */
const PREVIEW = 6
const REJECTED = 8

/** What a pasted or imported list would do, before it does it. */
export function PasteDialog({
  text: given,
  table,
  shown,
  start,
  onClose,
}: {
  /** Empty: it is pasted here. */
  text: string
  table: Table
  shown: readonly ColumnId[]
  start: Spot
  onClose: () => void
}) {
  const [text, setText] = useState(given)
  const lines = parseDelimited(text)
  const [headChoice, setHead] = useState<boolean | null>(null)
  const [mappingChoice, setMapping] = useState<Mapped[] | null>(null)
  const [modeChoice, setMode] = useState<PasteMode | null>(null)
  const head = headChoice ?? looksLikeHead(lines[0])
  const from = given === '' ? 0 : start.column
  const mapping = mappingChoice ?? guessMapping(lines, head, shown, from)
  const hasName = mapping.some((mapped) => mapped?.column === 'name')
  const mode = modeChoice ?? (given === '' || (head && hasName) ? 'by-name' : 'from-here')
  const paste = planPaste(table.form, table.base, { lines, head, mapping, mode, start: start.row })
  const count = paste.accepted.length
  const tooLong = lines.length > 2 * MAX_VMS_PER_DEPLOYMENT
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title="Take over a list"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            blocked={count === 0 ? 'No line can be taken over' : null}
            hideReason
            onClick={() => {
              table.edit(applyPaste(table.form, table.base, paste))
              toast('ok', doneWords(paste))
              onClose()
            }}
          >
            Take over {plural(count, 'line')}
          </Button>
        </>
      }
    >
      {given === '' && (
        <PasteField
          text={text}
          onText={(next) => {
            setText(next)
            setMapping(null)
          }}
        />
      )}
      {lines.length > 0 && (
        <>
          <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
            <SegmentedControl
              label="Where the lines go"
              value={mode}
              onChange={setMode}
              options={[
                { value: 'from-here', label: `From row ${start.row + 1} on` },
                {
                  value: 'by-name',
                  label: 'By name',
                  blocked: hasName ? null : 'No column is the name',
                },
                { value: 'add', label: 'As new rows' },
              ]}
            />
            <Checkbox
              label="The first line names the columns"
              checked={head}
              onChange={(next) => {
                setHead(next)
                setMapping(null)
              }}
            />
          </div>
          <Preview
            lines={tooLong ? lines.slice(0, 2 * MAX_VMS_PER_DEPLOYMENT) : lines}
            head={head}
            mapping={mapping}
            onMapping={setMapping}
            rejected={paste.rejected.map(({ number }) => number)}
          />
          <p className="text-xs text-body">{planWords(paste)}</p>
          <RejectedLines paste={paste} />
        </>
      )}
    </Dialog>
  )
}

function PasteField({ text, onText }: { text: string; onText: (text: string) => void }) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium text-ink">
        List
      </label>
      <textarea
        id={id}
        value={text}
        rows={5}
        spellCheck={false}
        placeholder={'name,ip,cores,memory\nweb-11,10.20.0.61/24,2,4GiB'}
        onChange={(event) => onText(event.target.value)}
        className="input h-auto! py-2 font-mono text-xs!"
      />
      <p className="text-xs text-muted">From a spreadsheet, or as CSV with commas or semicolons.</p>
    </div>
  )
}

function Preview({
  lines,
  head,
  mapping,
  onMapping,
  rejected,
}: {
  lines: readonly (readonly string[])[]
  head: boolean
  mapping: readonly Mapped[]
  onMapping: (mapping: Mapped[]) => void
  rejected: readonly number[]
}) {
  const shown = lines.slice(0, PREVIEW)
  return (
    <div
      className="overflow-x-auto rounded-lg border border-line"
      tabIndex={0}
      role="region"
      aria-label="Preview"
    >
      <table className="w-full border-collapse text-xs">
        <thead className="bg-raised">
          <tr>
            <th scope="col" className="th w-8">
              <span className="sr-only">Line</span>
            </th>
            {mapping.map((mapped, index) => (
              // Columns have no identity but their place.
              <th key={index} scope="col" className="px-2 py-1.5 text-left font-normal">
                <select
                  aria-label={`Column ${index + 1}${head ? `, ${lines[0]?.[index] ?? ''}` : ''}`}
                  value={mapped?.column ?? ''}
                  onChange={(event) => {
                    const column = columnIds.find((id) => id === event.target.value)
                    onMapping(remapped(mapping, index, column ?? null))
                  }}
                  className={cx(
                    'h-7 min-w-24 rounded-md border border-field bg-well px-1.5 text-xs',
                    mapped === null ? 'text-muted' : 'text-ink',
                  )}
                >
                  <option value="">left out</option>
                  {columnIds.map((id) => (
                    <option key={id} value={id}>
                      {columns[id].title}
                    </option>
                  ))}
                </select>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((line, index) => (
            <tr
              key={index}
              className={cx(
                'border-t border-line',
                head && index === 0 ? 'text-muted' : 'text-body',
                rejected.includes(index + 1) && 'bg-bad-soft',
              )}
            >
              <td className="px-2 py-1 text-2xs text-faint">{index + 1}</td>
              {mapping.map((mapped, column) => (
                <td
                  key={column}
                  className={cx(
                    'max-w-40 truncate px-2.5 py-1 font-mono',
                    mapped === null && 'text-faint line-through',
                  )}
                >
                  {line[column] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length > PREVIEW && (
        <p className="border-t border-line px-2.5 py-1.5 text-2xs text-muted">
          and {plural(lines.length - PREVIEW, 'more line')}
        </p>
      )}
    </div>
  )
}

/** A column is taken once: where it was before, it is left out now. */
function remapped(mapping: readonly Mapped[], at: number, column: ColumnId | null): Mapped[] {
  return mapping.map((mapped, index) => {
    if (index === at) return column === null ? null : { column, unit: '' }
    return mapped !== null && mapped.column === column ? null : mapped
  })
}

function RejectedLines({ paste: { rejected } }: { paste: Paste }) {
  if (rejected.length === 0) return null
  return (
    <Message tone="warn" title={`${plural(rejected.length, 'line')} refused`}>
      <ul className="mt-1 flex flex-col gap-0.5">
        {rejected.slice(0, REJECTED).map(({ number, text, reason }) => (
          <li key={number}>
            Line {number}: {reason} <span className="font-mono text-2xs text-muted">{text}</span>
          </li>
        ))}
      </ul>
      {rejected.length > REJECTED && <p>and {rejected.length - REJECTED} more</p>}
    </Message>
  )
}

function counts(paste: Paste): string[] {
  const added = paste.accepted.filter(({ row }) => row === null).length
  const changed = paste.accepted.length - added
  return [
    ...(changed > 0 ? [`${plural(changed, 'row')} changed`] : []),
    ...(added > 0 ? [`${plural(added, 'row')} added`] : []),
  ]
}

function planWords(paste: Paste): string {
  const parts = counts(paste)
  return parts.length === 0 ? 'Nothing would change.' : `Would be: ${parts.join(', ')}.`
}

function doneWords(paste: Paste): string {
  return counts(paste).join(', ')
}
