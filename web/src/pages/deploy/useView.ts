import type { Issue } from '@deployer/core/plan.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { fieldOfIssue } from './deploy-action.ts'
import type { DeployForm, FormField } from './form.ts'
import type { FormReader, Goal } from './form-reader.ts'
import { isPlain } from './table/plain.ts'
import type { Basis } from './scratch/basis.ts'

export type View = 'form' | 'table'

/** Form or table, and the way to what has to be put right, whichever of them has it. */
export function useView(
  reader: FormReader | null,
  form: DeployForm,
  template: Basis | null,
  request: DeploymentRequest | null,
  goToField: (field: FormField, path?: string) => void,
) {
  // Whoever has to choose what the VMs are made from first does that in the form.
  const [view, setView] = useState<View>(() =>
    isPlain(form) || !hasSource(form) ? 'form' : 'table',
  )
  const [goal, setGoal] = useState<Goal | null>(null)
  const goToCell = (place: Goal | null) => {
    setView('table')
    setGoal(place)
  }
  const goTo = (field: FormField, path?: string) => {
    if (field === 'table') {
      goToCell(reader?.firstUnreadable(form, template) ?? null)
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
      const place =
        inTable && request !== null ? (reader?.cellFor(issue, request, form) ?? null) : null
      if (place !== null) goToCell(place)
      else if (field !== null) goTo(field, partPath(issue.field))
    },
  }
}

function hasSource({ source, template, volid }: DeployForm): boolean {
  return source === 'template' ? template !== null : volid !== ''
}

/** The part of a field that a path into the request is about, where the field has parts. */
function partPath(field: string | undefined): string | undefined {
  return /\.(?:cloudInit|hardware|unattended|networks\.0)\.(.+)$/.exec(field ?? '')?.[1]
}
