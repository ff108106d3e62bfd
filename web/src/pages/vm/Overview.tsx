import type { VmAgent, VmDetail } from '@deployer/core/vm.ts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useServerNow } from '../../components/useServerNow.ts'
import { StatusWord, Tag } from '../../ui/Badge.tsx'
import { CopyButton } from '../../ui/CodeBlock.tsx'
import { formatExactTime, formatGiB, formatMiB, formatTime, plural } from '../../ui/format.ts'
import { KeyValue } from '../../ui/KeyValue.tsx'
import { agentQuery } from '../vms/queries.ts'
import { systemText } from '../vms/words.ts'
import { Charts } from './Charts.tsx'
import { validationCard } from './slots.tsx'
import { TaskRows } from './TaskRows.tsx'

const FEW_TASKS = 4

/** How it is doing, what it is, where it comes from. */
export function Overview({ vm }: { vm: VmDetail }) {
  return (
    // In one column, what people come for stands first: its address.
    <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_330px] xl:grid-rows-[auto_1fr]">
      <div className="xl:col-start-2">
        <AtAGlance vm={vm} />
      </div>
      <div className="min-w-0 space-y-4 xl:col-start-1 xl:row-span-2 xl:row-start-1">
        <Charts vm={vm} />
        {validationCard?.(vm)}
        <RecentTasks vm={vm} />
      </div>
      <div className="space-y-4 empty:hidden xl:col-start-2">
        {vm.origin && <Origin origin={vm.origin} />}
        {vm.origin && vm.origin.differences.length > 0 && (
          <WantedAndActual differences={vm.origin.differences} />
        )}
      </div>
    </div>
  )
}

function Card({
  title,
  action,
  children,
}: {
  title: string
  action?: ReactNode
  children: ReactNode
}) {
  return (
    <section aria-label={title} className="card p-4">
      <div className="mb-2 flex items-center justify-between gap-3">
        <h2 className="text-md">{title}</h2>
        {action}
      </div>
      {children}
    </section>
  )
}

function RecentTasks({ vm }: { vm: VmDetail }) {
  return (
    <section aria-label="Recent tasks" className="card">
      <div className="flex items-center justify-between gap-3 border-b border-line px-4 py-2.5 sm:px-5">
        <h2 className="text-md">Recent tasks</h2>
        {vm.tasks.length > 0 && (
          <Link
            to="/vms/$vmid"
            params={{ vmid: String(vm.vmid) }}
            search={{ tab: 'history' }}
            className="link text-xs"
          >
            History
          </Link>
        )}
      </div>
      {vm.tasks.length === 0 ? (
        <p className="px-4 py-3 text-xs text-muted sm:px-5">
          None yet, or none that you may see: tasks of others take Sys.Audit on its node.
        </p>
      ) : (
        <TaskRows tasks={vm.tasks.slice(0, FEW_TASKS)} />
      )}
    </section>
  )
}

const copied = (text: string, label: string) => (
  <span className="inline-flex items-center gap-0.5">
    <span className="font-mono">{text}</span>
    <CopyButton text={text} label={label} size="xs" />
  </span>
)

/** `ubuntu@10.20.0.51`, where there is a user and an address. */
const sshOf = (vm: VmDetail, address: string | null): string | null => {
  const user = vm.cloudInit?.keys.find(({ key }) => key === 'ciuser')?.wanted
  const windows = vm.osType?.startsWith('w') ?? false
  return user && address !== null && !windows ? `${user}@${address}` : null
}

