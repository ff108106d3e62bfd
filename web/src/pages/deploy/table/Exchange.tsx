import { ArrowDownTrayIcon, ClipboardDocumentListIcon } from '@heroicons/react/16/solid'
import { useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { cx } from '../../../ui/cx.ts'
import { type ColumnId, columnIds } from './columns.ts'
import { formatDelimited } from './delimited.ts'
import { cellOf } from './rows.ts'
import { readList } from './Toolbar.tsx'
import type { Table } from './useTable.ts'

/** Heads that come back as the same columns. */
const heads: Partial<Record<ColumnId, string>> = { ip: 'ip' }

/** The way of lists in and out: a place to drop a file, and the rows as one. */
export function Exchange({
  table,
  shown,
  onText,
}: {
  table: Table
  shown: readonly ColumnId[]
  onText: (text: string) => void
}) {
  const [over, setOver] = useState(false)
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const [file] = event.dataTransfer.files
        if (file !== undefined) void readList(file, onText)
      }}
      className={cx(
        'flex flex-wrap items-start gap-x-4 gap-y-3 rounded-lg border border-dashed p-4',
        over ? 'border-accent-text bg-accent-soft' : 'border-edge',
      )}
    >
      <ClipboardDocumentListIcon className="mt-0.5 size-4 text-muted" aria-hidden />
      <div className="min-w-60 flex-1 text-xs text-muted">
        <p className="text-sm font-medium text-ink">
          Paste from a spreadsheet anywhere in the table, or drop a CSV here
        </p>
        <p>
          Columns are matched by their head: name, vmid, node, ip, cores, memory, disk, tags. You
          see what was matched and what was refused before anything changes.
        </p>
      </div>
      {table.rows.length > 0 && (
        <Button size="sm" icon={ArrowDownTrayIcon} onClick={() => download(csvOf(table, shown))}>
          Get a CSV of these rows
        </Button>
      )}
    </div>
  )
}

/** What the rows ask for; empty where the plan decides. Columns that differ anywhere are in it, shown or not. */
function csvOf({ rows, base }: Table, shown: readonly ColumnId[]): string {
  const used = columnIds.filter(
    (id) => shown.includes(id) || rows.some((row) => row.cells[id] !== undefined),
  )
  const lines = rows.map((row) => used.map((id) => cellOf(row, base, id)))
  return formatDelimited([used.map((id) => heads[id] ?? id), ...lines], ',')
}

function download(text: string): void {
  const url = URL.createObjectURL(new Blob([text, '\r\n'], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'vms.csv'
  link.click()
  URL.revokeObjectURL(url)
}
