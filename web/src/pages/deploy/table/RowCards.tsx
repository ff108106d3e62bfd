import { useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { plural } from '../../../ui/format.ts'
import { StatusGlyph } from '../../../ui/StatusGlyph.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { AddRow } from './AddRow.tsx'
import { columns, type ColumnId, usualColumns } from './columns.ts'
import { deleteRows, resetRows, setCells } from './edits.ts'
import { applyFix, fixOf } from './fixes.ts'
import { inheritedText } from './GridRow.tsx'
import { cellOf, nameOf, type Row } from './rows.ts'
import { type Table, useTable } from './useTable.ts'

const STEP = 50

/** The table where there is no room for one: a card for each VM, which opens. */
export function RowCards({ request }: { request: DeploymentRequest | null }) {
  const table = useTable(request)
  const [shown, setShown] = useState(STEP)
  return (
    <section aria-label="Change single VMs" className="flex flex-col gap-2">
      <h2 className="text-md">Change single VMs</h2>
      {table.rows.length === 0 && (
        <p className="text-xs text-muted">No VMs yet. Type a name or a pattern below.</p>
      )}
      {table.rows.slice(0, shown).map((row, index) => (
        <RowCard
          key={`${row.place.kind} ${row.place.index}`}
          table={table}
          row={row}
          index={index}
        />
      ))}
      {table.rows.length > shown && (
        <Button onClick={() => setShown(shown + STEP)}>
          Show {plural(Math.min(STEP, table.rows.length - shown), 'more VM')}
        </Button>
      )}
      <div className="card">
        <AddRow table={table} />
      </div>
    </section>
  )
}

function RowCard({ table, row, index }: { table: Table; row: Row; index: number }) {
  const { base, problems } = table
  const [open, setOpen] = useState(false)
  const wrong = problems.get(index)
  const fix = fixOf(table, index)
  const planned = table.planned.get(nameOf(row).toLowerCase())
  const text = (id: ColumnId) => row.cells[id] ?? inheritedText({ row, base, planned }, id)
  const changed = Object.keys(row.cells).filter((id) => id !== 'name').length
  return (
    <div className="card">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex min-h-14 w-full items-center gap-3 rounded-lg px-3 py-2 text-left"
      >
        <span className="min-w-0 flex-1">
          <span className="block truncate font-mono text-sm font-medium text-ink">
            {nameOf(row)}
          </span>
          <span className="block truncate text-xs text-muted">
            {[text('ip'), `${text('cores')} cores`, text('memory'), text('disk')].join(', ')}
          </span>
          {wrong !== undefined && (
            <span className="block text-xs text-bad">{wrong[0]?.message}</span>
          )}
        </span>
        {wrong !== undefined ? (
          <StatusGlyph kind="failed" label="must fix" />
        ) : (
          changed > 0 && <span className="text-2xs text-accent-text">{changed} set here</span>
        )}
      </button>
      {fix !== null && (
        <div className="px-3 pb-3">
          <Button onClick={() => table.edit(applyFix(table, fix))}>{fix.words}</Button>
        </div>
      )}
      {open && (
        <div className="grid grid-cols-2 gap-3 border-t border-line p-3">
          {usualColumns
            .filter((id) => base.columns.includes(id))
            .map((id) => (
              <CardField key={id} table={table} row={row} column={id} inherited={text(id)} />
            ))}
          <Button onClick={() => table.edit(resetRows(table.form, [row]))}>Reset</Button>
          <Button variant="danger" onClick={() => table.edit(deleteRows(table.form, [row]))}>
            Leave it out
          </Button>
        </div>
      )}
    </div>
  )
}

/** Set when it is left; empty goes back to the pattern. */
function CardField({
  table,
  row,
  column,
  inherited,
}: {
  table: Table
  row: Row
  column: ColumnId
  inherited: string
}) {
  const own = row.cells[column] ?? ''
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <Field label={columns[column].title} className={column === 'tags' ? 'col-span-2' : undefined}>
      <TextInput
        mono={columns[column].mono}
        value={typed ?? own}
        placeholder={inherited}
        onChange={setTyped}
        onBlur={() => {
          if (typed !== null && typed !== cellOf(row, table.base, column)) {
            table.edit(setCells(table.form, table.base, [{ row, column, text: typed }]))
          }
          setTyped(null)
        }}
      />
    </Field>
  )
}
