import {
  ArrowRightStartOnRectangleIcon,
  CommandLineIcon,
  ComputerDesktopIcon,
  EllipsisVerticalIcon,
  MoonIcon,
  SunIcon,
} from '@heroicons/react/16/solid'
import { useQuery } from '@tanstack/react-query'
import { useSignOut } from '../api/session.ts'
import { sessionQuery } from '../api/queries.ts'
import { chooseTheme, useThemeChoice } from '../theme.ts'
import { cx } from '../ui/cx.ts'
import type { Icon } from '../ui/Button.tsx'
import { PopoverButton, usePopoverId } from '../ui/PopoverButton.tsx'
import { SegmentedControl } from '../ui/SegmentedControl.tsx'

/** Who is signed in; theme, keyboard, sign out. */
export function AccountMenu({ slim, onShortcuts }: { slim: boolean; onShortcuts: () => void }) {
  const { data: session } = useQuery(sessionQuery)
  const theme = useThemeChoice()
  const signOut = useSignOut()
  if (!session) return null
  const at = session.username.lastIndexOf('@')
  const name = at < 0 ? session.username : session.username.slice(0, at)
  const realm = at < 0 ? '' : session.username.slice(at)
  return (
    <PopoverButton
      label={`Account ${name} ${realm}`}
      side="top"
      align="start"
      className={cx(
        'flex h-11 w-full items-center gap-2 rounded-md text-left transition-colors hover:bg-raised',
        slim ? 'justify-center' : 'px-2',
      )}
      button={
        <>
          <span
            aria-hidden
            // Drawn, not written: it is no part of the name.
            data-initials={name.slice(0, 2).toUpperCase()}
            className="inline-flex size-6 flex-none items-center justify-center rounded-full bg-accent-soft text-2xs font-semibold text-accent-text before:content-[attr(data-initials)]"
          />
          {!slim && (
            <>
              <span className="min-w-0 flex-1">
                <span className="block truncate text-xs font-medium text-ink">{name}</span>{' '}
                <span className="block truncate text-2xs leading-[14px] text-muted">{realm}</span>
              </span>
              <EllipsisVerticalIcon className="size-4 text-muted" aria-hidden />
            </>
          )}
        </>
      }
    >
      <div className="px-2 pt-1.5 pb-2">
        <p className="pb-1.5 text-2xs font-medium text-muted">Theme</p>
        <SegmentedControl
          label="Theme"
          value={theme}
          onChange={chooseTheme}
          options={[
            { value: 'system', label: 'System', icon: ComputerDesktopIcon },
            { value: 'dark', label: 'Dark', icon: MoonIcon },
            { value: 'light', label: 'Light', icon: SunIcon },
          ]}
        />
      </div>
      <div className="border-t border-line pt-1">
        <Row icon={CommandLineIcon} onClick={onShortcuts}>
          Keyboard shortcuts
        </Row>
        <Row icon={ArrowRightStartOnRectangleIcon} onClick={() => signOut.mutate()}>
          Sign out
        </Row>
      </div>
    </PopoverButton>
  )
}

function Row({
  icon: IconShape,
  onClick,
  children,
}: {
  icon: Icon
  onClick: () => void
  children: string
}) {
  return (
    <button
      type="button"
      popoverTarget={usePopoverId()}
      popoverTargetAction="hide"
      onClick={onClick}
      className="flex min-h-11 w-full items-center gap-2 rounded-sm px-2 text-left text-sm text-body hover:bg-accent-soft hover:text-ink sm:min-h-8"
    >
      <IconShape className="size-4 text-muted" aria-hidden />
      {children}
    </button>
  )
}