function AtAGlance({ vm }: { vm: VmDetail }) {
  const agent = useQuery({ ...agentQuery(vm.vmid), enabled: vm.state === 'running' }).data
  const told = vm.state === 'running' ? agent : undefined
  const address = told?.address ?? vm.address
  const ssh = sshOf(vm, address)
  const { hardware } = vm
  const boot = hardware.drives.find((drive) => drive.boot)
  const [nic] = hardware.nics
  return (
    <Card title="At a glance">
      <KeyValue
        items={[
          [
            'Address',
            address === null ? (
              <span key="none" className="text-muted">
                not known
              </span>
            ) : (
              copied(address, 'the address')
            ),
          ],
          ...(ssh === null ? [] : [['SSH', copied(ssh, 'the SSH address')] as const]),
          ['Node', vm.node],
          [
            'VMID',
            <span key="vmid" className="font-mono">
              {vm.vmid}
            </span>,
          ],
          ...(vm.pool === null ? [] : [['Pool', vm.pool] as const]),
          ['System', told?.system ?? systemText(vm.osType)],
          ...(told?.hostName ? [['Host name', told.hostName] as const] : []),
          [
            'Size',
            `${plural(hardware.cores * hardware.sockets, 'core')}, ${formatMiB(hardware.memoryMiB)}${boot ? `, ${formatGiB(boot.sizeGiB)}` : ''}`,
          ],
          ...(boot
            ? [
                [
                  'Disk',
                  <span key="disk">
                    <span className="font-mono">{boot.key}</span> on {boot.storage}
                  </span>,
                ] as const,
              ]
            : []),
          ...(nic
            ? [
                [
                  'NIC',
                  <span key="nic">
                    <span className="font-mono">{nic.key}</span> {nic.bridge ?? 'not connected'}
                    {nic.vlan !== null && `, VLAN ${nic.vlan}`}
                  </span>,
                ] as const,
              ]
            : []),
          [
            'Tags',
            vm.tags.length === 0 ? (
              'none'
            ) : (
              <span key="tags" className="inline-flex flex-wrap justify-end gap-1">
                {vm.tags.map((tag) => (
                  <Tag key={tag}>{tag}</Tag>
                ))}
              </span>
            ),
          ],
          ['Starts with node', vm.startsWithNode ? 'yes' : 'no'],
          ...(vm.protection ? [['Protection', 'on'] as const] : []),
          ...(vm.highAvailability ? [['High availability', 'managed'] as const] : []),
          ['Agent', <AgentWord key="agent" vm={vm} told={told} />],
        ]}
      />
    </Card>
  )
}

function AgentWord({ vm, told }: { vm: VmDetail; told: VmAgent | undefined }) {
  if (vm.state !== 'running') return vm.agent ? 'enabled' : 'not enabled'
  if (told === undefined) return <span className="text-muted">asking</span>
  if (told.silent === null) return <StatusWord kind="done">answers</StatusWord>
  return <span className="text-muted">{told.silent}</span>
}

function Origin({ origin }: { origin: NonNullable<VmDetail['origin']> }) {
  const now = new Date(useServerNow(null))
  const made = new Date(origin.createdAt)
  return (
    <Card title="Where it comes from">
      <KeyValue
        items={[
          [
            'Deployment',
            origin.deployment === null ? (
              <span key="deployment" className="text-muted">
                one of others, which you may not see
              </span>
            ) : (
              <Link
                key="deployment"
                to="/deployments/$deploymentId"
                params={{ deploymentId: origin.deployment.id }}
                className="link"
              >
                {origin.deployment.name ?? origin.deployment.id}
              </Link>
            ),
          ],
          ['From', origin.source],
          [
            origin.createdBy === null ? 'Made' : 'Made by',
            <span key="by" title={formatExactTime(made)}>
              {origin.createdBy !== null && `${origin.createdBy}, `}
              {formatTime(made, now)}
            </span>,
          ],
          [
            'Stamp',
            origin.stamp ? (
              <StatusWord key="stamp" kind="done">
                <span className="text-ink">
                  {origin.deployment && <span className="font-mono">{origin.deployment.id} </span>}
                  verified
                </span>
              </StatusWord>
            ) : (
              <StatusWord key="stamp" kind="warning">
                gone from its description
              </StatusWord>
            ),
          ],
        ]}
      />
    </Card>
  )
}

function WantedAndActual({
  differences,
}: {
  differences: NonNullable<VmDetail['origin']>['differences']
}) {
  return (
    <Card
      title="Wanted and actual"
      action={<StatusWord kind="warning">{plural(differences.length, 'difference')}</StatusWord>}
    >
      <table className="w-full text-xs">
        <thead>
          <tr className="border-b border-line">
            {['Key', 'Wanted', 'Actual'].map((title) => (
              <th key={title} scope="col" className="h-7 text-left font-medium text-muted">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line font-mono text-2xs">
          {differences.map(({ key, wanted, actual }) => (
            <tr key={key}>
              <th scope="row" className="h-7 text-left font-normal text-ink">
                {key}
              </th>
              <td className="wrap-anywhere">{wanted}</td>
              <td className="wrap-anywhere text-warn">{actual ?? 'not set'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-2 text-xs text-muted">
        What its deployment set, and what Proxmox has now: somebody changed it since.
      </p>
    </Card>
  )
}
