import { ShieldCheckIcon } from '@heroicons/react/16/solid'
import { useMutation } from '@tanstack/react-query'
import { useServerNow } from '../../components/useServerNow.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { formatTime, plural } from '../../ui/format.ts'
import { Message } from '../../ui/Message.tsx'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { type Verified, verifyAudit } from './queries.ts'

/** What is known of the chain, and the way to look again. `known`: what the server last found. */
export const useVerification = (known: Verified | null) => {
  const run = useMutation({ mutationFn: verifyAudit })
  const newer = run.data && (!known || run.data.verifiedAt >= known.verifiedAt)
  return {
    verified: newer ? run.data : known,
    error: run.error,
    running: run.isPending,
    verify: () => run.mutate(),
  }
}

type Verification = ReturnType<typeof useVerification>

export function VerifiedMark({ verified }: Pick<Verification, 'verified'>) {
  const now = useServerNow(60_000)
  if (!verified) return <StatusBadge kind="to-come">Not verified yet</StatusBadge>
  const { last } = verified.database
  if (!verified.ok) return <StatusBadge kind="failed">Tampered with</StatusBadge>
  return (
    <StatusBadge kind="done">
      Verified up to {formatTime(new Date(last?.at ?? verified.verifiedAt), new Date(now))}
      {last && <span className="text-muted"> entry {last.id.toLocaleString('en')}</span>}
    </StatusBadge>
  )
}

export function VerifyButton({ verify, running }: Pick<Verification, 'verify' | 'running'>) {
  return (
    <Button icon={ShieldCheckIcon} working={running && 'Verifying'} onClick={verify}>
      Verify now
    </Button>
  )
}

/** Where something is wrong: what, and where it begins. */
export function VerificationTrouble({ verified, error }: Pick<Verification, 'verified' | 'error'>) {
  return (
    <>
      {error && <ProblemMessage error={error} className="mb-4" />}
      {verified?.database.fault && (
        <Message tone="bad" role="alert" title="The audit log was tampered with" className="mb-4">
          <p>
            {verified.database.fault.message} {wholeUpTo(verified.database.entries)} What came later
            cannot be trusted to be all of it.
          </p>
        </Message>
      )}
      {verified?.files.fault && (
        <Message tone="bad" role="alert" title="The log file was tampered with" className="mb-4">
          <p>
            {verified.files.fault.message} {verified.files.fault.file}
            {verified.files.fault.line > 0 && `, line ${verified.files.fault.line}`}.
          </p>
        </Message>
      )}
    </>
  )
}

const wholeUpTo = (entries: number): string =>
  entries === 0 ? '' : `${plural(entries, 'entry', 'entries')} before it are whole.`
