import type { Bridge, Node, Pool, Storage, Template } from '@deployer/core/inventory.ts'
import type { Issue } from '@deployer/core/plan.ts'
import { createContext, useContext } from 'react'
import type { FormField, DeployForm } from './form.ts'
import type { NameList } from './names.ts'
import type { Basis } from './scratch/basis.ts'
import type { PlanState } from './usePlan.ts'

export type Inventory = {
  templates: Template[]
  nodes: Node[]
  storages: Storage[]
  bridges: Bridge[]
  pools: Pool[]
}

/** What the sections of the page share. */
export type Deploy = {
  form: DeployForm
  change: (patch: Partial<DeployForm>) => void
  touch: (field: FormField) => void
  /** What is wrong with a field: what was typed, once it was left, else the plan's blocker for it. */
  errorOf: (field: FormField) => string | null
  /** Shows a field, unfolds its section and moves the focus there. */
  goTo: (field: FormField) => void
  /** Shows what an issue of the plan is about: a field of the form, or a cell of the table. */
  goToIssue: (issue: Issue) => void
  /** What is not set is as here: the chosen template, or a profile. Null where nothing is chosen, or it is gone. */
  template: Basis | null
  inventory: Inventory
  names: NameList
  plan: PlanState
}

export const DeployContext = createContext<Deploy | null>(null)

export function useDeploy(): Deploy {
  const deploy = useContext(DeployContext)
  if (deploy === null) throw new Error('Sections of the deploy page stand inside of DeployContext')
  return deploy
}

/** Id of a field's control, so that a blocker can lead to it. */
export function controlId(field: FormField): string {
  return `deploy-${field}`
}
