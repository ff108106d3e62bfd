/**
 * The stamp: a line in a VM's description that says which deployment made it, and as which of its VMs. Nothing is
 * changed in a retry, stopped or deleted without reading it again.
 */

export type Stamp = { deployment: string; vm: string }

const stampPattern = /^vm-deployer (\S+) (\S+)$/

/** The line itself. In a plan, where the deployment has no id yet, `deployment` is `{deployment}`. */
export function stampLine(deployment: string, vm: string): string {
  return `vm-deployer ${deployment} ${vm}`
}

/** Whose VM it is; null without a stamp. The last line counts: ours is written below whatever text there is. */
export function readStamp(description: string | null | undefined): Stamp | null {
  const lines = (description ?? '').split(/\r?\n/).toReversed()
  for (const line of lines) {
    const [, deployment, vm] = stampPattern.exec(line.trim()) ?? []
    if (deployment !== undefined && vm !== undefined) return { deployment, vm }
  }
  return null
}

/** A text without stamp lines: what a template that was once deployed by us hands down to its clones. */
export function withoutStamps(description: string): string {
  return description
    .split(/\r?\n/)
    .filter((line) => !stampPattern.test(line.trim()))
    .join('\n')
    .trim()
}
