import { operationTitle } from '@deployer/core/audit.ts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { statusQuery } from '../../api/queries.ts'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { StatusWord } from '../../ui/Badge.tsx'
import { CodeBlock, CopyButton } from '../../ui/CodeBlock.tsx'
import { formatDuration, plural } from '../../ui/format.ts'
import { KeyValue } from '../../ui/KeyValue.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { type AuditDetail, auditEntryQuery } from './queries.ts'
import { aboutOf, resultOf } from './words.ts'

const link =
  'inline-flex min-h-6 items-center text-accent-text underline decoration-accent-line underline-offset-2'

/** An entry whole: its configuration, who asked from where, and what belongs to it. */
export function EntryDetail({ id }: { id: number }) {
  const query = useQuery(auditEntryQuery(id))
  if (query.error) return <ProblemMessage error={query.error} />
  if (!query.data) return <Spinner>Reading the entry</Spinner>
  return (
    <div className="grid rounded-md border border-line bg-well lg:grid-cols-[minmax(0,1fr)_minmax(0,400px)]">
      <Content detail={query.data} />
      <div className="min-w-0 space-y-3 border-t border-line p-4 lg:border-t-0 lg:border-l">
        <Facts detail={query.data} />
        <Related detail={query.data} />
      </div>
    </div>
  )
}

const views = [
  { value: 'configuration', label: 'Configuration' },
  { value: 'entry', label: 'Whole entry' },
] as const

