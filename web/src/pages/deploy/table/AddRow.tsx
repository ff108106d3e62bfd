import { PlusIcon } from '@heroicons/react/16/solid'
import { expandNames } from '@deployer/core/patterns.ts'
import { useState } from 'react'
import { addRows, roomFor } from './edits.ts'
import { readCell } from './columns.ts'
import type { Table } from './useTable.ts'

/** The last line of the table: a name or a pattern makes rows of their own. */
export function AddRow({ table }: { table: Table }) {
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const add = () => {
    const made = namesIn(text.trim())
    if (typeof made === 'string') {
      setProblem(made)
      return
    }
    const room = roomFor(table.form)
    if (made.length > room) {
      setProblem(`One deployment has at most 500 VMs: ${room} more fit.`)
      return
    }
    const { form } = table
    // The first rows of all are the pattern itself.
    table.edit(
      table.base.count === 0 && form.namePattern.trim() === ''
        ? { ...form, namePattern: text.trim(), quantity: made.length }
        : addRows(
            form,
            made.map((name) => ({ name })),
          ),
    )
    setText('')
    setProblem(null)
  }
  return (
    <div className="border-t border-line text-xs">
      <label className="flex h-9 items-center">
        <span className="flex w-9 justify-center text-muted">
          <PlusIcon className="size-3.5" aria-hidden />
        </span>
        <input
          id="table-add-row"
          aria-label="Add VMs by name or pattern"
          aria-invalid={problem !== null}
          placeholder="Type a name, or a pattern such as lb-{1..2}, to add more"
          value={text}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setText(event.target.value)
            setProblem(null)
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || text.trim() === '')
              return
            event.preventDefault()
            add()
          }}
          className="h-full min-w-0 flex-1 bg-transparent px-2.5 text-ink -outline-offset-2 placeholder:text-faint"
        />
      </label>
      {problem !== null && <p className="bg-bad-soft px-2.5 py-1 pl-11 text-bad">{problem}</p>}
    </div>
  )
}

/** The names that a text makes, or why none. */
function namesIn(text: string): string[] | string {
  const made = expandNames(text)
  if (!made.ok) return made.error.message
  for (const name of made.values) {
    const read = readCell('name', name)
    if (!read.ok) return read.problem
  }
  return made.values
}
