import { debianRoot, whyNoGuests } from './root.ts'

/** Once, before the files that need it run side by side. */
export function setup(): void {
  if (whyNoGuests() === null) debianRoot()
}
