/** Collects what is wrong with a request, each thing once. */
import type { Issue } from './plan.ts'

export type IssueLog = { add: (issue: Issue) => void; list: () => Issue[] }

/** The same sentence about the same field is kept once; it names a VM only where it concerns a single one. */
export function createIssueLog(): IssueLog {
  const issues = new Map<string, Issue>()
  return {
    add: (issue) => {
      const key = JSON.stringify([issue.code, issue.field, issue.message])
      const before = issues.get(key)
      if (before === undefined) issues.set(key, issue)
      else if (before.vm !== issue.vm) issues.set(key, withoutVm(before))
    },
    list: () => [...issues.values()],
  }
}

function withoutVm({ vm: _vm, ...rest }: Issue): Issue {
  return rest
}
