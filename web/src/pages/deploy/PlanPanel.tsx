import type { ReactNode } from 'react'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { StatusWord } from '../../ui/Badge.tsx'
import { Button, type ButtonSize } from '../../ui/Button.tsx'
import { formatAgo, formatTime } from '../../ui/format.ts'
import { Message } from '../../ui/Message.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { useNow } from '../../ui/useNow.ts'
import type { DeployAction } from './deploy-action.ts'
import { useDeploy } from './deploy-context.ts'
import { PlanBody } from './PlanBody.tsx'
import type { Submission } from './useSubmit.ts'

/** The plan beside the form. `foot` holds the button, where it is not in the bar below. */
export function PlanPanel({
  onShowCalls,
  foot,
}: {
  onShowCalls: () => void
  foot?: ReactNode | undefined
}) {
  return (
    <section
      aria-label="Plan"
      className="card flex flex-col lg:max-h-[calc(100dvh-var(--header)-16px)]"
    >
      <div className="flex min-h-11 flex-none items-center justify-between gap-3 border-b border-line px-4 text-xs sm:px-5">
        <h2 className="text-md">Plan</h2>
        <PlanAge />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto pb-4">
        <PlanBody onShowCalls={onShowCalls} />
      </div>
      {foot !== undefined && (
        <div className="flex flex-none flex-col gap-2 border-t border-line p-4 sm:px-5">{foot}</div>
      )}
    </section>
  )
}

/** Whether the numbers are those of the form, and how old. */
export function PlanAge() {
  const { plan } = useDeploy()
  const now = useNow(5000)
  if (plan.checking) return <Spinner>Checking the plan</Spinner>
  if (plan.checkedAt === null) return null
  const at = new Date(plan.checkedAt)
  if (plan.error !== null || !plan.answers) {
    return <StatusWord kind="waiting">as of {formatTime(at, new Date(now))}</StatusWord>
  }
  if (!plan.current) return <StatusWord kind="queued">before your last change</StatusWord>
  return (
    <StatusWord kind="done" className="text-muted!">
      <span className="text-muted">
        Checked against the cluster {formatAgo(now - plan.checkedAt)}
      </span>
    </StatusWord>
  )
}

/** The button with what it runs, or why not. */
export function DeployButton({ action, onPress }: { action: DeployAction; onPress: () => void }) {
  const { plan } = useDeploy()
  const ready = action.blocked === null && action.working === null
  return (
    <div className="flex flex-col gap-1.5 text-center">
      <BareDeployButton action={action} onPress={onPress} size="lg" className="w-full">
        {ready && (
          <span
            aria-hidden
            className="ml-1 hidden rounded-xs border border-white/40 px-1 text-2xs lg:inline"
          >
            {onMac ? '⌘↵' : 'Ctrl ↵'}
          </span>
        )}
      </BareDeployButton>
      {ready && plan.plan !== null && (
        <p className="hidden text-xs text-muted lg:block">
          Runs exactly this plan, <code className="text-2xs">{shortHash(plan.plan.hash)}</code>
          {plan.plan.worker?.serviceAccount && (
            <>
              , as the service account <code className="text-2xs">{plan.plan.worker.username}</code>
            </>
          )}
        </p>
      )}
    </div>
  )
}

/** The button alone; `hideReason` where the reason stands elsewhere. */
export function BareDeployButton({
  action,
  onPress,
  size = 'md',
  hideReason = false,
  className,
  children,
}: {
  action: DeployAction
  onPress: () => void
  size?: ButtonSize | undefined
  hideReason?: boolean | undefined
  className?: string | undefined
  children?: ReactNode | undefined
}) {
  return (
    <Button
      variant="primary"
      size={size}
      className={className}
      working={action.working ?? undefined}
      blocked={action.blocked ?? undefined}
      hideReason={hideReason}
      onBlocked={onPress}
      onClick={onPress}
      aria-keyshortcuts="Control+Enter Meta+Enter"
    >
      {action.label}
      {children}
    </Button>
  )
}

const onMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** The first digits of a plan's hash, in two groups that can be read out. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 4)} ${hash.slice(4, 8)}`
}

/** What came of the last attempt, where it did not lead on. */
export function Outcome({ submission }: { submission: Submission }) {
  const { error, changes, dismiss } = submission
  if (changes !== null) {
    return (
      <Message
        tone="warn"
        role="alert"
        title="The cluster changed since this plan was shown"
        action={
          <Button size="sm" onClick={dismiss}>
            Seen
          </Button>
        }
      >
        {changes.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <p>Nothing was started. The plan above is the new one.</p>
      </Message>
    )
  }
  if (error === null) return null
  return <ProblemMessage error={error} />
}
