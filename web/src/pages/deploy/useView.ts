import type { Template } from '@deployer/core/inventory.ts'
import type { Issue } from '@deployer/core/plan.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { fieldOfIssue } from './deploy-action.ts'
import type { DeployForm, FormField } from './form.ts'
import type { ColumnId } from './table/columns.ts'
import { cellOfIssue, unreadable } from './table/problems.ts'
import { baseOf, isPlain, rowsOf } from './table/rows.ts'

export type View = 'form' | 'table'

/** A cell that something outside of the table leads to; a new object each time. */
export type Goal = { row: number; column: ColumnId }

/** Form or table, and the way to what has to be put right, whichever of them has it. */
export function useView(
  form: DeployForm,
  template: Template | null,
  request: DeploymentRequest | null,
  goToField: (field: FormField, path?: string) => void,
) {
  // Whoever has to choose a template first does that in the form.
  const [view, setView] = useState<View>(() =>
    isPlain(form) || form.template === null ? 'form' : 'table',
  )
  const [goal, setGoal] = useState<Goal | null>(null)
  const goToCell = (place: Goal | null) => {
    setView('table')
    setGoal(place)
  }
  const goTo = (field: FormField, path?: string) => {
    if (field === 'table') {
      goToCell(firstUnreadable(form, template))
      return
    }
    flushSync(() => setView('form'))
    goToField(field, path)
  }
  return {
    view,
    setView,
    goal,
    goTo,
    goToIssue: (issue: Issue) => {
      const field = fieldOfIssue(issue)
      const inTable = view === 'table' || field === 'table' || !isPlain(form)
      const place = inTable && request !== null ? cellOfIssue(issue, request, rowsOf(form)) : null
      if (place !== null) goToCell(place)
      else if (field !== null) goTo(field, firstBootPath(issue.field))
    },
  }
}

/** The part of the first boot that a path into the request is about. */
function firstBootPath(field: string | undefined): string | undefined {
  return /\.cloudInit\.(.+)$/.exec(field ?? '')?.[1]
}

/** The first cell without which there is no request. */
function firstUnreadable(form: DeployForm, template: Template | null): Goal | null {
  const [first] = unreadable(rowsOf(form), baseOf(form, template))
  const problem = first?.[1][0]
  return first === undefined || problem === undefined
    ? null
    : { row: first[0], column: problem.column }
}
