import { ChevronDownIcon } from '@heroicons/react/16/solid'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { useCallback, useMemo, useState } from 'react'
import { plural } from '../../../ui/format.ts'
import { LiveRegion } from '../../../ui/LiveRegion.tsx'
import { toast } from '../../../ui/Toast.tsx'
import { useDeploy } from '../deploy-context.ts'
import { effectivePattern } from '../names.ts'
import type { Goal } from '../form-reader.ts'
import { AddRow } from './AddRow.tsx'
import { CellEditor } from './CellEditor.tsx'
import { type ColumnId, usualColumns } from './columns.ts'
import { Exchange } from './Exchange.tsx'
import { applyFix, fixOf } from './fixes.ts'
import { resetRows } from './edits.ts'
import { Grid } from './Grid.tsx'
import { gridHandlers } from './keys.ts'
import { PasteDialog } from './PasteDialog.tsx'
import { clashWords, ownerOf } from './problems.ts'
import { cellOf, inheritedCell } from './rows.ts'
import { Toolbar } from './Toolbar.tsx'
import { type GridState, spotWords, useGrid } from './useGrid.ts'
import { type Table, useTable } from './useTable.ts'

/** One row for each VM: the pattern fills them, cells override it. */
export function TableView({
  request,
  goal,
  onEditPattern,
}: {
  request: DeploymentRequest | null
  goal: Goal | null
  onEditPattern: () => void
}) {
  const table = useTable(request)
  const [wanted, setPicked] = useState<readonly ColumnId[]>(usualColumns)
  const known = table.base.columns
  const picked = useMemo(() => wanted.filter((id) => known.includes(id)), [wanted, known])
  /** The text that is being taken over; '' while it is still to be given. */
  const [pasting, setPasting] = useState<string | null>(null)
  const grid = useGrid(table, picked, setPasting)
  const [typingProblem, setTypingProblem] = useState<string | null>(null)
  const [reached, setReached] = useState<Goal | null>(null)
  if (goal !== null && goal !== reached) {
    setReached(goal)
    const columns = picked.includes(goal.column) ? picked : [...picked, goal.column]
    setPicked(columns)
    grid.goTo(goal.row, columns.indexOf(goal.column))
  }
  const onProblem = useCallback((problem: string | null) => setTypingProblem(problem), [])
  const { activeRow, activeColumn, selection } = grid
  const editor =
    grid.editing === null || activeRow === undefined ? null : (
      <CellEditor
        key={`${selection.active.row} ${activeColumn}`}
        column={activeColumn}
        label={spotWords(grid)}
        start={grid.editing}
        problemOf={(text) => {
          const { owners, rows, base } = table
          const index = selection.active.row
          const other = ownerOf(owners, rows, base, index, activeColumn, text)
          const row = other === null ? undefined : rows[other]
          return row === undefined || other === null
            ? null
            : clashWords(activeColumn, text, row, other)
        }}
        onProblem={onProblem}
        onCommit={grid.commit}
        onCancel={grid.cancel}
      />
    )
  const empty = table.rows.length === 0
  return (
    <>
      <section aria-label="Table" className="card min-w-0 overflow-hidden">
        <Toolbar
          table={table}
          grid={grid}
          shown={picked}
          onShown={setPicked}
          onPaste={() => setPasting('')}
          onImport={setPasting}
        />
        {empty ? (
          <p className="px-4 py-6 text-sm text-muted">
            No VMs yet. Type a name or a pattern below, paste a list, or fill in the form.
          </p>
        ) : (
          <Grid
            table={table}
            shown={picked}
            selection={selection}
            fillTo={grid.fillTo}
            editor={editor}
            focus={grid.focus}
            handlers={gridHandlers(table, grid)}
            patternRow={
              table.base.count === 0 ? null : (
                <PatternRow table={table} onEditPattern={onEditPattern} span={picked.length + 2} />
              )
            }
          />
        )}
        <AddRow table={table} />
        {!empty && <CellStatus table={table} grid={grid} problem={typingProblem} />}
      </section>
      <Exchange table={table} shown={picked} onText={setPasting} />
      {pasting !== null && (
        <PasteDialog
          text={pasting}
          table={table}
          shown={picked}
          start={selection.active}
          onClose={() => setPasting(null)}
        />
      )}
      <LiveRegion text={typingProblem ?? ''} />
    </>
  )
}

