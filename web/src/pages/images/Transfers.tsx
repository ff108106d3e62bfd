import { XMarkIcon } from '@heroicons/react/16/solid'
import { useEffect, useRef } from 'react'
import { useQuery } from '@tanstack/react-query'
import {
  type Transfer,
  transfersQuery,
  useCancelTransfer,
  useImagesChanged,
} from '../../api/images.ts'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { StatusWord } from '../../ui/Badge.tsx'
import { Button, IconButton } from '../../ui/Button.tsx'
import { formatDuration, formatMiB, formatPercent, formatTime } from '../../ui/format.ts'
import { Message } from '../../ui/Message.tsx'
import { toast } from '../../ui/Toast.tsx'
import { useNow } from '../../ui/useNow.ts'
import {
  cancelUpload,
  forgetTransfer,
  forgetUpload,
  isSending,
  type Upload,
  useForgotten,
  useUploads,
} from './uploads.ts'
import { MIB, sizeText } from './words.ts'

const FAILED_SHOWN_MS = 15 * 60_000

/** What comes right now, and what did not arrive a moment ago. */
export function Transfers() {
  const uploads = useUploads()
  const { data: transfers = [] } = useQuery(transfersQuery)
  const forgotten = useForgotten()
  const now = useNow(10_000)
  useEnded(transfers)
  useGuard(uploads)
  const shown = transfers.filter(
    ({ upid, status, startedAt }) =>
      status === 'running' ||
      (status === 'failed' &&
        !forgotten.has(upid) &&
        now - Date.parse(startedAt) < FAILED_SHOWN_MS),
  )
  if (uploads.length === 0 && shown.length === 0) return null
  return (
    <section aria-label="Uploads and downloads" className="card mb-4 divide-y divide-line">
      {uploads.map((upload) => (
        <UploadRow key={upload.id} upload={upload} />
      ))}
      {shown.map((transfer) => (
        <DownloadRow key={transfer.upid} transfer={transfer} now={now} />
      ))}
    </section>
  )
}

/** When a download ends, the lists are read again. */
function useEnded(transfers: readonly Transfer[]) {
  const changed = useImagesChanged()
  const running = useRef<ReadonlySet<string>>(new Set())
  useEffect(() => {
    const ended = transfers.filter(
      ({ upid, status }) => status !== 'running' && running.current.has(upid),
    )
    running.current = new Set(
      transfers.filter(({ status }) => status === 'running').map(({ upid }) => upid),
    )
    if (ended.length === 0) return
    changed()
    for (const { status, fileName } of ended)
      if (status === 'done') toast('ok', `${fileName ?? 'The file'} has arrived`)
  }, [transfers, changed])
}

/** The browser asks before it closes a tab that sends. */
function useGuard(uploads: readonly Upload[]) {
  const sending = uploads.some(({ status }) => status === 'sending')
  useEffect(() => {
    if (!sending) return
    const ask = (event: BeforeUnloadEvent) => {
      if (isSending()) event.preventDefault()
    }
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [sending])
}

function Progress({ share, label }: { share: number | null; label: string }) {
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.round(share * 100)}
      className="block h-1.5 overflow-hidden rounded-full bg-raised"
    >
      <span
        className="block h-full rounded-full bg-accent-text transition-[width] duration-300"
        style={{ width: `${(share ?? 0) * 100}%` }}
      />
    </span>
  )
}

function UploadRow({ upload }: { upload: Upload }) {
  const {
    id,
    fileName,
    storage,
    shared,
    node,
    sizeBytes,
    sentBytes,
    bytesPerSecond,
    status,
    error,
  } = upload
  const share = sizeBytes === 0 ? 0 : sentBytes / sizeBytes
  const left =
    bytesPerSecond === null || bytesPerSecond < 1
      ? null
      : ((sizeBytes - sentBytes) / bytesPerSecond) * 1000
  return (
    <div className="space-y-2 px-4 py-3 text-xs" data-upload={status}>
      <div className="flex items-center gap-3">
        <span className="min-w-0 flex-1 truncate">
          <span className="font-mono text-2xs text-ink">{fileName}</span>{' '}
          <span className="text-muted">to {shared ? storage : `${storage} on ${node}`}</span>
        </span>
        {status === 'sending' ? (
          <Button size="sm" onClick={() => cancelUpload(id)}>
            Cancel
          </Button>
        ) : (
          status !== 'storing' && (
            <IconButton
              icon={XMarkIcon}
              label={`Forget ${fileName}`}
              size="xs"
              onClick={() => forgetUpload(id)}
            />
          )
        )}
      </div>
      {status === 'sending' && (
        <>
          <Progress share={share} label={`Upload of ${fileName}`} />
          <p className="text-muted">
            {formatPercent(share)}, {formatMiB(sentBytes / MIB)} of {sizeText(sizeBytes)}
            {bytesPerSecond !== null && `, ${formatMiB(bytesPerSecond / MIB)}/s`}
            {left !== null && `, about ${formatDuration(left)} left`}. Keep this tab open.
          </p>
        </>
      )}
      {status === 'storing' && (
        <StatusWord kind="running">Proxmox puts it into {storage}</StatusWord>
      )}
      {status === 'cancelled' && (
        <StatusWord kind="cancelled">Cancelled, nothing of it stays</StatusWord>
      )}
      {status === 'failed' &&
        (typeof error === 'string' ? (
          <Message tone="bad" role="alert" title="The upload failed">
            {error}
          </Message>
        ) : (
          <ProblemMessage error={error} />
        ))}
    </div>
  )
}

function DownloadRow({ transfer, now }: { transfer: Transfer; now: number }) {
  const { upid, node, fileName, fraction, status, failure, startedBy, startedAt } = transfer
  const cancel = useCancelTransfer()
  const name = fileName ?? 'A file'
  return (
    <div className="space-y-2 px-4 py-3 text-xs">
      <div className="flex items-center gap-3">
        <span className="min-w-0 flex-1 truncate">
          <span className="font-mono text-2xs text-ink">{name}</span>{' '}
          <span className="text-muted">
            by {node}, asked for by {startedBy} {formatTime(new Date(startedAt), new Date(now))}
          </span>
        </span>
        {status === 'running' && (
          <Button
            size="sm"
            working={cancel.isPending && 'Ending'}
            onClick={() => cancel.mutate(upid)}
          >
            Cancel
          </Button>
        )}
      </div>
      {status === 'running' && (
        <>
          <Progress share={fraction} label={`Download of ${name}`} />
          <p className="text-muted">
            {fraction === null ? 'Beginning' : formatPercent(fraction)}. It goes on when you leave.
          </p>
        </>
      )}
      {failure && (
        <Message
          tone="bad"
          title={failure.title}
          proxmox={failure.proxmox}
          action={
            <IconButton
              icon={XMarkIcon}
              label={`Forget ${name}`}
              size="xs"
              onClick={() => forgetTransfer(upid)}
            />
          }
        >
          <p>{failure.cause}</p>
          <p>{failure.remedy}</p>
        </Message>
      )}
      {cancel.error !== null && <ProblemMessage error={cancel.error} />}
    </div>
  )
}
