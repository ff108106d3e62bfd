import {
  BookmarkIcon,
  CircleStackIcon,
  CodeBracketIcon,
  DocumentMagnifyingGlassIcon,
  LifebuoyIcon,
  QueueListIcon,
  RocketLaunchIcon,
  ServerStackIcon,
  Square3Stack3DIcon,
} from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { deploymentsQuery } from '../api/queries.ts'
import { Logo } from '../components/Logo.tsx'
import { doctorQuery } from '../pages/doctor/queries.ts'
import type { Icon } from '../ui/Button.tsx'
import { cx } from '../ui/cx.ts'
import { StatusGlyph } from '../ui/StatusGlyph.tsx'
import { useMediaQuery } from '../ui/useMediaQuery.ts'
import { Tooltip } from '../ui/Tooltip.tsx'
import { AccountMenu } from './AccountMenu.tsx'
import { ClusterState } from './ClusterState.tsx'

/**
 * The menu. `narrow`: stands beside the page and shrinks to pictures between 1024 and 1279 px; without it, it is the
 * content of the drawer.
 */
export function Sidebar({
  narrow = false,
  onShortcuts,
}: {
  narrow?: boolean
  onShortcuts: () => void
}) {
  const slim = useMediaQuery('(width < 1280px)') && narrow
  return (
    <div className="flex h-full flex-col">
      {narrow && (
        <Link
          to="/deploy"
          aria-label={slim ? 'VM Deployer for Proxmox VE' : undefined}
          className="flex items-center gap-2.5 px-[15px] pt-3.5 pb-3"
        >
          <Logo />
          {!slim && (
            <span>
              <span className="block text-sm leading-[18px] font-semibold text-ink">
                VM Deployer
              </span>{' '}
              <span className="block text-2xs text-muted">for Proxmox VE</span>
            </span>
          )}
        </Link>
      )}
      <nav aria-label="Main" className={cx('flex-1 space-y-0.5', narrow && 'px-2')}>
        <NavLink to="/deploy" icon={RocketLaunchIcon} label="Deploy" slim={slim} />
        <NavLink
          to="/deployments"
          icon={QueueListIcon}
          label="Deployments"
          slim={slim}
          after={<RunningCount slim={slim} />}
        />
        <NavLink to="/vms" icon={ServerStackIcon} label="VMs" slim={slim} />
        <NavLink to="/templates" icon={Square3Stack3DIcon} label="Templates" slim={slim} />
        <NavLink to="/images" icon={CircleStackIcon} label="Images" slim={slim} />
        <NavLink to="/blueprints" icon={BookmarkIcon} label="Blueprints" slim={slim} />
        <div className="mx-2 my-2.5! border-t border-line" role="presentation" />
        <NavLink to="/audit" icon={DocumentMagnifyingGlassIcon} label="Audit" slim={slim} />
        <NavLink
          to="/doctor"
          icon={LifebuoyIcon}
          label="Doctor"
          slim={slim}
          after={<ToFix slim={slim} />}
        />
        <Slim slim={slim} label="API">
          <a href="/docs" target="_blank" rel="noreferrer" className={linkClass(slim)}>
            <CodeBracketIcon className="size-[18px]" aria-hidden />
            <span className={slim ? 'sr-only' : undefined}>API</span>
            <span className="sr-only"> (opens in a new tab)</span>
          </a>
        </Slim>
      </nav>
      <div className={cx('border-t border-line', narrow ? 'px-2 py-2' : 'mt-4 py-3')}>
        <ClusterState slim={slim} />
        <AccountMenu slim={slim} onShortcuts={onShortcuts} />
      </div>
    </div>
  )
}

const linkClass = (slim: boolean) =>
  cx(
    'relative flex h-11 items-center gap-2.5 rounded-md text-sm text-body transition-colors hover:bg-raised hover:text-ink lg:h-8',
    slim ? 'justify-center' : 'px-2.5',
    'data-[status=active]:bg-accent-soft data-[status=active]:font-medium data-[status=active]:text-accent-text',
  )

function Slim({
  slim,
  label,
  children,
}: {
  slim: boolean
  label: string
  children: React.ReactElement<Record<string, unknown>>
}) {
  return slim ? (
    <Tooltip text={label} side="right">
      {children}
    </Tooltip>
  ) : (
    children
  )
}

function NavLink({
  to,
  icon: IconShape,
  label,
  slim,
  after,
}: {
  to:
    | '/deploy'
    | '/deployments'
    | '/vms'
    | '/templates'
    | '/images'
    | '/blueprints'
    | '/audit'
    | '/doctor'
  icon: Icon
  label: string
  slim: boolean
  after?: React.ReactNode
}) {
  return (
    <Slim slim={slim} label={label}>
      <Link to={to} className={linkClass(slim)}>
        <IconShape className="size-[18px]" aria-hidden />
        <span className={slim ? 'sr-only' : 'flex-1'}>{label}</span>
        {after}
      </Link>
    </Slim>
  )
}

/** How much the doctor found to fix when it looked last; it is not asked for this. */
function ToFix({ slim }: { slim: boolean }) {
  const { data } = useQuery({ ...doctorQuery, enabled: false })
  const count =
    data?.findings.filter(({ level }) => level === 'fail' || level === 'warn').length ?? 0
  if (count === 0) return null
  return (
    <span
      className={cx(
        'inline-flex h-5 min-w-5 items-center justify-center rounded-sm bg-warn-soft px-1 text-2xs font-medium text-warn',
        slim && 'absolute top-0 right-0',
      )}
    >
      {count}
      <span className="sr-only"> to fix</span>
    </span>
  )
}

/** How many deployments run now. */
function RunningCount({ slim }: { slim: boolean }) {
  const { data } = useQuery(deploymentsQuery)
  const count = data?.filter(({ status }) => status === 'running').length ?? 0
  if (count === 0) return null
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1.5 text-xs text-accent-text',
        slim && 'absolute top-0.5 right-0.5',
      )}
    >
      <StatusGlyph kind="running" size={12} />
      <span className={slim ? 'sr-only' : undefined}>
        {count}
        <span className="sr-only"> running</span>
      </span>
    </span>
  )
}
