import { CheckIcon, Square2StackIcon } from '@heroicons/react/16/solid'
import { type ReactNode, useEffect, useState } from 'react'
import { IconButton } from './Button.tsx'
import { cx } from './cx.ts'

/** Puts text into the clipboard; a page that is not served over https needs the old way. */
export const copyText = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    area.className = 'sr-only'
    document.body.append(area)
    area.select()
    const copied = document.execCommand('copy')
    area.remove()
    return copied
  }
}

/** Copies `text`; the tick and the name tell that it did. */
export function CopyButton({
  text,
  label,
  size = 'sm',
  className,
}: {
  text: string | (() => string)
  /** What is copied: `the UPID`. */
  label: string
  size?: 'xs' | 'sm' | undefined
  className?: string | undefined
}) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), 1600)
    return () => clearTimeout(timer)
  }, [state])
  return (
    <IconButton
      icon={state === 'copied' ? CheckIcon : Square2StackIcon}
      label={
        state === 'copied'
          ? 'Copied'
          : state === 'refused'
            ? 'The browser does not allow copying'
            : `Copy ${label}`
      }
      size={size}
      className={cx(state === 'copied' && 'text-ok!', className)}
      onClick={() => {
        void copyText(typeof text === 'string' ? text : text()).then((copied) =>
          setState(copied ? 'copied' : 'refused'),
        )
      }}
    />
  )
}

/** Text in mono, as it is, with a copy button. `prompt` draws a shell's `#` before it. */
export function CodeBlock({
  text,
  label,
  prompt = false,
  wrap = false,
  maxHeight,
  className,
}: {
  text: string
  /** What it is, for the copy button: `the command`. */
  label: string
  prompt?: boolean | undefined
  wrap?: boolean | undefined
  /** Pixels from which it scrolls. */
  maxHeight?: number | undefined
  className?: string | undefined
}) {
  return (
    <div
      className={cx(
        'flex items-start gap-2 rounded-md border border-line bg-well pr-1 pl-3 font-mono text-2xs text-ink',
        className,
      )}
    >
      <pre
        // Scrolls by keyboard where it is wider or higher than its frame.
        tabIndex={maxHeight === undefined && wrap ? undefined : 0}
        role={maxHeight === undefined && wrap ? undefined : 'region'}
        aria-label={maxHeight === undefined && wrap ? undefined : label}
        style={maxHeight === undefined ? undefined : { maxHeight }}
        className={cx(
          'min-w-0 flex-1 self-center overflow-auto py-2 leading-[18px]',
          wrap && 'wrap-anywhere whitespace-pre-wrap',
        )}
      >
        {prompt && <span className="text-muted select-none"># </span>}
        {text}
      </pre>
      <CopyButton text={text} label={label} size="sm" className="my-0.5" />
    </div>
  )
}

const methodColours: Record<string, string> = {
  GET: 'text-muted',
  POST: 'text-accent-text',
  PUT: 'text-warn',
  DELETE: 'text-bad',
}

/** Method and path of one call, in one line. */
export function CallLine({ method, path }: { method: string; path: string }) {
  return (
    <span className="font-mono text-2xs">
      <span className={cx('font-medium', methodColours[method])}>{method}</span>{' '}
      <span className="wrap-anywhere text-muted">{path}</span>
    </span>
  )
}

/** One call to Proxmox: method and path, its parameters below. A value may be any node (a secret as dots). */
export function CallBlock({
  method,
  path,
  params,
  after,
}: {
  method: string
  path: string
  params: readonly (readonly [string, ReactNode])[]
  /** Right end of the head: a copy button. */
  after?: ReactNode | undefined
}) {
  return (
    <div className="rounded-md border border-line bg-well font-mono text-xs">
      <div className="flex min-h-[30px] items-center gap-2 px-3">
        <span className={cx('font-medium', methodColours[method])}>{method}</span>
        <span className="min-w-0 flex-1 wrap-anywhere text-ink">{path}</span>
        {after}
      </div>
      {params.length > 0 && (
        <dl className="grid grid-cols-[minmax(80px,max-content)_1fr] gap-x-5 border-t border-line px-3 py-2 text-2xs leading-[18px]">
          {params.map(([key, value]) => (
            <div key={key} className="col-span-2 grid grid-cols-subgrid">
              <dt className="text-muted">{key}</dt>
              <dd className="min-w-0 wrap-anywhere whitespace-pre-wrap text-ink">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}

/** Stands for a secret; the secret itself never reaches the page. */
export function Secret() {
  return (
    <span className="rounded-xs bg-raised px-1 text-muted" role="img" aria-label="hidden">
      ••••••••
    </span>
  )
}
