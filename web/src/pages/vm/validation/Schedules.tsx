import { ClockIcon, XMarkIcon } from '@heroicons/react/16/solid'
import type { VmDetail } from '@deployer/core/vm.ts'
import type { Schedule, ValidationOrder } from '@deployer/core/vm-validation/order.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemMessage } from '../../../components/ProblemMessage.tsx'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Message } from '../../../ui/Message.tsx'
import { Select } from '../../../ui/Select.tsx'
import { When } from './CheckList.tsx'
import { schedulesQuery, useEndSchedule, useSchedule } from './queries.ts'

const intervals = [
  { value: '5', label: '5 minutes' },
  { value: '15', label: '15 minutes' },
  { value: '60', label: 'hour' },
  { value: '360', label: '6 hours' },
  { value: '1440', label: 'day' },
  { value: '10080', label: 'week' },
]

const intervalText = (minutes: number): string =>
  `Every ${intervals.find(({ value }) => value === String(minutes))?.label ?? `${minutes} minutes`}`

const isFor =
  (vmid: number, deploymentId: string | null) =>
  ({ target }: Schedule): boolean =>
    'vmids' in target ? target.vmids.includes(vmid) : target.deploymentId === deploymentId

/** Having the same checks done again and again; `order` answers null where they are not right yet. */
export function Schedules({
  vm,
  order,
}: {
  vm: Pick<VmDetail, 'vmid' | 'name'>
  order: () => ValidationOrder | null
}) {
  const { data } = useQuery(schedulesQuery)
  const [interval, setInterval] = useState('60')
  const schedule = useSchedule()
  const end = useEndSchedule()
  const own = data?.filter(isFor(vm.vmid, null)) ?? []
  const add = () => {
    const checks = order()
    if (checks)
      schedule.mutate({ vmids: [vm.vmid], intervalMinutes: Number(interval), order: checks })
  }
  return (
    <section aria-label="Schedule" className="card p-4 sm:p-5">
      <h2 className="text-md">Again and again</h2>
      <p className="mt-1 text-xs text-muted">
        With these checks and your account, which is kept, encrypted, as long as the schedule is
        there
      </p>
      {own.length > 0 && (
        <ul className="mt-3 divide-y divide-line text-xs">
          {own.map(({ id, intervalMinutes, nextAt, owner, problem, name }) => (
            <li key={id} className="py-2">
              <div className="flex items-center gap-2">
                <span className="min-w-0 flex-1">
                  <span className="block text-ink">{name ?? intervalText(intervalMinutes)}</span>
                  <span className="block text-muted">
                    {owner}, next at <When at={nextAt} />
                  </span>
                </span>
                <IconButton
                  icon={XMarkIcon}
                  label={`End the schedule: ${intervalText(intervalMinutes).toLowerCase()}`}
                  size="sm"
                  onClick={() => end.mutate(id)}
                />
              </div>
              {problem !== null && <Message tone="warn" title={problem} className="mt-1.5" />}
            </li>
          ))}
        </ul>
      )}
      <div className="mt-3 flex items-end gap-2">
        <Field label="Every" className="flex-1">
          <Select value={interval} onChange={setInterval} options={intervals} />
        </Field>
        <Button icon={ClockIcon} working={schedule.isPending && 'Saving'} onClick={add}>
          Schedule
        </Button>
      </div>
      {(schedule.error ?? end.error) && (
        <ProblemMessage error={schedule.error ?? end.error} className="mt-3" />
      )}
    </section>
  )
}
