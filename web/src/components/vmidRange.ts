/** `211 to 220`, `100, 105 to 109`, with more runs than `most` `100, 105, 107 and 4 more`. */
export function vmidRange(vmids: readonly number[], most = 3): string {
  const runs: { first: number; last: number }[] = []
  for (const id of vmids.toSorted((one, other) => one - other)) {
    const run = runs.at(-1)
    if (run && run.last + 1 === id) run.last = id
    else runs.push({ first: id, last: id })
  }
  const shown = runs.slice(0, most)
  const told = shown
    .map(({ first, last }) => (first === last ? String(first) : `${first} to ${last}`))
    .join(', ')
  const more = vmids.length - shown.reduce((sum, { first, last }) => sum + last - first + 1, 0)
  return more > 0 ? `${told} and ${more} more` : told
}
