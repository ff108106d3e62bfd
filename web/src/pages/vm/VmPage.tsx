import { ServerStackIcon } from '@heroicons/react/24/outline'
import type { VmDetail } from '@deployer/core/vm.ts'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { toApiError } from '../../api/problem.ts'
import { PageHeader } from '../../components/PageHeader.tsx'
import { type Asked, QueryProblem } from '../../components/QueryProblem.tsx'
import { useTitle } from '../../components/useTitle.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { formatDuration } from '../../ui/format.ts'
import { Message } from '../../ui/Message.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { type Tab, Tabs } from '../../ui/Tabs.tsx'
import { toast } from '../../ui/Toast.tsx'
import { type VmChange, vmQuery } from '../vms/queries.ts'
import type { VmTab } from '../vms/search.ts'
import { stateShown } from '../vms/words.ts'
import { CloudInitTab } from './CloudInitTab.tsx'
import { HardwareTab } from './HardwareTab.tsx'
import { HistoryTab } from './HistoryTab.tsx'
import { Overview } from './Overview.tsx'
import { consoleTab, validationTab } from './slots.tsx'
import { SnapshotsTab } from './SnapshotsTab.tsx'
import { VmActions } from './VmActions.tsx'
import { useVmWork, useWork, WorkContext } from './work.ts'

/** One VM, kept current while the page is open. */
export function VmPage() {
  const { vmid: text } = useParams({ from: '/shell/vms/$vmid' })
  const vmid = /^[1-9]\d{2,8}$/.test(text) ? Number(text) : null
  return vmid === null ? <NoVm text={text} /> : <Known key={vmid} vmid={vmid} />
}

function Known({ vmid }: { vmid: number }) {
  const [doing, setDoing] = useState<VmChange['kind'] | null>(null)
  const query = useQuery(vmQuery(vmid, doing !== null))
  const gone = query.error !== null && toApiError(query.error).status === 404
  useTitle(query.data ? query.data.name : `VM ${vmid}`)
  // Its absence may be seen before the end of the task that deletes it.
  if (gone && doing === 'delete' && query.data) return <Deleted vm={query.data} />
  if (gone) return query.data ? <Gone vm={query.data} /> : <NoVm text={String(vmid)} />
  if (query.data) return <Page vm={query.data} query={query} onDoing={setDoing} />
  return (
    <>
      <PageHeader title={`VM ${vmid}`} crumb={<VmsCrumb />} />
      <QueryProblem query={query} />
      {query.isPending && <SkeletonRows label="The VM is on its way" rows={8} />}
    </>
  )
}

const VmsCrumb = () => (
  <Link to="/vms" className="hover:text-ink">
    VMs
  </Link>
)

const back = (
  <Link to="/vms" className={buttonClass('primary')}>
    All VMs
  </Link>
)

function Deleted({ vm }: { vm: VmDetail }) {
  const navigate = useNavigate()
  useEffect(() => {
    toast('ok', `${vm.name}: deleted`)
    void navigate({ to: '/vms' })
  }, [vm.name, navigate])
  return <PageHeader title={vm.name} crumb={<VmsCrumb />} />
}

function Gone({ vm }: { vm: VmDetail }) {
  return (
    <>
      <PageHeader title={vm.name} crumb={<VmsCrumb />} />
      <div role="alert">
        <EmptyState icon={ServerStackIcon} title={`${vm.name} is not there any more`} action={back}>
          VM {vm.vmid} was deleted while this page was open, or you may not see it any more. The
          audit log tells what was done from here.
        </EmptyState>
      </div>
    </>
  )
}

function NoVm({ text }: { text: string }) {
  return (
    <>
      <PageHeader title="VM" crumb={<VmsCrumb />} />
      <EmptyState icon={ServerStackIcon} title={`There is no VM ${text}`} action={back}>
        Or your account may not see it: Proxmox asks for VM.Audit on it.
      </EmptyState>
    </>
  )
}

