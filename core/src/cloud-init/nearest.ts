/** The known name that a misspelt one most likely means; null where none is close. */
export function nearestName(name: string, known: string[]): string | null {
  const plain = normal(name)
  const tolerance = Math.max(1, Math.floor(plain.length / 3))
  const [best] = known
    .map((candidate) => ({ candidate, distance: distanceOf(plain, normal(candidate)) }))
    .toSorted((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate))
  return best !== undefined && best.distance <= tolerance ? best.candidate : null
}

function normal(name: string): string {
  return name.toLowerCase().replaceAll('-', '_')
}

/** Letters to insert, delete or change; two that changed places count once. */
function distanceOf(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? (beforeLast[j - 2] ?? 0) + 1
          : Infinity
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, changed, swapped))
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}
