import type { ReactNode } from 'react'

export type Line = {
  vmid: number
  name: string | null
  /** `pve1, running` */
  about: string | null
  result?: ReactNode | undefined
  message?: string | null | undefined
}

/** More than these would only slow the dialog down; the count is told. */
const SHOWN = 500

/** The VMs that it is about, and what came of each. */
export function VmList({ lines }: { lines: readonly Line[] }) {
  return (
    <ul
      tabIndex={0}
      aria-label="VMs"
      className="max-h-64 divide-y divide-line overflow-y-auto rounded-md border border-line bg-well text-xs"
    >
      {lines.slice(0, SHOWN).map(({ vmid, name, about, result, message }) => (
        <li key={vmid} className="px-3 py-1.5">
          <div className="flex items-center gap-3">
            <span className="min-w-0 flex-1 truncate">
              <span className="font-medium text-ink">{name ?? `VM ${vmid}`}</span>{' '}
              <span className="font-mono text-muted">{vmid}</span>
              {about !== null && <span className="text-muted"> on {about}</span>}
            </span>
            {result}
          </div>
          {message && <p className="mt-0.5 wrap-anywhere text-muted">{message}</p>}
        </li>
      ))}
      {lines.length > SHOWN && (
        <li className="px-3 py-1.5 text-muted">
          and {(lines.length - SHOWN).toLocaleString('en')} more
        </li>
      )}
    </ul>
  )
}
