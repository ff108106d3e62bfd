import { debianRoot, whyNoGuests } from './root.ts'

/** Once, before the files that need it run side by side. */
export function setup(): void {
  const reason = whyNoGuests()
  if (reason === null) debianRoot()
  else process.stdout.write(`Skipped: ${reason}\n`)
}
