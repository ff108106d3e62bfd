import {
  ArrowDownIcon,
  ArrowUpTrayIcon,
  ArrowUturnLeftIcon,
  ArrowUturnRightIcon,
  ClipboardDocumentListIcon,
  DocumentDuplicateIcon,
  PlusIcon,
  TrashIcon,
  ViewColumnsIcon,
} from '@heroicons/react/16/solid'
import { useRef } from 'react'
import { Button, type Icon, IconButton } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { plural } from '../../../ui/format.ts'
import { PopoverButton } from '../../../ui/PopoverButton.tsx'
import { StatusGlyph } from '../../../ui/StatusGlyph.tsx'
import { toast } from '../../../ui/Toast.tsx'
import { type ColumnId, columnIds, columns } from './columns.ts'
import { addRows, nextNames, roomFor } from './edits.ts'
import type { GridState } from './useGrid.ts'
import type { Table } from './useTable.ts'

/** A file larger than this is no list of 500 VMs. */
const MAX_FILE_BYTES = 1_000_000

export function Toolbar({
  table,
  grid,
  shown,
  onShown,
  onPaste,
  onImport,
}: {
  table: Table
  grid: GridState
  shown: readonly ColumnId[]
  onShown: (shown: readonly ColumnId[]) => void
  onPaste: () => void
  onImport: (text: string) => void
}) {
  const { form, rows, edit, undo, redo } = table
  const selected = grid.selectedRows.length
  const full = roomFor(form) === 0
  return (
    <div
      role="toolbar"
      aria-label="Table"
      className="flex flex-wrap items-center gap-x-1 gap-y-1.5 border-b border-line px-3 py-2"
    >
      <Button
        size="sm"
        icon={PlusIcon}
        onClick={() => {
          if (rows.length === 0) document.getElementById('table-add-row')?.focus()
          else if (full) toast('bad', 'One deployment has at most 500 VMs')
          else {
            edit(
              addRows(
                form,
                nextNames(form, 1).map((name) => ({ name })),
              ),
            )
            grid.goTo(rows.length, 0)
          }
        }}
      >
        Add row
      </Button>
      <Button size="sm" variant="ghost" icon={ArrowDownIcon} onClick={grid.fillDown}>
        Fill down
      </Button>
      <Button size="sm" variant="ghost" icon={ClipboardDocumentListIcon} onClick={onPaste}>
        Paste list
      </Button>
      <ImportButton onImport={onImport} />
      <Divider />
      <Step icon={ArrowUturnLeftIcon} label="Undo" run={undo} />
      <Step icon={ArrowUturnRightIcon} label="Redo" run={redo} />
      <Divider />
      <Step
        icon={DocumentDuplicateIcon}
        label={`Duplicate ${plural(selected, 'row')}`}
        run={rows.length === 0 || full ? null : grid.duplicateSelected}
      />
      <Step
        icon={TrashIcon}
        label={`Delete ${plural(selected, 'row')}`}
        run={rows.length === 0 ? null : grid.deleteSelected}
      />
      <span className="ml-auto flex items-center gap-3 pl-2 text-2xs">
        <span className="hidden items-center gap-3 2xl:flex" aria-hidden>
          <span className="text-faint">inherited</span>
          <span className="font-semibold text-ink">set here</span>
          <span className="inline-flex items-center gap-1 text-bad">
            <StatusGlyph kind="failed" size={12} />
            must fix
          </span>
        </span>
        <ColumnPicker all={table.base.columns} shown={shown} onShown={onShown} />
      </span>
    </div>
  )
}

function Divider() {
  return <span aria-hidden className="mx-1 h-4 w-px bg-line" />
}

function Step({ icon, label, run }: { icon: Icon; label: string; run: (() => void) | null }) {
  return (
    <IconButton
      icon={icon}
      label={label}
      size="sm"
      aria-disabled={run === null || undefined}
      className={run === null ? 'text-field! hover:bg-transparent!' : undefined}
      onClick={() => run?.()}
    />
  )
}

function ImportButton({ onImport }: { onImport: (text: string) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        icon={ArrowUpTrayIcon}
        onClick={() => input.current?.click()}
      >
        Import CSV
      </Button>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
        aria-label="CSV file"
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file !== undefined) void readList(file, onImport)
          // The same file again is a change too.
          event.target.value = ''
        }}
      />
    </>
  )
}

/** The text of a file, if it can be a list of VMs. */
export async function readList(file: File, onText: (text: string) => void): Promise<void> {
  if (file.size > MAX_FILE_BYTES) {
    toast('bad', `${file.name} is larger than 1 MB, so it is no list of at most 500 VMs`)
    return
  }
  onText((await file.text()).replace(/^\uFEFF/, ''))
}

function ColumnPicker({
  all,
  shown,
  onShown,
}: {
  all: readonly ColumnId[]
  shown: readonly ColumnId[]
  onShown: (shown: readonly ColumnId[]) => void
}) {
  return (
    <PopoverButton
      label="Columns"
      className="inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-raised hover:text-ink"
      button={<ViewColumnsIcon className="size-4" aria-hidden />}
    >
      <ul className="grid grid-cols-2 gap-x-4 p-2 text-xs">
        {all.slice(1).map((id) => (
          <li key={id}>
            <Checkbox
              label={columns[id].title}
              checked={shown.includes(id)}
              onChange={(on) =>
                onShown(columnIds.filter((each) => (each === id ? on : shown.includes(each))))
              }
            />
          </li>
        ))}
      </ul>
    </PopoverButton>
  )
}
