import {
  ArrowPathIcon,
  ArrowsPointingOutIcon,
  ArrowTopRightOnSquareIcon,
} from '@heroicons/react/16/solid'
import type { ConsoleKind } from '@deployer/core/console.ts'
import { useState } from 'react'
import { Button, buttonClass, IconButton } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { PopoverButton, usePopoverId } from '../../../ui/PopoverButton.tsx'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import type { ConsoleHandle } from './session.ts'
import { combinations, ctrlAltDel, type Key, mostCharacters } from './typing.ts'

export function ConsoleToolbar({
  vmid,
  kind,
  onKind,
  serialBlocked,
  handle,
  onReconnect,
  onFullScreen,
  isWindow,
}: {
  vmid: number
  kind: ConsoleKind
  onKind: (kind: ConsoleKind) => void
  /** Why there is no serial console. */
  serialBlocked: string | null
  /** Null while nothing is open. */
  handle: ConsoleHandle | null
  onReconnect: () => void
  onFullScreen: () => void
  /** It has a window of its own already. */
  isWindow: boolean
}) {
  const sendKeys = handle?.sendKeys
  const send = (keys: readonly Key[]) => {
    sendKeys?.(keys)
    handle?.focus()
  }
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2">
      <SegmentedControl
        label="Console"
        value={kind}
        onChange={onKind}
        options={[
          { value: 'vnc', label: 'Screen' },
          { value: 'serial', label: 'Serial port', blocked: serialBlocked },
        ]}
      />
      <span className="grow" />
      {sendKeys && (
        <>
          <Button size="sm" onClick={() => send(ctrlAltDel)}>
            Ctrl Alt Del
          </Button>
          <PopoverButton label="More keys" className={buttonClass('secondary', 'sm')} button="Keys">
            <Keys onChoose={send} />
          </PopoverButton>
        </>
      )}
      {handle && <SendText handle={handle} isScreen={kind === 'vnc'} />}
      <IconButton icon={ArrowPathIcon} label="Connect again" onClick={onReconnect} />
      <IconButton icon={ArrowsPointingOutIcon} label="Full screen" onClick={onFullScreen} />
      {!isWindow && (
        <a
          href={`/vms/${vmid}/console?type=${kind}`}
          target="_blank"
          rel="noreferrer"
          aria-label="Open in a window of its own"
          className="inline-flex size-11 flex-none items-center justify-center rounded-md text-muted hover:bg-raised hover:text-ink sm:size-8"
        >
          <ArrowTopRightOnSquareIcon className="size-4" aria-hidden />
        </a>
      )}
    </div>
  )
}

function Keys({ onChoose }: { onChoose: (keys: readonly Key[]) => void }) {
  const panel = usePopoverId()
  return combinations.map(({ label, keys }) => (
    <button
      key={label}
      type="button"
      popoverTarget={panel}
      popoverTargetAction="hide"
      onClick={() => onChoose(keys)}
      className="flex min-h-11 w-full items-center rounded-sm px-2 text-left text-sm text-body hover:bg-accent-soft hover:text-ink sm:min-h-8"
    >
      {label}
    </button>
  ))
}

function SendText({ handle, isScreen }: { handle: ConsoleHandle; isScreen: boolean }) {
  const [isOpen, setOpen] = useState(false)
  const [text, setText] = useState('')
  const close = () => {
    setOpen(false)
    setText('')
  }
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        Type a text
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={(open) => (open ? setOpen(true) : close())}
        title="Type a text"
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button
              variant="primary"
              onClick={() => {
                handle.sendText(text)
                close()
                handle.focus()
              }}
            >
              Type it
            </Button>
          </>
        }
      >
        <label className="block space-y-1.5 text-sm">
          <span>Text</span>
          <textarea
            value={text}
            onChange={({ target }) => setText(target.value)}
            maxLength={mostCharacters}
            rows={6}
            spellCheck={false}
            className="block w-full rounded-md border border-field bg-well px-3 py-2 font-mono text-sm text-ink"
          />
        </label>
        <p className="mt-2 text-xs text-muted">
          {isScreen
            ? 'Goes to the VM as keystrokes, as on a US keyboard.'
            : 'Goes to the serial port as if it were typed.'}
        </p>
      </Dialog>
    </>
  )
}
