import { ShieldCheckIcon } from '@heroicons/react/16/solid'
import type { VmDetail } from '@deployer/core/vm.ts'
import type { ValidationOrder, VmValidation } from '@deployer/core/vm-validation/order.ts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ProblemMessage } from '../../../components/ProblemMessage.tsx'
import { StatusWord } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { SkeletonRows } from '../../../ui/Skeleton.tsx'
import { CheckList, outcomeShown, When } from './CheckList.tsx'
import { ChecksForm } from './ChecksForm.tsx'
import { type Draft, draftOf, readDraft } from './draft.ts'
import { useValidate, validationsQuery } from './queries.ts'
import { Schedules } from './Schedules.tsx'

type Vm = Pick<VmDetail, 'vmid' | 'name'>

/** What was found of a VM, now and before; checks of one's own; and having it done again and again. */
export function ValidationTab({ vm }: { vm: Vm }) {
  const { data, error, isPending } = useQuery(validationsQuery(vm.vmid))
  const [draft, setDraft] = useState<Draft | null>(null)
  const [complain, setComplain] = useState(false)
  const validate = useValidate(vm.vmid)
  const [latest, ...earlier] = data ?? []
  // What somebody typed for this VM the last time is where they go on.
  const own = data?.find(({ order }) => Object.keys(order).length > 0)
  const current = draft ?? draftOf(own?.order ?? {})
  const read = readDraft(current)
  const wrong = read.ports !== null || read.checks.size > 0
  const running = latest?.status === 'running'
  const order = (): ValidationOrder | null => {
    setComplain(wrong)
    return wrong ? null : read.order
  }
  const begin = () => {
    const asked = order()
    if (asked) validate.mutate(asked)
  }
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_336px] lg:gap-5">
      <div className="min-w-0 space-y-4">
        {isPending && <SkeletonRows rows={5} label="Earlier results are on their way" />}
        {error && !data && <ProblemMessage error={error} />}
        {validate.error && <ProblemMessage error={validate.error} />}
        {data && (
          <section aria-label="Newest result" className="card">
            <div className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2 sm:px-5">
              <h2 className="text-md">Validation</h2>
              {latest && <Outcome validation={latest} />}
              <span className="flex-1" />
              <Button
                variant="primary"
                icon={ShieldCheckIcon}
                working={(validate.isPending || running) && 'Checking'}
                onClick={begin}
              >
                {latest ? 'Validate again' : 'Validate'}
              </Button>
            </div>
            {latest ? (
              <CheckList validation={latest} />
            ) : (
              <p className="px-4 py-4 text-xs sm:px-5">
                {vm.name} was not validated yet. It asks whether Proxmox runs it, its agent, its
                address and its ports.
              </p>
            )}
          </section>
        )}
        <section aria-label="What is checked" className="card">
          <div className="border-b border-line px-4 py-2.5 sm:px-5">
            <h2 className="text-md">What is checked</h2>
            <p className="text-xs text-muted">
              Beside Proxmox, agent and address. Always on the VM itself, with your own rights
            </p>
          </div>
          <div className="px-4 py-4 sm:px-5">
            <ChecksForm
              draft={current}
              read={read}
              complain={complain}
              usualPort="22 with an SSH server for Linux, 3389 for Windows"
              onChange={setDraft}
            />
          </div>
        </section>
        {earlier.length > 0 && <Earlier validations={earlier} />}
      </div>
      <Schedules vm={vm} order={order} />
    </div>
  )
}

function Outcome({ validation }: { validation: VmValidation }) {
  const { glyph, word } = outcomeShown(validation)
  return (
    <span className="flex flex-wrap items-center gap-x-2 text-xs text-muted">
      <StatusWord kind={glyph}>{word}</StatusWord>
      {validation.status !== 'running' && (
        <When at={validation.finishedAt ?? validation.startedAt} />
      )}
    </span>
  )
}

function Earlier({ validations }: { validations: VmValidation[] }) {
  return (
    <section aria-label="Earlier results" className="card">
      <h2 className="flex h-11 items-center border-b border-line px-4 text-md sm:px-5">
        Earlier results
      </h2>
      <ul className="divide-y divide-line">
        {validations.map((validation) => (
          <li key={validation.id}>
            <details>
              <summary className="flex min-h-11 cursor-pointer flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-1.5 text-xs hover:bg-raised/40 sm:min-h-9 sm:px-5">
                <span className="w-28 flex-none">
                  <StatusWord kind={outcomeShown(validation).glyph}>
                    {outcomeShown(validation).word}
                  </StatusWord>
                </span>
                <span className="flex-none text-muted">
                  <When at={validation.startedAt} />
                </span>
                <span className="min-w-0 flex-1 truncate text-muted">{askedBy(validation)}</span>
                <span className="font-mono text-2xs text-muted">{validation.address}</span>
              </summary>
              <div className="mx-4 mb-3 rounded-md border border-line bg-well sm:mx-5">
                {validation.deploymentId !== null && (
                  <p className="px-4 pt-3 text-xs sm:px-5">
                    <Link
                      to="/deployments/$deploymentId"
                      params={{ deploymentId: validation.deploymentId }}
                      className="text-accent-text underline decoration-accent-line underline-offset-2"
                    >
                      Deployment {validation.deploymentId}
                    </Link>
                  </p>
                )}
                <CheckList validation={validation} />
              </div>
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}

const askedBy = ({ requestedBy, scheduleId, deploymentId }: VmValidation): string => {
  if (deploymentId !== null) return 'at the end of its deployment'
  return scheduleId === null ? requestedBy : `by a schedule of ${requestedBy}`
}
