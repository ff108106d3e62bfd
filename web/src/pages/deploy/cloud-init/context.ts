import { cloudInitSchema } from '@deployer/core/cloud-init/request.ts'
import type { Issue } from '@deployer/core/plan.ts'
import { createContext, useContext } from 'react'
import { type CloudInitForm, withSetting } from './state.ts'
import { toCloudInit } from './to-cloud-init.ts'

/** What the fields of the section share. */
export type FirstBoot = {
  value: CloudInitForm
  set: <Key extends keyof CloudInitForm>(key: Key, value: CloudInitForm[Key] | undefined) => void
  replace: (value: CloudInitForm) => void
  /** What is wrong at a path (`users.0.name`) once it was left, or what the plan has against it. */
  errorOf: (path: string) => string | null
  touch: (path: string) => void
}

export const FirstBootContext = createContext<FirstBoot | null>(null)

export function useFirstBoot(): FirstBoot {
  const firstBoot = useContext(FirstBootContext)
  if (firstBoot === null) throw new Error('These fields stand inside of FirstBootContext')
  return firstBoot
}

export const setting =
  (value: CloudInitForm, replace: (next: CloudInitForm) => void): FirstBoot['set'] =>
  (key, next) =>
    replace(withSetting(value, key, next))

/** Id of the control for a path, so that a blocker can lead to it. */
export function firstBootId(path: string): string {
  return `deploy-cloudInit.${path}`
}

/** What cannot be sent as it is, by path. The first problem of each. */
export function typedProblems(form: CloudInitForm): Map<string, string> {
  const { cloudInit, problems } = toCloudInit(form)
  const found = new Map(problems.map(({ path, message }) => [path, message]))
  const checked = cloudInitSchema.safeParse(cloudInit ?? {})
  for (const issue of checked.error?.issues ?? []) {
    for (const { path, message } of leaves(issue)) {
      if (!found.has(path)) found.set(path, message)
    }
  }
  return found
}

type ZodIssue = NonNullable<ReturnType<typeof cloudInitSchema.safeParse>['error']>['issues'][number]

/** Of several shapes that were tried, the last says what is wrong: it is the one with the most in it. */
function leaves(issue: ZodIssue): { path: string; message: string }[] {
  const path = issue.path.join('.')
  const [last] = issue.code === 'invalid_union' ? issue.errors.slice(-1) : []
  if (last === undefined || last.length === 0) return [{ path, message: issue.message }]
  return last.map((inner) => ({
    path: [path, ...inner.path].join('.'),
    message: inner.message,
  }))
}

/** What the plan has against the settings of all VMs, by path. */
export function plannedProblems(blockers: readonly Issue[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const { field = '', message } of blockers) {
    const [, path] = /(?:^|\.)(?:defaults|vms\.0)\.cloudInit\.?(.*)$/.exec(field) ?? []
    if (path !== undefined && !found.has(path)) found.set(path, message)
  }
  return found
}

/** The message for a field, which also stands for what lies below it (`packages` for `packages.2`). */
export function problemAt(
  problems: ReadonlyMap<string, string>,
  path: string,
  items?: readonly unknown[],
): string | null {
  const own = problems.get(path)
  if (own !== undefined) return own
  for (const [at, message] of problems) {
    if (!at.startsWith(`${path}.`)) continue
    const item = items?.[Number(at.slice(path.length + 1).split('.')[0])]
    return typeof item === 'string' ? `${shortened(item)}: ${message}` : message
  }
  return null
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
