/** What the form has to know of the table while nobody has opened it. */
import { expandNames } from '@deployer/core/patterns.ts'
import type { DeployForm } from '../form.ts'
import { effectivePattern, takesCount } from '../names.ts'

/** Names that the pattern makes; none while it cannot be read. */
export function patternNames(form: DeployForm): string[] {
  const pattern = effectivePattern(form)
  if (pattern === '') return []
  const made = expandNames(pattern, takesCount(pattern) ? form.quantity : undefined)
  return made.ok ? made.values : []
}

/** Whether the pattern alone says it all. */
export function isPlain(form: DeployForm): boolean {
  const { overrides, gone, rows } = form.table
  const count = patternNames(form).length
  return (
    rows.length === 0 &&
    !gone.some((index) => index < count) &&
    !Object.entries(overrides).some(
      ([index, cells]) => Number(index) < count && Object.keys(cells).length > 0,
    )
  )
}

/** One line for the form: what of the table its fields do not show. */
export function tableWords(form: DeployForm): string[] {
  const count = patternNames(form).length
  const { overrides, gone, rows } = form.table
  const changed = Object.entries(overrides).filter(
    ([index, cells]) =>
      Number(index) < count && !gone.includes(Number(index)) && Object.keys(cells).length > 0,
  ).length
  const out = gone.filter((index) => index < count).length
  return [
    ...(changed > 0 ? [`${changed} of ${count} changed`] : []),
    ...(out > 0 ? [`${out} left out`] : []),
    ...(rows.length > 0
      ? [`${rows.length} with a name of ${rows.length === 1 ? 'its' : 'their'} own`]
      : []),
  ]
}
