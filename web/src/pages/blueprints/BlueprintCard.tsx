import {
  ArrowDownTrayIcon,
  EllipsisVerticalIcon,
  PencilIcon,
  RocketLaunchIcon,
  TrashIcon,
} from '@heroicons/react/16/solid'
import type { BlueprintHead } from '@deployer/core/blueprint.ts'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useId } from 'react'
import { blueprintFileUrl, blueprintLink } from '../../api/blueprints.ts'
import { Badge } from '../../ui/Badge.tsx'
import { buttonClass, type Icon } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CodeBlock.tsx'
import { formatExactTime, formatTime, plural } from '../../ui/format.ts'
import { useNow } from '../../ui/useNow.ts'
import { PopoverButton, usePopoverId } from '../../ui/PopoverButton.tsx'

/** One blueprint with what can be done with it. */
export function BlueprintCard({
  head,
  onEdit,
  onDelete,
}: {
  head: BlueprintHead
  onEdit: () => void
  onDelete: () => void
}) {
  const titleId = useId()
  const { id, name, description, mine, shared } = head
  return (
    <li aria-labelledby={titleId} className="card flex min-w-0 flex-col p-4">
      <div className="flex items-start gap-2">
        <h3 id={titleId} className="min-w-0 flex-1 text-md wrap-anywhere">
          {name}
        </h3>
        {mine && shared && <Badge>shared</Badge>}
      </div>
      {description !== null && (
        <p className="mt-1 line-clamp-5 text-xs whitespace-pre-line text-muted" title={description}>
          {description}
        </p>
      )}
      <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs">
        <dt className="text-muted">{plural(head.vmCount, 'VM')}</dt>
        <dd className="min-w-0 truncate font-mono text-2xs leading-4 text-body">{namesOf(head)}</dd>
        <dt className="text-muted">From</dt>
        <dd className="min-w-0 truncate text-body">{templateOf(head)}</dd>
      </dl>
      <div className="mt-auto flex items-center gap-1 pt-4">
        <Link
          to="/deploy"
          search={{ blueprint: id }}
          data-row
          aria-label={`Start from ${name}`}
          className={buttonClass('secondary', 'sm')}
        >
          <RocketLaunchIcon className="size-4 opacity-80" aria-hidden />
          Start
        </Link>
        <Saved head={head} />
        <CopyButton
          text={() => blueprintLink(id)}
          label={shared ? 'the link' : 'the link, which works for you alone until you share it'}
        />
        <PopoverButton
          label={`More about ${name}`}
          className="inline-flex size-11 flex-none items-center justify-center rounded-md text-muted transition-colors hover:bg-raised hover:text-ink sm:size-7"
          button={<EllipsisVerticalIcon className="size-4" aria-hidden />}
        >
          <FileRow id={id} format="yaml">
            Export as YAML
          </FileRow>
          <FileRow id={id} format="json">
            Export as JSON
          </FileRow>
          {mine && (
            <div className="mt-1 border-t border-line pt-1">
              <ActionRow icon={PencilIcon} onClick={onEdit}>
                Rename, describe, share
              </ActionRow>
              <ActionRow icon={TrashIcon} onClick={onDelete}>
                Delete
              </ActionRow>
            </div>
          )}
        </PopoverButton>
      </div>
    </li>
  )
}

/** Who saved it and when; nothing for an example. */
function Saved({ head: { owner, mine, updatedAt } }: { head: BlueprintHead }) {
  const now = useNow(60_000)
  const at = updatedAt === null ? null : new Date(updatedAt)
  return (
    <p
      className="min-w-0 flex-1 truncate px-2 text-right text-2xs text-muted"
      title={at === null ? undefined : formatExactTime(at)}
    >
      {[mine ? null : owner, at === null ? null : formatTime(at, new Date(now))]
        .filter((part) => part !== null)
        .join(', ')}
    </p>
  )
}

const namesOf = ({ names, vmCount }: BlueprintHead) =>
  `${names.join(', ')}${names.length < vmCount && names.length === 3 && !names.some(isPattern) ? ' …' : ''}`

const isPattern = (name: string) => name.includes('{')

const templateOf = ({ source }: BlueprintHead) => {
  if (source.kind === 'iso') return source.volid ?? 'any ISO, chosen at the start'
  if (source.kind === 'image') return source.volid ?? 'any image, chosen at the start'
  const { name, vmid } = source
  if (name !== undefined) return name
  return vmid === undefined ? 'any template, chosen at the start' : `template ${vmid}`
}

const rowClass =
  'flex min-h-11 w-full items-center gap-2 rounded-sm px-2 text-left text-sm text-body hover:bg-accent-soft hover:text-ink sm:min-h-8'

function FileRow({
  id,
  format,
  children,
}: {
  id: string
  format: 'yaml' | 'json'
  children: ReactNode
}) {
  return (
    <a href={blueprintFileUrl(id, format)} download className={rowClass}>
      <ArrowDownTrayIcon className="size-4 text-muted" aria-hidden />
      {children}
    </a>
  )
}

function ActionRow({
  icon: IconShape,
  onClick,
  children,
}: {
  icon: Icon
  onClick: () => void
  children: ReactNode
}) {
  return (
    <button
      type="button"
      popoverTarget={usePopoverId()}
      popoverTargetAction="hide"
      onClick={onClick}
      className={rowClass}
    >
      <IconShape className="size-4 text-muted" aria-hidden />
      {children}
    </button>
  )
}
