import type { Phase } from './segments.ts'

/** Waiting is a thin line, work is a bar: so the two differ without their colours. */
export const phaseLooks: Record<Phase, string> = {
  queued: 'h-[3px] bg-field',
  waiting: 'h-[5px] bg-warn',
  cloning: 'h-3.5 bg-accent',
  // A VM is either cloned or created.
  creating: 'h-3.5 bg-accent',
  configuring: 'h-3.5 bg-muted',
  booting: 'h-3.5 bg-boot',
  checking: 'h-3.5 bg-ok',
  removing: 'h-3.5 bg-accent-text',
}
