import { Bars3Icon } from '@heroicons/react/24/outline'
import { createContext, type ReactNode, useContext } from 'react'

/** Opens the menu on narrow screens; the shell provides it. */
export const MenuContext = createContext<(() => void) | null>(null)

/**
 * Crumb, title with its badge, one line below, actions at the right. Below 1024 px it is the bar at the top, with the
 * button of the menu; `actions` then move under it, or a page leaves them to its bottom bar by `hideActionsOnPhone`.
 */
export function PageHeader({
  title,
  crumb,
  badge,
  sub,
  phoneSub,
  actions,
  hideActionsOnPhone = false,
}: {
  title: string
  crumb?: ReactNode | undefined
  badge?: ReactNode | undefined
  sub?: ReactNode | undefined
  /** In place of the crumb where there is no room for it. */
  phoneSub?: ReactNode | undefined
  actions?: ReactNode | undefined
  hideActionsOnPhone?: boolean | undefined
}) {
  const openMenu = useContext(MenuContext)
  return (
    <header className="mb-3 lg:mb-4 lg:pt-4">
      <div className="-mx-3 flex min-h-14 items-center gap-3 border-b border-line bg-rail px-3 sm:-mx-7 sm:px-7 lg:mx-0 lg:min-h-0 lg:items-center lg:border-0 lg:bg-transparent lg:p-0">
        {openMenu && (
          <button
            type="button"
            aria-label="Menu"
            onClick={openMenu}
            className="-ml-2 inline-flex size-11 flex-none items-center justify-center rounded-md text-body hover:text-ink lg:hidden"
          >
            <Bars3Icon className="size-5" aria-hidden />
          </button>
        )}
        <div className="min-w-0 flex-1">
          {crumb !== undefined && <div className="hidden text-xs text-muted lg:block">{crumb}</div>}
          <div className="flex min-w-0 flex-wrap items-center gap-x-3">
            <h1 className="min-w-0 truncate text-lg leading-6 tracking-[-0.01em] lg:text-xl lg:leading-7">
              {title}
            </h1>
            {badge !== undefined && <span className="hidden sm:inline-flex">{badge}</span>}
          </div>
          {phoneSub !== undefined && (
            <p className="truncate text-2xs text-muted lg:hidden">{phoneSub}</p>
          )}
          {sub !== undefined && (
            <p className="line-clamp-2 text-2xs text-muted lg:truncate lg:text-sm">{sub}</p>
          )}
        </div>
        {actions !== undefined && (
          <div className="hidden flex-none items-center gap-2 sm:flex">{actions}</div>
        )}
      </div>
      {actions !== undefined && !hideActionsOnPhone && (
        <div className="mt-3 flex flex-wrap gap-2 *:flex-auto sm:hidden [&>button]:px-2">
          {actions}
        </div>
      )}
    </header>
  )
}
