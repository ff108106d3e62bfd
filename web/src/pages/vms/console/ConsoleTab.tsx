import { CommandLineIcon } from '@heroicons/react/24/outline'
import { closingOf, type ConsoleKind } from '@deployer/core/console.ts'
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { cx } from '../../../ui/cx.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import { ConsoleToolbar } from './ConsoleToolbar.tsx'
import { closingWords, type ConsoleHandle, isPassing, type Phase } from './session.ts'

const VncScreen = lazy(async () => ({ default: (await import('./VncScreen.tsx')).VncScreen }))
const SerialTerminal = lazy(async () => ({
  default: (await import('./SerialTerminal.tsx')).SerialTerminal,
}))

/** Tries after a connection was lost, each after twice the time. */
const TRIES = 4
const FIRST_PAUSE_MS = 1000

export type ConsoleVm = {
  vmid: number
  name: string
  isRunning: boolean
  /** Null where it is not known. */
  hasSerialPort: boolean | null
}

type Attempt = { number: number; kind: ConsoleKind; failures: number }

/**
 * The console of a VM: its screen, or its serial port. It connects by itself, again after a lost connection, and when the
 * VM starts.
 */
export function ConsoleTab({
  vm,
  kind: firstKind = 'vnc',
  isWindow = false,
  start,
}: {
  vm: ConsoleVm
  kind?: ConsoleKind | undefined
  /** Fills the window. */
  isWindow?: boolean | undefined
  /** A button that starts the VM. */
  start?: ReactNode | undefined
}) {
  const frame = useRef<HTMLDivElement>(null)
  const [attempt, setAttempt] = useState<Attempt>({ number: 0, kind: firstKind, failures: 0 })
  const [phase, setPhase] = useState<Phase>({ kind: 'connecting' })
  const [wasRunning, setWasRunning] = useState(vm.isRunning)

  const connect = (change: Partial<Attempt> = {}) => {
    setAttempt((before) => ({ ...before, failures: 0, ...change, number: before.number + 1 }))
    setPhase({ kind: 'connecting' })
  }
  if (wasRunning !== vm.isRunning) {
    setWasRunning(vm.isRunning)
    if (vm.isRunning) connect()
  }

  const pause = FIRST_PAUSE_MS * 2 ** attempt.failures
  const triesAgain = phase.kind === 'closed' && isPassing(phase.closing) && attempt.failures < TRIES
  useEffect(() => {
    if (!triesAgain) return undefined
    const timer = setTimeout(() => {
      setAttempt((before) => ({
        ...before,
        number: before.number + 1,
        failures: before.failures + 1,
      }))
      setPhase({ kind: 'connecting' })
    }, pause)
    return () => clearTimeout(timer)
  }, [triesAgain, pause])

  const onOpen = (handle: ConsoleHandle) => {
    setPhase({ kind: 'open', handle })
    setAttempt((before) => ({ ...before, failures: 0 }))
  }
  const onClosed = (code: number, reason: string) =>
    setPhase({ kind: 'closed', closing: closingOf(code), reason })

  const View = attempt.kind === 'vnc' ? VncScreen : SerialTerminal
  const isOff = !vm.isRunning && phase.kind !== 'open'
  const showsView = !isOff && phase.kind !== 'closed'
  return (
    <section
      aria-label={`Console of ${vm.name}`}
      className={cx('flex flex-col overflow-hidden', isWindow ? 'h-full bg-surface' : 'card')}
    >
      <ConsoleToolbar
        vmid={vm.vmid}
        kind={attempt.kind}
        onKind={(kind) => connect({ kind })}
        serialBlocked={
          vm.hasSerialPort === false ? 'This VM has no serial port (serial0 = socket)' : null
        }
        handle={phase.kind === 'open' ? phase.handle : null}
        onReconnect={() => connect()}
        onFullScreen={() => void frame.current?.requestFullscreen()}
        isWindow={isWindow}
      />
      <div
        ref={frame}
        className={cx('relative bg-well', isWindow ? 'min-h-0 flex-1' : 'h-[min(65vh,560px)]')}
      >
        {showsView && (
          <Suspense>
            <View
              key={`${attempt.kind} ${attempt.number}`}
              vmid={vm.vmid}
              name={vm.name}
              onOpen={onOpen}
              onClosed={onClosed}
            />
          </Suspense>
        )}
        <div
          role="status"
          className="pointer-events-none absolute inset-x-0 top-0 p-4 empty:hidden"
        >
          {showsView && phase.kind === 'connecting' && <Spinner>Opening the console</Spinner>}
          {isOff && (
            <Closed title={closingWords['not-running']} action={start}>
              There is nothing to see until it is started.
            </Closed>
          )}
          {!isOff && phase.kind === 'closed' && (
            <Closed
              title={closingWords[phase.closing]}
              action={
                triesAgain ? undefined : <Button onClick={() => connect()}>Connect again</Button>
              }
            >
              {phase.reason || 'The connection ended without a word.'}
              {triesAgain && ' Connecting again in a moment.'}
            </Closed>
          )}
        </div>
      </div>
    </section>
  )
}

function Closed({
  title,
  action,
  children,
}: {
  title: string
  action: ReactNode
  children: ReactNode
}) {
  return (
    <div className="pointer-events-auto bg-surface">
      <EmptyState icon={CommandLineIcon} title={title} action={action}>
        {children}
      </EmptyState>
    </div>
  )
}