function Content({ detail: { entry, head } }: { detail: AuditDetail }) {
  const hasConfiguration = entry['configuration'] !== undefined
  const [view, setView] = useState<'configuration' | 'entry'>(
    hasConfiguration ? 'configuration' : 'entry',
  )
  const shown = view === 'entry' ? entry : entry['configuration']
  return (
    <div className="min-w-0 space-y-2 p-4">
      <div className="flex flex-wrap items-center gap-3">
        <h3 className="min-w-0 flex-1 truncate text-sm font-semibold">
          {operationTitle(head.operation)}{' '}
          <span className="font-normal text-muted">{aboutOf(head)}</span>
        </h3>
        {hasConfiguration && (
          <SegmentedControl label="What is shown" value={view} onChange={setView} options={views} />
        )}
      </div>
      {head.error !== null && <p className="text-xs wrap-anywhere text-bad">{head.error}</p>}
      {typeof entry['message'] === 'string' && (
        <p className="text-xs wrap-anywhere text-body">{entry['message']}</p>
      )}
      <Changes changes={entry['changes']} leftOut={entry['changes_left_out']} />
      <CodeBlock
        text={JSON.stringify(shown, null, 2)}
        label={view === 'entry' ? 'the entry' : 'the configuration'}
        maxHeight={320}
      />
      <p className="text-2xs text-muted">Secrets are not recorded.</p>
    </div>
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** `memory_mb` as it was and as it became. */
function Changes({ changes, leftOut }: { changes: unknown; leftOut: unknown }) {
  if (!isRecord(changes)) return null
  return (
    <table className="w-full text-xs">
      <caption className="sr-only">What changed</caption>
      <thead>
        <tr className="text-left text-2xs text-muted">
          <th className="py-1 pr-3 font-normal">Changed</th>
          <th className="py-1 pr-3 font-normal">From</th>
          <th className="py-1 font-normal">To</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(changes).map(([path, change]) => (
          <tr key={path} className="border-t border-line align-top">
            <th className="py-1 pr-3 text-left font-normal wrap-anywhere">
              <Mono>{path}</Mono>
            </th>
            <td className="py-1 pr-3 wrap-anywhere text-muted">
              {isRecord(change) && shownValue(change['from'])}
            </td>
            <td className="py-1 wrap-anywhere">{isRecord(change) && shownValue(change['to'])}</td>
          </tr>
        ))}
        {typeof leftOut === 'number' && (
          <tr className="border-t border-line text-muted">
            <td colSpan={3} className="py-1">
              and {plural(leftOut, 'more change')}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

const shownValue = (value: unknown): string => {
  if (value === null || value === undefined) return 'not set'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value) && value.length === 0) return 'none'
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(', ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const short = (hash: string): string => `${hash.slice(0, 6)}…${hash.slice(-4)}`

const kinds: Record<string, string> = { token: 'API token', person: 'person', system: 'the server' }

function Facts({ detail: { entry, head } }: { detail: AuditDetail }) {
  const items: [string, ReactNode][] = []
  const add = (label: string, value: ReactNode) => {
    if (value !== null && value !== undefined && value !== '' && value !== false)
      items.push([label, value])
  }
  const kind = kinds[text(entry['actor_kind']) ?? '']
  add('Exact time', <Mono>{head.at}</Mono>)
  add('Asked by', [head.username, kind].filter(Boolean).join(', '))
  add('From', head.address)
  add('Ran as', text(entry['runs_as']))
  add(
    'Deployment',
    head.deployment && (
      <Link
        to="/deployments/$deploymentId"
        params={{ deploymentId: head.deployment.id }}
        className={link}
      >
        {head.deployment.name ?? head.deployment.id}
      </Link>
    ),
  )
  add('VM', head.vm && <VmLinks detail={{ entry, head }} />)
  add('Proxmox tasks', upidsOf(entry).length > 0 && <Tasks upids={upidsOf(entry)} head={head} />)
  add('Took', head.durationMs === null ? null : formatDuration(head.durationMs))
  add('Plan', hash(entry['plan_hash'], 'the hash of the plan'))
  add('Request', hash(entry['request_id'], 'the id of the request'))
  add('Entry', head.id.toLocaleString('en'))
  add('SHA-256', hash(entry['hash'], 'the hash'))
  add('Chained to', hash(entry['previous_hash'], 'the hash of the entry before'))
  return <KeyValue items={items} />
}

function Mono({ children }: { children: ReactNode }) {
  return <code className="font-mono text-2xs">{children}</code>
}

const hash = (value: unknown, label: string): ReactNode => {
  const whole = text(value)
  if (whole === null) return null
  return (
    <span className="inline-flex items-center gap-1">
      <Mono>{whole.length > 40 ? short(whole) : whole}</Mono>
      <CopyButton text={whole} label={label} size="xs" />
    </span>
  )
}

/** To all that is known of the VM here, and to the VM in Proxmox's own page. */
function VmLinks({ detail: { head } }: { detail: Pick<AuditDetail, 'entry' | 'head'> }) {
  const { data: status } = useQuery(statusQuery)
  const { vm } = head
  if (vm === null) return null
  const known = vm.name ?? String(vm.vmid)
  return (
    <>
      <Link to="/audit" search={{ vm: known }} className={link}>
        {known}
      </Link>
      {vm.vmid !== null && (
        <>
          {', '}
          <Link to="/vms/$vmid" params={{ vmid: String(vm.vmid) }} className={link}>
            its page
          </Link>
        </>
      )}
      {vm.vmid !== null && status && !status.demo && (
        <>
          {', '}
          <a
            href={`https://${status.host}/#v1:0:=qemu%2F${vm.vmid}`}
            target="_blank"
            rel="noreferrer"
            className={link}
          >
            {vm.vmid} in Proxmox
          </a>
        </>
      )}
    </>
  )
}

/** `UPID:pve1:0000A1B2:00C3D4E5:65C6D8B0:qmclone:9000:root@pam:`: its sixth part is what it did. */
const taskName = (upid: string): string => upid.split(':')[5] ?? upid

const upidsOf = ({ upids }: AuditDetail['entry']): string[] =>
  Array.isArray(upids) ? upids.filter((one) => typeof one === 'string') : []

/** The steps of the deployment show the log of each. */
function Tasks({ upids, head }: { upids: string[]; head: AuditDetail['head'] }) {
  const { deployment, vm } = head
  return (
    <span className="inline-flex flex-wrap justify-end gap-x-2">
      {upids.map((upid) => (
        <span key={upid} className="inline-flex items-center gap-0.5">
          {deployment ? (
            <Link
              to="/deployments/$deploymentId"
              params={{ deploymentId: deployment.id }}
              search={{ q: vm?.name ?? undefined }}
              title={upid}
              className={link}
            >
              {taskName(upid)}
            </Link>
          ) : (
            <span title={upid}>{taskName(upid)}</span>
          )}
          <CopyButton text={upid} label={`the UPID of ${taskName(upid)}`} size="xs" />
        </span>
      ))}
    </span>
  )
}

const MOST_RELATED = 12

function Related({ detail: { related, head } }: { detail: AuditDetail }) {
  const [all, setAll] = useState(false)
  if (related.length === 0) return null
  const shown = all ? related : related.slice(0, MOST_RELATED)
  return (
    <div>
      <h4 className="mb-1 text-xs font-medium text-ink">
        {plural(related.length, 'entry', 'entries')} of the same request
      </h4>
      <ul className="max-h-60 space-y-0.5 overflow-y-auto">
        {shown.map((other) => {
          const intent = isClosedIntent(other, [head, ...related])
          const result = intent ? INTENDED : resultOf(other)
          return (
            <li key={other.id} className="flex min-h-6 items-center gap-2 text-2xs">
              <Link
                to="/audit"
                search={(before) => ({ ...before, entry: other.id })}
                className={`${link} min-w-0 flex-1 truncate`}
              >
                {operationTitle(other.operation)}
                {other.vm && `, ${aboutOf(other)}`}
              </Link>
              <StatusWord kind={result.glyph}>{result.text}</StatusWord>
            </li>
          )
        })}
      </ul>
      {!all && related.length > MOST_RELATED && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className={`${link} h-11 text-2xs sm:h-6`}
        >
          Show all {related.length}
        </button>
      )}
    </div>
  )
}

const INTENDED = { glyph: 'to-come', text: 'Intended' } as const

/** What came of it is another one of them. */
const isClosedIntent = (
  { status, operation }: AuditDetail['head'],
  others: readonly AuditDetail['head'][],
): boolean =>
  status === 'pending' &&
  others.some((other) => other.operation === operation && other.status !== 'pending')
