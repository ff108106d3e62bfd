/**
 * Makes requests of forms, and reads what was kept and refused: all of the page that needs the schemas, and the table's part
 * in it. An empty form needs none of it.
 */
import { type Issue, type Plan, planSchema } from '@deployer/core/plan.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { z } from 'zod'
import type { DeployForm } from './form.ts'
import { loadDraft, loadPrevious } from './load-draft.ts'
import { toRequest } from './request.ts'
import type { Basis } from './scratch/basis.ts'
import type { ColumnId } from './table/columns.ts'
import { cellOfIssue, unreadable } from './table/problems.ts'
import { baseOf, rowsOf } from './table/rows.ts'

/** A cell that something outside of the table leads to; a new object each time. */
export type Goal = { row: number; column: ColumnId }

/** The first cell without which there is no request. */
function firstUnreadable(form: DeployForm, template: Basis | null): Goal | null {
  const [first] = unreadable(rowsOf(form), baseOf(form, template))
  const problem = first?.[1][0]
  return first === undefined || problem === undefined
    ? null
    : { row: first[0], column: problem.column }
}

/** The cell that an issue of the plan is about; null where it concerns no single VM. */
function cellFor(issue: Issue, request: DeploymentRequest, form: DeployForm): Goal | null {
  return cellOfIssue(issue, request, rowsOf(form))
}

const changedSchema = z.object({ plan: planSchema })

/** The plan that holds now, in an answer that refuses an older one; null where it is another answer. */
function changedPlan(answer: unknown): Plan | null {
  return changedSchema.safeParse(answer).data?.plan ?? null
}

export const formReader = {
  toRequest,
  loadDraft,
  loadPrevious,
  firstUnreadable,
  cellFor,
  changedPlan,
}

export type FormReader = typeof formReader
