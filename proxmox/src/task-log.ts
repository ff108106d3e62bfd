/** The log of a task, and what it tells of a clone's progress. */
import type { Api, CallOptions } from './client.ts'
import { parseUpid } from './upid.ts'

const linesPerCall = 500

/** Throws where the text is no UPID: it could not be asked for anyway. */
export const nodeOf = (upid: string): string => {
  const parsed = parseUpid(upid)
  if (parsed === null) throw new TypeError(`not a UPID: ${upid}`)
  return parsed.node
}

/** What an empty log, and one that is not there (yet), answer with HTTP 200 (pve-common src/PVE/Tools.pm, dump_logfile). */
const isNoLine = (text: string) =>
  text === 'no content' || text.startsWith('unable to open file - ')

/**
 * Reads up to 500 lines from line `start` on, counted from 0. Go on from `next`; no lines means that there are no more now.
 */
export const readLog = async (
  api: Pick<Api, 'call'>,
  upid: string,
  start: number,
  options?: CallOptions,
): Promise<{ lines: string[]; next: number }> => {
  const answer = await api.call(
    'GET /nodes/{node}/tasks/{upid}/log',
    { node: nodeOf(upid), upid, start, limit: linesPerCall },
    options,
  )
  const rows = Array.isArray(answer) ? answer : [answer]
  const lines = rows.map((row) => row.t)
  if (rows.length === 1 && isNoLine(lines[0] ?? '')) return { lines: [], next: start }
  return { lines, next: start + lines.length }
}

/** Aborts a running task; Proxmox waits up to 5 s for its end, then kills it. One that has ended is left alone. */
export const stopTask = async (
  api: Pick<Api, 'call'>,
  upid: string,
  options?: CallOptions,
): Promise<void> => {
  await api.call('DELETE /nodes/{node}/tasks/{upid}', { node: nodeOf(upid), upid }, options)
}

const startOfDrive = /^create (full|linked) clone of drive /
const percentOfDrive = /\btransferred .* \((\d+(?:\.\d+)?)%\)/

/** How far the copy of a single image is, 0 to 1, from the log so far (pve-storage and qemu-server print the same line). */
export const importProgress = (lines: readonly string[]): number =>
  Math.max(0, ...lines.map((line) => Number(percentOfDrive.exec(line)?.[1] ?? 0) / 100))

/**
 * How far a clone is, 0 to 1, from its whole log so far. `drives`: how many volumes the source has, EFI, TPM and cloud-init
 * drive included; they are copied one after the other (qemu-server src/PVE/API2/Qemu.pm, clone_vm; QemuImage.pm).
 */
export const cloneProgress = (lines: readonly string[], drives: number): number => {
  if (lines.some((line) => line === 'TASK OK' || line.startsWith('TASK WARNINGS'))) return 1
  let started = 0
  let fraction = 0
  for (const line of lines) {
    const percent = percentOfDrive.exec(line)?.[1]
    if (startOfDrive.test(line)) {
      started += 1
      fraction = 0
    } else if (percent !== undefined) fraction = Math.max(fraction, Number(percent) / 100)
  }
  if (started === 0) return 0
  return Math.min(1, (started - 1 + Math.min(1, fraction)) / Math.max(drives, started))
}
