import {
  ArrowRightStartOnRectangleIcon,
  CommandLineIcon,
  ComputerDesktopIcon,
  EllipsisVerticalIcon,
  MoonIcon,
  SunIcon,
} from '@heroicons/react/16/solid'
import { useQuery } from '@tanstack/react-query'
import { useSignOut } from '../api/actions.ts'
import { sessionQuery } from '../api/queries.ts'
import { chooseTheme, useThemeChoice } from '../theme.ts'
import { cx } from '../ui/cx.ts'
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../ui/Menu.tsx'

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
    <Menu
      side="top"
      trigger={
        <button
          type="button"
          aria-label={`Account ${session.username}`}
          className={cx(
            'flex h-11 w-full items-center gap-2 rounded-md text-left transition-colors hover:bg-raised data-popup-open:bg-raised',
            slim ? 'justify-center' : 'px-2',
          )}
        >
          <span
            aria-hidden
            className="inline-flex size-6 flex-none items-center justify-center rounded-full bg-accent-soft text-2xs font-semibold text-accent-text"
          >
            {name.slice(0, 2).toUpperCase()}
          </span>
          {!slim && (
            <>
              <span className="min-w-0 flex-1">
                <span className="block truncate text-xs font-medium text-ink">{name}</span>
                <span className="block truncate text-2xs leading-[14px] text-muted">{realm}</span>
              </span>
              <EllipsisVerticalIcon className="size-4 text-muted" aria-hidden />
            </>
          )}
        </button>
      }
    >
      <MenuChoice
        label="Theme"
        value={theme}
        onChange={chooseTheme}
        options={[
          { value: 'system', label: 'As the device', icon: ComputerDesktopIcon },
          { value: 'dark', label: 'Dark', icon: MoonIcon },
          { value: 'light', label: 'Light', icon: SunIcon },
        ]}
      />
      <MenuSeparator />
      <MenuItem icon={CommandLineIcon} onSelect={onShortcuts}>
        Keyboard shortcuts
      </MenuItem>
      <MenuItem icon={ArrowRightStartOnRectangleIcon} onSelect={() => signOut.mutate()}>
        Sign out
      </MenuItem>
    </Menu>
  )
}
