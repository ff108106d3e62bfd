import type { Issue, PlannedVm } from '@deployer/core/plan.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { useMemo, useState } from 'react'
import { useDeploy } from '../deploy-context.ts'
import type { DeployForm } from '../form.ts'
import {
  type CellProblem,
  cellOfIssue,
  clashes,
  type Owners,
  ownersOf,
  unreadable,
} from './problems.ts'
import { type Base, baseOf, nameOf, type Row, rowsOf } from './rows.ts'

export type Table = {
  form: DeployForm
  rows: Row[]
  base: Base
  owners: Owners
  /** What is wrong, by row: cells that cannot be read, what comes twice, what the plan has against it. */
  problems: ReadonlyMap<number, readonly CellProblem[]>
  /** The plan's VM for a row, by its name. */
  planned: ReadonlyMap<string, PlannedVm>
  /** Puts another form in place, as one step that can be undone. */
  edit: (next: DeployForm) => void
  undo: (() => void) | null
  redo: (() => void) | null
}

/** What of the form the table changes. */
type Step = Pick<DeployForm, 'table' | 'namePattern' | 'quantity'>

const MAX_STEPS = 200

/** The table of the form, what is wrong in it, and the way back. */
export function useTable(request: DeploymentRequest | null): Table {
  const { form, change, template, plan } = useDeploy()
  const [past, setPast] = useState<readonly Step[]>([])
  const [future, setFuture] = useState<readonly Step[]>([])
  const base = useSame(baseOf(form, template))
  const rows = useMemo(() => rowsOf(form), [form])
  const owners = useMemo(() => ownersOf(rows, base), [rows, base])
  const blockers = plan.plan?.blockers
  const current = plan.current ? request : null
  const problems = useMemo(
    () => problemsOf(rows, base, owners, blockers ?? [], current),
    [rows, base, owners, blockers, current],
  )
  const vms = plan.plan?.vms
  const planned = useMemo(
    () => new Map((vms ?? []).map((vm) => [vm.name.toLowerCase(), vm])),
    [vms],
  )
  const now: Step = { table: form.table, namePattern: form.namePattern, quantity: form.quantity }
  const before = past.at(-1)
  const after = future.at(-1)
  return {
    form,
    rows,
    base,
    owners,
    problems,
    planned,
    edit: ({ table, namePattern, quantity }) => {
      const next: Step = { table, namePattern, quantity }
      if (JSON.stringify(next) === JSON.stringify(now)) return
      setPast([...past.slice(1 - MAX_STEPS), now])
      setFuture([])
      change(next)
    },
    undo:
      before === undefined
        ? null
        : () => {
            setPast(past.slice(0, -1))
            setFuture([...future, now])
            change(before)
          },
    redo:
      after === undefined
        ? null
        : () => {
            setFuture(future.slice(0, -1))
            setPast([...past, now])
            change(after)
          },
  }
}

/** The plan's blockers stay while a newer plan is on its way, as far as they name their VM. */
function problemsOf(
  rows: readonly Row[],
  base: Base,
  owners: Owners,
  blockers: readonly Issue[],
  request: DeploymentRequest | null,
): ReadonlyMap<number, readonly CellProblem[]> {
  const all = new Map<number, CellProblem[]>()
  const add = (row: number, problem: CellProblem) => {
    const there = all.get(row) ?? []
    // Two VMs with one name are the plan's blocker as well: one sentence is enough.
    if (!there.some(({ column }) => column === problem.column)) all.set(row, [...there, problem])
  }
  for (const found of [unreadable(rows, base), clashes(rows, base, owners)]) {
    for (const [row, problems] of found) for (const problem of problems) add(row, problem)
  }
  for (const blocker of blockers) {
    const place = placeOf(blocker, rows, request)
    if (place !== null) add(place.row, { column: place.column, message: blocker.message })
  }
  return all
}

const nothing: DeploymentRequest = {
  source: { kind: 'template', vmid: 100, clone: 'linked' },
  vms: [],
}

function placeOf(blocker: Issue, rows: readonly Row[], request: DeploymentRequest | null) {
  if (request !== null) return cellOfIssue(blocker, request, rows)
  const known = rows.some((row) => nameOf(row) === blocker.vm)
  return known ? cellOfIssue(blocker, nothing, rows) : null
}

/** The same object for as long as it says the same. */
function useSame<T>(value: T): T {
  const [kept, setKept] = useState({ value, text: JSON.stringify(value) })
  const text = JSON.stringify(value)
  if (text === kept.text) return kept.value
  setKept({ value, text })
  return value
}
