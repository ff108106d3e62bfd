import type { ReactNode } from 'react'
import type { Icon } from './Button.tsx'

/** One line why there is nothing, one button, one link. `icon` is a Heroicon, 24 outline. */
export function EmptyState({
  icon: IconShape,
  title,
  action,
  link,
  children,
}: {
  icon: Icon
  title: string
  action?: ReactNode | undefined
  link?: ReactNode | undefined
  children?: ReactNode | undefined
}) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-lg border border-dashed border-edge px-5 py-4">
      <IconShape className="size-6 text-muted" aria-hidden />
      <div className="min-w-48 flex-1">
        <p className="font-medium text-ink">{title}</p>
        {children !== undefined && <div className="text-xs text-muted">{children}</div>}
      </div>
      {action}
      {link}
    </div>
  )
}
