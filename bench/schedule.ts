/** What many jobs that share scarce things take at least, when nobody ever waits for anything else. */

/** What one job does, in order. */
export type Action<Name extends string> =
  | { do: 'work'; seconds: number }
  /** Waits, first come first served, until one of the resource is free. */
  | { do: 'take'; resource: string }
  | { do: 'give'; resource: string }
  /** From here `reach` counts. */
  | { do: 'mark' }
  /** Goes on at so many seconds after the mark, at once where they are over. */
  | { do: 'reach'; seconds: number }
  | { do: 'note'; name: Name }

/** When each note was reached, in seconds from the start. */
export type Timeline<Name extends string> = Map<Name, number>

type Job<Name extends string> = {
  left: Action<Name>[]
  mark: number
  /** For the resource that it looks for again and again. */
  waited: number
  timeline: Timeline<Name>
}

export type Rules = {
  /** How many may hold the resource at a time. */
  capacity: (resource: string) => number
  /** For a resource without a queue: who finds it taken looks again after so many seconds. Null where it has one. */
  pollSeconds?: (resource: string, waitedSeconds: number) => number | null
}

/** All jobs start at once, the first of the list first. */
export function runIdeally<Name extends string>(
  jobs: Action<Name>[][],
  { capacity, pollSeconds = () => null }: Rules,
): Timeline<Name>[] {
  const all = jobs.map((left): Job<Name> => ({
    left: [...left],
    mark: 0,
    waited: 0,
    timeline: new Map(),
  }))
  const held = new Map<string, number>()
  const queues = new Map<string, Job<Name>[]>()
  const due: { at: number; job: Job<Name> }[] = all.map((job) => ({ at: 0, job }))

  const take = (job: Job<Name>, action: Extract<Action<Name>, { do: 'take' }>, now: number) => {
    const { resource } = action
    const count = held.get(resource) ?? 0
    if (count < capacity(resource)) {
      held.set(resource, count + 1)
      job.waited = 0
      return true
    }
    const pause = pollSeconds(resource, job.waited)
    if (pause === null) queues.set(resource, [...(queues.get(resource) ?? []), job])
    else {
      job.waited += pause
      job.left.unshift(action)
      due.push({ at: now + pause, job })
    }
    return false
  }
  /** Straight to the next in the queue, which goes on at this very moment. */
  const give = (resource: string, now: number) => {
    const next = queues.get(resource)?.shift()
    if (next === undefined) held.set(resource, (held.get(resource) ?? 0) - 1)
    else due.push({ at: now, job: next })
  }
  /** Until the job has to wait, for time or for a resource. */
  const proceed = (job: Job<Name>, now: number) => {
    for (;;) {
      const action = job.left.shift()
      if (action === undefined) return
      switch (action.do) {
        case 'work':
          due.push({ at: now + action.seconds, job })
          return
        case 'reach':
          due.push({ at: Math.max(now, job.mark + action.seconds), job })
          return
        case 'take':
          if (!take(job, action, now)) return
          break
        case 'give':
          give(action.resource, now)
          break
        case 'mark':
          job.mark = now
          break
        case 'note':
          job.timeline.set(action.name, now)
          break
      }
    }
  }

  while (due.length > 0) {
    let soonest = 0
    for (const [index, { at }] of due.entries()) if (at < (due[soonest]?.at ?? 0)) soonest = index
    const [next] = due.splice(soonest, 1)
    if (next !== undefined) proceed(next.job, next.at)
  }
  return all.map(({ timeline }) => timeline)
}
