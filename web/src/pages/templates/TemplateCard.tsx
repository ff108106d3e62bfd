import { ForwardIcon, RocketLaunchIcon } from '@heroicons/react/16/solid'
import type { Template } from '@deployer/core/inventory.ts'
import type { HealthCheck, HealthStatus, TemplateHealth } from '@deployer/core/template-health.ts'
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { OsTile, StatusBadge } from '../../ui/Badge.tsx'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CodeBlock.tsx'
import { formatGiB, plural } from '../../ui/format.ts'
import { Skeleton } from './Skeleton.tsx'
import { type GlyphKind, StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { osLetters } from '../deploy/template-facts.ts'

const looks: Record<HealthStatus, { glyph: GlyphKind; word: string }> = {
  good: { glyph: 'done', word: 'Good' },
  note: { glyph: 'info', word: 'Good, with notes' },
  warning: { glyph: 'warning', word: 'Could be better' },
  bad: { glyph: 'failed', word: 'Needs a fix' },
}

/** One template: what it is like, what to fix, what can be done with it. */
export function TemplateCard({
  template,
  health,
  onNextVersion,
}: {
  template: Template
  /** Null while it is read; undefined where it could not be. */
  health: TemplateHealth | null | undefined
  onNextVersion: () => void
}) {
  const id = useId()
  const { vmid, name, node, disks, cores, sockets, memoryMiB } = template
  const points = health?.checks.filter(({ status }) => status !== 'good') ?? []
  const good = health?.checks.filter(({ status }) => status === 'good') ?? []
  const disk = disks.reduce((sum, { sizeGiB }) => sum + sizeGiB, 0)
  return (
    <li aria-labelledby={id} className="card flex min-w-0 flex-col p-4">
      <div className="flex flex-wrap items-start gap-3">
        <OsTile letters={osLetters(template)} />
        <div className="min-w-0 flex-1">
          <h3 id={id} className="text-md wrap-anywhere">
            {name}
          </h3>
          <p className="text-xs text-muted">
            <span className="font-mono text-2xs">{vmid}</span> on {node},{' '}
            {plural(cores * sockets, 'core')}, {formatGiB(memoryMiB / 1024)}, disk {formatGiB(disk)}
          </p>
        </div>
        {health && (
          <StatusBadge kind={looks[health.status].glyph}>{looks[health.status].word}</StatusBadge>
        )}
      </div>
      {health === null && <Skeleton />}
      {health === undefined && (
        <p className="mt-3 text-xs text-muted">Its config could not be read.</p>
      )}
      {points.length > 0 && (
        <ul className="mt-3 space-y-3">
          {points.map((check) => (
            <Point key={check.code} check={check} />
          ))}
        </ul>
      )}
      {health?.linkedClones && health.linkedClones.length > 0 && (
        <p className="mt-2 pl-6 text-xs text-muted">
          {health.linkedClones
            .slice(0, 6)
            .map((clone) => clone.name ?? String(clone.vmid))
            .join(', ')}
          {health.linkedClones.length > 6 && ` and ${health.linkedClones.length - 6} more`}
        </p>
      )}
      {good.length > 0 && (
        <details className="mt-3 text-xs">
          <summary className="cursor-pointer text-muted">
            {plural(good.length, 'point')} good
          </summary>
          <ul className="mt-2 space-y-1.5">
            {good.map(({ code, title, detail }) => (
              <li key={code} className="flex gap-2">
                <StatusGlyph kind="done" size={12} className="mt-0.5 flex-none" />
                <span>
                  <span className="text-ink">{title}</span>{' '}
                  <span className="text-muted">{detail}</span>
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <div className="mt-auto flex flex-wrap gap-2 pt-4">
        <Link
          to="/deploy"
          search={{ template: vmid }}
          aria-label={`Deploy from ${name}`}
          className={buttonClass('secondary', 'sm')}
        >
          <RocketLaunchIcon className="size-4 opacity-80" aria-hidden />
          Deploy
        </Link>
        <Button
          size="sm"
          variant="ghost"
          icon={ForwardIcon}
          aria-label={`Next version of ${name}`}
          onClick={onNextVersion}
        >
          Next version
        </Button>
      </div>
    </li>
  )
}

function Point({ check: { status, title, detail, fix } }: { check: HealthCheck }) {
  return (
    <li className="flex gap-2 text-xs">
      <StatusGlyph kind={looks[status].glyph} size={14} className="mt-px flex-none" />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-ink">{title}</p>
        <p className="text-muted">
          {detail} {fix?.text}
        </p>
        {fix?.command && (
          <p className="mt-1 flex items-center gap-1">
            <code className="min-w-0 rounded-sm bg-well px-1.5 py-0.5 text-2xs wrap-anywhere text-body">
              {fix.command}
            </code>
            <CopyButton text={fix.command} label="the command" size="xs" />
          </p>
        )}
      </div>
    </li>
  )
}
