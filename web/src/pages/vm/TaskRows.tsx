import { ChevronDownIcon, ChevronRightIcon } from '@heroicons/react/16/solid'
import type { VmTask } from '@deployer/core/vm.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { useServerNow } from '../../components/useServerNow.ts'
import { CopyButton } from '../../ui/CodeBlock.tsx'
import { formatDuration, formatExactTime, formatTime } from '../../ui/format.ts'
import { LogTail } from '../../ui/LogTail.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { type GlyphKind, StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { taskQuery } from '../vms/queries.ts'
import { taskTitle } from '../vms/words.ts'

const glyphs: Record<VmTask['status'], { glyph: GlyphKind; word: string }> = {
  running: { glyph: 'running', word: 'under way' },
  ok: { glyph: 'done', word: 'done' },
  warnings: { glyph: 'warning', word: 'done, with warnings' },
  failed: { glyph: 'failed', word: 'failed' },
  unknown: { glyph: 'warning', word: 'end not known' },
}

/** Tasks of Proxmox, newest first; each opens to its log. */
export function TaskRows({ tasks }: { tasks: readonly VmTask[] }) {
  const [open, setOpen] = useState<string | null>(null)
  const now = new Date(useServerNow(null))
  return (
    <ul className="divide-y divide-line text-xs">
      {tasks.map((task) => {
        const { glyph, word } = glyphs[task.status]
        const started = new Date(task.startedAt)
        const isOpen = open === task.upid
        const Chevron = isOpen ? ChevronDownIcon : ChevronRightIcon
        return (
          <li key={task.upid}>
            <button
              type="button"
              data-row
              aria-expanded={isOpen}
              onClick={() => setOpen(isOpen ? null : task.upid)}
              className="flex min-h-11 w-full items-center gap-x-4 px-4 py-1.5 sm:px-5 text-left hover:bg-raised/50 sm:min-h-9"
            >
              <span className="flex min-w-0 flex-1 items-center gap-2">
                <Chevron className="size-4 flex-none text-muted" aria-hidden />
                <StatusGlyph kind={glyph} label={word} />
                <span className="min-w-0 truncate font-medium text-ink">
                  {taskTitle(task.type)}
                </span>
              </span>
              <span className="hidden w-24 truncate font-mono text-2xs text-muted md:block">
                {task.type}
              </span>
              <span className="hidden w-32 truncate text-muted sm:block">{task.user}</span>
              <span className="hidden w-16 text-right text-muted sm:block">
                {task.finishedAt !== null &&
                  formatDuration(Math.max(1000, Date.parse(task.finishedAt) - started.getTime()))}
              </span>
              <span
                className="w-20 flex-none text-right text-muted"
                title={formatExactTime(started)}
              >
                {formatTime(started, now)}
              </span>
            </button>
            {task.message !== null && !isOpen && (
              <p className="px-4 pb-2 pl-14 wrap-anywhere text-muted">{task.message}</p>
            )}
            {isOpen && <TaskLog upid={task.upid} />}
          </li>
        )
      })}
    </ul>
  )
}

function TaskLog({ upid }: { upid: string }) {
  const query = useQuery(taskQuery(upid))
  return (
    <div className="space-y-2 px-4 pb-3">
      <p className="flex items-center gap-2">
        <span className="text-2xs text-muted">UPID</span>
        <span className="min-w-0 truncate font-mono text-2xs text-ink" title={upid}>
          {upid}
        </span>
        <CopyButton text={upid} label="the UPID" size="xs" />
      </p>
      {query.data ? (
        <LogTail
          lines={query.data.log}
          live={query.data.status === 'running'}
          label="Log of the task"
        />
      ) : query.error ? (
        <ProblemMessage error={query.error} />
      ) : (
        <SkeletonRows label="The log is on its way" rows={2} />
      )}
    </div>
  )
}
