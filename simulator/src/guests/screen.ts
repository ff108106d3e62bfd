import type { Cluster } from '../cluster.ts'
import type { Guest } from '../world.ts'

/**
 * What firmware, loaders and installers show of a running guest now, line by line; undefined where it is off, or a system
 * has taken over that shows its own.
 */
export const bootScreen = (cluster: Cluster, { running }: Guest): string[] | undefined => {
  if (!running) return undefined
  const now = cluster.clock.now()
  const { questions, screens = [], setup, portsAt, networkAt } = running
  const isUp = setup?.doneAt !== undefined && setup.doneAt <= now
  if (isUp) return undefined
  if (questions && questions.from <= now) return questions.lines[questions.asked]
  const shown = screens.findLast(({ at }) => at <= now)
  // After the firmware a system boots from its disk.
  const boots = setup === undefined && (networkAt ?? portsAt) !== undefined
  const promptIsOver = running.keyPrompt === undefined || running.keyPrompt.until <= now
  return boots && promptIsOver ? undefined : shown?.lines
}
