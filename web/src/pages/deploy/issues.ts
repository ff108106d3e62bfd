/** What stands against a plan, put together for reading, and what one click does about it. Pure. */
import type { Issue, Plan } from '@deployer/core/plan.ts'
import { fieldOfIssue } from './deploy-action.ts'
import type { DeployForm, FormField } from './form.ts'
import { effectivePattern, movedOn, withQuantity } from './names.ts'

export type IssueGroup = {
  tone: 'bad' | 'warn'
  /** Never empty; more than one where they differ in nothing but what they are about. */
  issues: Issue[]
  /** The first sentence of each issue. */
  titles: string[]
  /** What follows it, the same for all. */
  rest: string
}

/** Blockers, then warnings. Ten names that are taken, or three nodes that are too small, are one thing to read. */
export function groupIssues({ blockers, warnings }: Pick<Plan, 'blockers' | 'warnings'>) {
  const groups = new Map<string, IssueGroup>()
  const add = (tone: IssueGroup['tone'], issue: Issue) => {
    const { title, rest } = firstSentence(issue.message)
    const key = JSON.stringify([tone, issue.code, fieldOfIssue(issue), rest])
    const group = groups.get(key) ?? { tone, issues: [], titles: [], rest }
    group.issues.push(issue)
    group.titles.push(title)
    groups.set(key, group)
  }
  for (const issue of blockers) add('bad', issue)
  for (const issue of warnings) add('warn', issue)
  return [...groups.values()]
}

/** The first sentence is the title, what follows explains. */
function firstSentence(message: string): { title: string; rest: string } {
  const end = /[.!?]\s+(?=[A-Z])/.exec(message)
  if (end === null) return { title: message.replace(/\.$/, ''), rest: '' }
  return { title: message.slice(0, end.index), rest: message.slice(end.index + end[0].length) }
}

/** `words` for the button: `Use web-{11..20}`. */
export type Fix = { words: string; change: Partial<DeployForm> }

/** The way out of a group of blockers where the form alone knows one; `names` are those that the form makes. */
export function fixOf(
  { issues }: IssueGroup,
  form: DeployForm,
  names: readonly string[],
): Fix | null {
  const code = issues[0]?.code
  if (code === 'name-taken') return nextNames(issues, form, names)
  if (code === 'count-mismatch') return asManyAddresses(issues, form, names.length)
  return null
}

/** The pattern counted on behind the last name that is taken; whether those are free, the next plan says. */
function nextNames(issues: Issue[], form: DeployForm, names: readonly string[]): Fix | null {
  const taken = new Set(issues.map(({ vm }) => vm))
  const last = names.findLastIndex((name) => taken.has(name))
  const namePattern = movedOn(effectivePattern(form), last + 1)
  return namePattern === null ? null : { words: `Use ${namePattern}`, change: { namePattern } }
}

/** The range as long as there are VMs. */
function asManyAddresses(issues: Issue[], form: DeployForm, count: number): Fix | null {
  if (!issues.every((issue) => fieldOfIssue(issue) === 'range')) return null
  const range = withQuantity(form.range.trim(), count)
  return range === form.range.trim() ? null : { words: `Use ${range}`, change: { range } }
}

/** The same for the field where a blocker stands. */
export function fixOfField(
  field: FormField,
  plan: Plan,
  form: DeployForm,
  names: readonly string[],
): Fix | null {
  for (const group of groupIssues(plan)) {
    if (!group.issues.some((issue) => fieldOfIssue(issue) === field)) continue
    const fix = fixOf(group, form, names)
    if (fix !== null) return fix
  }
  return null
}