function Page({
  vm,
  query,
  onDoing,
}: {
  vm: VmDetail
  query: Asked
  onDoing: (doing: VmChange['kind'] | null) => void
}) {
  const navigate = useNavigate()
  const work = useVmWork(vm, (change) => {
    if (change.kind === 'delete') void navigate({ to: '/vms' })
  })
  const doing = work.busy ? (work.work?.change.kind ?? null) : null
  useEffect(() => onDoing(doing), [doing, onDoing])
  const state = stateShown(vm)
  return (
    <WorkContext value={work}>
      <PageHeader
        title={vm.name}
        crumb={
          <span className="flex gap-2">
            <VmsCrumb />
            <span aria-hidden>›</span>
            {vm.node}
            <span aria-hidden>›</span>
            <span className="font-mono">{vm.vmid}</span>
          </span>
        }
        badge={
          <span className="flex items-center gap-3">
            <StatusBadge kind={state.glyph}>{state.text}</StatusBadge>
            {vm.uptimeSeconds !== null && (
              <span className="text-sm text-muted">
                up {formatDuration(vm.uptimeSeconds * 1000)}
              </span>
            )}
          </span>
        }
        phoneSub={`${state.text}, ${vm.vmid} on ${vm.node}`}
        actions={<VmActions vm={vm} />}
      />
      <WorkStrip />
      <QueryProblem query={query} />
      {vm.lock !== null && !work.busy && (
        <Message tone="info" title={`Proxmox is at it: ${vm.lock}`} className="mb-4">
          <p>Changes have to wait until that has ended.</p>
        </Message>
      )}
      <VmTabs vm={vm} />
    </WorkContext>
  )
}

/** What goes on, and what failed. */
function WorkStrip() {
  const { work, dismiss } = useWork()
  if (work === null) return null
  if (work.failed === null)
    return (
      <div
        role="status"
        className="mb-4 rounded-md border border-accent-line bg-accent-soft px-3 py-2 text-sm"
      >
        <Spinner since={work.since}>{work.words.doing}</Spinner>
      </div>
    )
  return (
    <Message
      tone="bad"
      role="alert"
      title={`${work.words.doing} failed`}
      proxmox={work.failed}
      className="mb-4"
      action={
        <Button size="sm" onClick={dismiss}>
          Close
        </Button>
      }
    >
      <p>The history of the VM has the log of the task.</p>
    </Message>
  )
}

function VmTabs({ vm }: { vm: VmDetail }) {
  const { tab = 'overview' } = useSearch({ from: '/shell/vms/$vmid' })
  const navigate = useNavigate({ from: '/vms/$vmid' })
  const tabs: Tab<VmTab>[] = [
    { value: 'overview', label: 'Overview', content: <Overview vm={vm} /> },
    ...(consoleTab
      ? [{ value: 'console' as const, label: 'Console', content: consoleTab(vm) }]
      : []),
    ...(vm.cloudInit
      ? [
          {
            value: 'cloud-init' as const,
            label: 'Cloud-init',
            content: <CloudInitTab vm={vm} cloudInit={vm.cloudInit} />,
          },
        ]
      : []),
    ...(validationTab
      ? [{ value: 'validation' as const, label: 'Validation', content: validationTab(vm) }]
      : []),
    {
      value: 'snapshots',
      label: 'Snapshots',
      count: vm.snapshots.length || undefined,
      content: <SnapshotsTab vm={vm} />,
    },
    { value: 'hardware', label: 'Hardware', content: <HardwareTab vm={vm} /> },
    { value: 'history', label: 'History', content: <HistoryTab vm={vm} /> },
  ]
  const shown = tabs.some(({ value }) => value === tab) ? tab : 'overview'
  return (
    <Tabs
      label={`Parts of ${vm.name}`}
      value={shown}
      onChange={(value) =>
        void navigate({
          search: (before) => ({ ...before, tab: value === 'overview' ? undefined : value }),
          replace: true,
          resetScroll: false,
        })
      }
      tabs={tabs}
    />
  )
}
