/** What the Deploy button says, and why it cannot be pressed. Pure. */
import type { Issue } from '@deployer/core/plan.ts'
import { plural } from '../../ui/format.ts'
import { fieldOfPath, formFields } from './fields.ts'
import type { FormField } from './form.ts'
import { noName } from './names.ts'
import type { FieldErrors } from './request.ts'
import type { PlanState } from './usePlan.ts'

export type DeployAction = {
  /** `Deploy 10 VMs`. */
  label: string
  /** What goes on, so that it has to wait. */
  working: string | null
  /** Why it cannot be pressed. */
  blocked: string | null
  /** The field that has to be put right first, where there is one. */
  firstField: FormField | null
}

/** `vmCount` null: the names cannot be read yet. */
export function deployAction(
  vmCount: number | null,
  errors: FieldErrors,
  plan: Pick<PlanState, 'plan' | 'current' | 'answers' | 'error'>,
  submitting: boolean,
): DeployAction {
  const vms = vmCount === null || vmCount === 0 ? 'VMs' : plural(vmCount, 'VM')
  const action = { label: `Deploy ${vms}`, working: null, blocked: null, firstField: null }
  if (submitting) return { ...action, working: `Deploying ${vms}` }
  if (!plan.answers) return { ...action, blocked: 'Proxmox does not answer' }
  const wrong = formFields.filter((field) => errors[field] !== undefined)
  if (wrong.length > 0) {
    return { ...action, blocked: whatIsWrong(wrong, errors), firstField: wrong[0] ?? null }
  }
  if (plan.error !== null) return { ...action, blocked: plan.error.problem.title }
  if (!plan.current) return { ...action, working: 'Checking the plan' }
  const blockers = plan.plan?.blockers ?? []
  if (blockers.length === 0) return action
  return {
    ...action,
    blocked: `Resolve ${plural(blockers.length, 'blocker')} first`,
    firstField: blockers.map(fieldOfIssue).find((field) => field !== null) ?? null,
  }
}

function whatIsWrong(wrong: FormField[], errors: FieldErrors): string {
  const [first] = wrong
  if (first === 'template') return 'Choose a template first'
  if (first === 'volid') return 'Choose what the VMs are made from first'
  if (wrong.length === 1 && errors.namePattern === noName) return 'Name the VMs first'
  return `Put ${plural(wrong.length, 'field')} right first`
}

export function fieldOfIssue(issue: Issue): FormField | null {
  return issue.field === undefined ? null : fieldOfPath(issue.field)
}
