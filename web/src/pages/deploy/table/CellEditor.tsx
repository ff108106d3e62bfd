import { useEffect, useRef, useState } from 'react'
import { cx } from '../../../ui/cx.ts'
import { columns, type ColumnId } from './columns.ts'

/** Where the edit ends: which way the active cell goes on. */
export type Leave = 'down' | 'up' | 'right' | 'left' | 'stay'

/** The text of one cell while it is typed. Only this is drawn anew with each key. */
export function CellEditor({
  column,
  label,
  start,
  problemOf,
  onProblem,
  onCommit,
  onCancel,
}: {
  column: ColumnId
  label: string
  start: string
  /** What is wrong with a text, as it is typed; only what comes twice, since half a word is not wrong yet. */
  problemOf: (text: string) => string | null
  onProblem: (problem: string | null) => void
  onCommit: (text: string, leave: Leave) => void
  onCancel: () => void
}) {
  const [text, setText] = useState(start)
  const input = useRef<HTMLInputElement>(null)
  const done = useRef(false)
  const problem = problemOf(text)
  useEffect(() => {
    const element = input.current
    element?.focus({ preventScroll: true })
    element?.setSelectionRange(element.value.length, element.value.length)
  }, [])
  useEffect(() => onProblem(problem), [problem, onProblem])
  const commit = (leave: Leave) => {
    if (done.current) return
    done.current = true
    onCommit(text, leave)
  }
  return (
    <input
      ref={input}
      aria-label={label}
      aria-invalid={problem !== null}
      value={text}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setText(event.target.value)}
      onBlur={() => commit('stay')}
      onPointerDown={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        // Arrows and letters belong to the text.
        event.stopPropagation()
        if (event.nativeEvent.isComposing) return
        const leave = leaves(event.key, event.shiftKey)
        if (event.key === 'Escape') {
          done.current = true
          event.preventDefault()
          onCancel()
        } else if (leave !== null) {
          event.preventDefault()
          commit(leave)
        }
      }}
      className={cx(
        'absolute inset-0 h-full w-full min-w-0 bg-well px-2.5 text-xs font-semibold text-ink outline-2 -outline-offset-2 select-text',
        columns[column].align === 'right' && 'text-right',
        columns[column].mono && 'font-mono',
        problem === null ? 'outline-accent-text' : 'text-bad outline-bad',
      )}
    />
  )
}

function leaves(key: string, shift: boolean): Leave | null {
  if (key === 'Enter') return shift ? 'up' : 'down'
  if (key === 'Tab') return shift ? 'left' : 'right'
  return null
}
