import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { STATUS_RETRY_MS, statusQuery } from '../api/queries.ts'
import { Button } from '../ui/Button.tsx'
import { CopyButton } from '../ui/CodeBlock.tsx'
import { formatTime } from '../ui/format.ts'
import { Banner } from '../ui/Message.tsx'
import { useNow } from '../ui/useNow.ts'

/** One banner at a time, the worst first: no server, no Proxmox, no TLS check, the demo. */
export function ConnectionBanner() {
  const query = useQuery(statusQuery)
  const { data: status } = query
  const now = new Date(useNow(30_000))
  const tryNow = (
    <TryNow
      nextAt={Math.max(query.dataUpdatedAt, query.errorUpdatedAt) + STATUS_RETRY_MS}
      busy={query.isFetching}
      onTry={() => query.refetch()}
    />
  )
  if (query.isError)
    return (
      <Banner tone="bad" title="The server of this page does not answer." action={tryNow}>
        {status
          ? `Shown is what was known at ${formatTime(new Date(query.dataUpdatedAt), now)}. `
          : ''}
        What was begun is kept, and goes on when it is back.
      </Banner>
    )
  if (!status) return null
  if (status.untrustedCertificate)
    return (
      <Banner
        tone="bad"
        title={`${status.untrustedCertificate.host} shows a certificate nobody vouches for.`}
        action={<CopyButton text={status.untrustedCertificate.line} label="the line for .env" />}
      >
        No password was sent. If its fingerprint is the right one, add{' '}
        <code className="wrap-anywhere text-2xs text-ink">{status.untrustedCertificate.line}</code>{' '}
        to the settings and restart.
      </Banner>
    )
  if (!status.connected)
    return (
      <Banner tone="bad" title={withStop(status.message)} action={tryNow}>
        {status.failingSince !== null &&
          `No connection since ${formatTime(new Date(status.failingSince), now)}. `}
        Read only until it answers. Running work waits and goes on by itself.{' '}
        <Link to="/doctor" className="text-accent-text underline underline-offset-2">
          Ask the doctor
        </Link>
      </Banner>
    )
  if (!status.tlsVerified)
    return (
      <Banner tone="warn" title="The certificate of Proxmox is not checked.">
        Anyone between here and {status.host} could read passwords. Remove{' '}
        <code className="text-2xs text-ink">PROXMOX_VERIFY_SSL=false</code> and set a CA file or a
        fingerprint.
      </Banner>
    )
  if (status.demo)
    return (
      <Banner tone="info" title="Simulated cluster.">
        Everything works, nothing is real. Set{' '}
        <code className="text-2xs text-ink">PROXMOX_HOST</code> to deploy to your own.
      </Banner>
    )
  return null
}

const withStop = (sentence: string) => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`)

function TryNow({
  nextAt,
  busy,
  onTry,
}: {
  nextAt: number
  busy: boolean
  onTry: () => Promise<unknown>
}) {
  const now = useNow(1000)
  const seconds = Math.ceil((nextAt - now) / 1000)
  return (
    <span className="flex items-center gap-3">
      {seconds > 0 && !busy && <span className="text-muted">Next try in {seconds} s</span>}
      <Button size="sm" working={busy && 'Trying'} onClick={() => void onTry()}>
        Try now
      </Button>
    </span>
  )
}
