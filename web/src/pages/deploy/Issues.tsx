import type { Plan } from '@deployer/core/plan.ts'
import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Message } from '../../ui/Message.tsx'
import { fieldOfIssue } from './deploy-action.ts'
import { useDeploy } from './deploy-context.ts'
import { sectionOf, sectionTitles } from './fields.ts'
import { fixOf, groupIssues, type IssueGroup } from './issues.ts'
import { isPlain } from './table/plain.ts'

const GROUPS = 4

/** What stands against the plan, and what is worth knowing before it runs. */
export function Issues({ plan }: { plan: Plan }) {
  const [all, setAll] = useState(false)
  const groups = groupIssues(plan)
  if (groups.length === 0) return null
  const shown = all ? groups : groups.slice(0, GROUPS)
  return (
    <ul
      aria-label="Blockers and warnings"
      // The blocked button leads here where a blocker has no field.
      data-issues
      tabIndex={-1}
      className="flex flex-col gap-2 border-b border-line p-4 sm:px-5"
    >
      <PoolMayHelp plan={plan} />
      {shown.map((group) => (
        <li key={`${group.tone} ${group.titles[0]} ${group.rest}`}>
          <GroupMessage group={group} />
        </li>
      ))}
      {shown.length < groups.length && (
        <li>
          <ShowMore onPress={() => setAll(true)}>Show {groups.length - shown.length} more</ShowMore>
        </li>
      )}
    </ul>
  )
}

function ShowMore({ onPress, children }: { onPress: () => void; children: React.ReactNode }) {
  return (
    <Button size="sm" variant="ghost" className="text-accent-text!" onClick={onPress}>
      {children}
    </Button>
  )
}

/** Permissions on a pool hold for the VMs in it. */
function PoolMayHelp({ plan }: { plan: Plan }) {
  const { form, inventory, goTo } = useDeploy()
  const helps =
    form.pool === '' &&
    inventory.pools.length > 0 &&
    plan.blockers.some((issue) => issue.code === 'privilege-missing' && issue.field === undefined)
  if (!helps) return null
  return (
    <li>
      <Message
        tone="info"
        title="A pool may give you these rights"
        action={
          <button type="button" className="link" onClick={() => goTo('pool')}>
            Choose a pool
          </button>
        }
      >
        <p>Permissions on a pool hold for the VMs in it.</p>
      </Message>
    </li>
  )
}

const TITLES = 3

function GroupMessage({ group }: { group: IssueGroup }) {
  const { form, names, plan, change, goToIssue } = useDeploy()
  const [all, setAll] = useState(false)
  const { tone, issues, titles, rest } = group
  const [issue] = issues
  const [title, ...others] = titles
  if (issue === undefined || title === undefined) return null
  const field = fieldOfIssue(issue)
  const fix = plan.current && isPlain(form) ? fixOf(group, form, names.names) : null
  const shown = all ? others : others.slice(0, TITLES - 1)
  const place = [
    field === null ? null : sectionTitles[sectionOf(field)],
    // Said in the sentence already, most of the time.
    issue.vm === undefined || issue.message.includes(issue.vm) ? null : issue.vm,
  ].filter((part) => part !== null)
  return (
    <Message
      tone={tone}
      title={title}
      action={
        field === null ? undefined : (
          <button type="button" className="link" onClick={() => goToIssue(issue)}>
            Go to field
            <span className="sr-only">: {title}</span>
          </button>
        )
      }
    >
      {shown.map((other) => (
        <p key={other} className="mt-1 font-medium text-ink">
          {other}
        </p>
      ))}
      {shown.length < others.length && (
        <button type="button" className="link" onClick={() => setAll(true)}>
          and {others.length - shown.length} more
        </button>
      )}
      {rest !== '' && <p className={others.length > 0 ? 'mt-1' : undefined}>{rest}</p>}
      {place.length > 0 && <p className="text-muted">{place.join(', ')}</p>}
      {fix && (
        <Button size="sm" className="mt-2 mb-0.5" onClick={() => change(fix.change)}>
          {fix.words}
        </Button>
      )}
    </Message>
  )
}
