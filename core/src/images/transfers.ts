/** Files on their way into a storage, as the tasks of Proxmox tell it. */
import { z } from 'zod'

export const transferSchema = z.object({
  upid: z.string(),
  node: z.string(),
  kind: z.enum(['download', 'upload']),
  fileName: z.string().nullable().describe('Of an upload only once its task has told it.'),
  startedBy: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  status: z.enum(['running', 'done', 'failed']),
  fraction: z.number().nullable().describe('From 0 to 1; null where it is not known.'),
  failure: z
    .object({ title: z.string(), cause: z.string(), remedy: z.string(), proxmox: z.string() })
    .nullable()
    .describe("Why it failed, and what to do, in words; Proxmox's own in `proxmox`."),
})

export type Transfer = z.infer<typeof transferSchema>

/**
 * How far a download is, by the last percentage of its log: wget's `dot:giga`, a line for each 32 MiB (pve-common
 * src/PVE/Tools.pm, download_file_from_url). Null before the first line.
 */
export function downloadFraction(lines: readonly string[]): number | null {
  for (const line of lines.toReversed()) {
    const percent = /^\s*\d+[KMG]?[ .]+?(\d{1,3})%/.exec(line)?.[1]
    if (percent !== undefined) return Math.min(1, Number(percent) / 100)
  }
  return null
}

/** The file that a task writes, by its log: `target file: …` of an upload, `downloading … to …` of a download. */
export function targetFile(lines: readonly string[]): string | null {
  for (const line of lines) {
    const path =
      /^target file: (.+)$/.exec(line)?.[1] ?? /^downloading \S+ to (.+)$/.exec(line)?.[1]
    if (path !== undefined) return path.split('/').at(-1) ?? null
  }
  return null
}