/** What fills the rows, and the way to it. */
function PatternRow({
  table,
  span,
  onEditPattern,
}: {
  table: Table
  span: number
  onEditPattern: () => void
}) {
  const { form, template, names } = useDeploy()
  const changed = table.rows.filter(
    (row) => row.place.kind === 'pattern' && Object.keys(row.cells).length > 0,
  )
  const made = table.rows.filter((row) => row.place.kind === 'pattern').length
  const size = form.size === 'template' || form.size === 'custom' ? null : form.size
  const storage = table.base.cells.storage ?? ''
  const from = [template?.name, size, storage].filter(
    (part) => part !== undefined && part !== null && part !== '',
  )
  return (
    <div role="row" className="border-b border-line bg-accent-soft">
      <div
        role="gridcell"
        aria-colspan={span}
        className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 px-2.5 text-xs"
      >
        <ChevronDownIcon className="size-4 text-muted" aria-hidden />
        <span className="font-mono font-medium text-accent-text">{effectivePattern(form)}</span>
        <span className="min-w-0 flex-1 truncate text-body">
          {plural(made, 'VM')}
          {from.length > 0 && ` from ${from.join(', ')}`}
          {made < names.names.length && `, ${names.names.length - made} more`}
        </span>
        <button type="button" className="link" onClick={onEditPattern}>
          Edit pattern
        </button>
        {changed.length > 0 && (
          <button
            type="button"
            className="link"
            onClick={() => {
              table.edit(resetRows(table.form, changed))
              toast('ok', `${plural(changed.length, 'row')} back to the pattern`)
            }}
          >
            Reset {plural(changed.length, 'changed row')}
          </button>
        )}
      </div>
    </div>
  )
}

/** Where the active cell's value comes from, and what the keys do. */
function CellStatus({
  table,
  grid,
  problem,
}: {
  table: Table
  grid: GridState
  problem: string | null
}) {
  const { activeRow, activeColumn, box } = grid
  const fix = grid.editing === null ? fixOf(table, grid.selection.active.row) : null
  const cells = (box.bottom - box.top + 1) * (box.right - box.left + 1)
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 border-t border-line bg-raised px-3 py-1.5 text-xs">
      <span className="font-medium text-ink">{spotWords(grid)}</span>
      <span className="min-w-0 flex-1 truncate text-muted" data-source>
        {problem !== null && grid.editing !== null ? (
          <span className="text-bad">{problem}</span>
        ) : cells > 1 ? (
          `${plural(cells, 'cell')} selected`
        ) : activeRow === undefined ? (
          ''
        ) : (
          sourceWords(table, activeRow, activeColumn)
        )}
      </span>
      {fix !== null && (
        <button type="button" className="link" onClick={() => table.edit(applyFix(table, fix))}>
          {fix.words}
        </button>
      )}
      <span className="hidden items-center gap-3 text-muted xl:flex">
        <KeyHint keys="↵" does="edit" />
        <KeyHint keys={onMac ? '⌘D' : 'Ctrl D'} does="fill down" />
        <KeyHint keys="⌫" does="back to inherited" />
      </span>
    </div>
  )
}

const onMac = /mac|iphone|ipad/i.test(navigator.userAgent)

function KeyHint({ keys, does }: { keys: string; does: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <kbd className="rounded-xs border border-edge px-1 font-sans text-2xs">{keys}</kbd>
      {does}
    </span>
  )
}

/** `4 GiB from pattern, 8 GiB set here`. */
function sourceWords(
  { base }: Table,
  row: NonNullable<GridState['activeRow']>,
  column: ColumnId,
): string {
  const own = row.cells[column]
  const inherited = inheritedCell(row, base, column)
  if (column === 'name' && row.place.kind === 'own') return 'A name of its own'
  const source = inherited === '' ? 'automatic, by the plan' : `${inherited} from pattern`
  return own === undefined ? source : `${source}, ${cellOf(row, base, column)} set here`
}
