/** A UPID names a task on a node for ever: `UPID:node:pid:pstart:starttime:type:id:user:` (pve-common src/PVE/UPID.pm). */

export type Upid = {
  /** The node that runs the task; only it knows the task. */
  node: string
  pid: number
  /** Start of the process in clock ticks since boot: tells two uses of one pid apart. */
  processStart: number
  startedAtSeconds: number
  /** `qmclone`, `qmstart`, `imgcopy` … */
  type: string
  /** What it works on: mostly a VMID; may be empty. */
  id: string
  /** `user@realm`, or `user@realm!token`. */
  user: string
}

const pattern =
  /^UPID:([a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?):([0-9A-Fa-f]{8}):([0-9A-Fa-f]{8,9}):([0-9A-Fa-f]{8}):([^:\s]+):([^:\s]*):([^:\s]+):$/

/** Null where the text is no UPID. */
export const parseUpid = (text: string): Upid | null => {
  const [, node, pid, processStart, startedAt, type, id, user] = pattern.exec(text) ?? []
  if (!node || !pid || !processStart || !startedAt || !type || id === undefined || !user)
    return null
  return {
    node,
    pid: Number.parseInt(pid, 16),
    processStart: Number.parseInt(processStart, 16),
    startedAtSeconds: Number.parseInt(startedAt, 16),
    type,
    id,
    user,
  }
}

const hex = (value: number) => value.toString(16).toUpperCase().padStart(8, '0')

export const formatUpid = (upid: Upid): string =>
  `UPID:${upid.node}:${hex(upid.pid)}:${hex(upid.processStart)}:${hex(upid.startedAtSeconds)}:${upid.type}:${upid.id}:${upid.user}:`

export type TaskOutcome =
  | { outcome: 'ok' }
  /** Done, with so many warnings in its log. */
  | { outcome: 'warnings'; count: number }
  | { outcome: 'failed'; message: string }
  /** The log has no proper end (worker killed, host crashed), or is gone: what the task did must be looked at. */
  | { outcome: 'unknown'; message: string }

const withoutEnd =
  /^(unexpected status|unable to (open file|extract last line|get last line|read tail)\b.*)$/

/** Reads the `exitstatus` of a task, or its `status` in a list (pve-common src/PVE/UPID.pm, status_is_error, read_status). */
export const taskOutcome = (exitStatus: string | undefined): TaskOutcome => {
  const message = exitStatus?.trim() ?? ''
  if (message === 'OK') return { outcome: 'ok' }
  const warnings = /^WARNINGS: (\d+)$/.exec(message)
  if (warnings) return { outcome: 'warnings', count: Number(warnings[1]) }
  if (message === '') return { outcome: 'unknown', message: 'the task ended without a status' }
  return { outcome: withoutEnd.test(message) ? 'unknown' : 'failed', message }
}
