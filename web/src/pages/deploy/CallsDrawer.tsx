import {
  ArrowDownTrayIcon,
  ChevronLeftIcon,
  ChevronRightIcon,
  Square2StackIcon,
} from '@heroicons/react/16/solid'
import type { Call, Plan, PlannedStep, PlannedVm } from '@deployer/core/plan.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { type ReactNode, useState } from 'react'
import { Badge } from '../../ui/Badge.tsx'
import { Button, IconButton } from '../../ui/Button.tsx'
import { CallBlock, CallLine, CodeBlock, CopyButton, copyText } from '../../ui/CodeBlock.tsx'
import { Drawer } from '../../ui/Dialog.tsx'
import { plural } from '../../ui/format.ts'
import { Select } from '../../ui/Select.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import {
  callText,
  curlHead,
  curlOfVm,
  paramText,
  placeholderWords,
  splitPlaceholders,
} from './curl.ts'
import type { DeployAction } from './deploy-action.ts'
import { BareDeployButton, shortHash } from './PlanPanel.tsx'

type View = 'calls' | 'curl' | 'json'

/** Every call that the plan makes, VM by VM. */
export function CallsDrawer({
  plan,
  request,
  open,
  onOpenChange,
  action,
  onPress,
}: {
  plan: Plan
  request: DeploymentRequest | null
  open: boolean
  onOpenChange: (open: boolean) => void
  action: DeployAction
  onPress: () => void
}) {
  const [view, setView] = useState<View>('calls')
  const [chosen, setChosen] = useState(0)
  const index = Math.min(chosen, plan.vms.length - 1)
  const vm = plan.vms[index]
  const picker = <VmPicker vms={plan.vms} index={index} onChange={setChosen} />
  const everything = allOf(view, plan, request)
  return (
    <Drawer
      open={open}
      onOpenChange={onOpenChange}
      title="What will happen on Proxmox"
      description={`${plural(plan.totals.vms, 'VM')}, ${plural(plan.totals.calls, 'call')} that ${plan.totals.calls === 1 ? 'changes' : 'change'} something. Reading and waiting is not counted.`}
      footer={
        <>
          <p className="min-w-0 flex-1 basis-full text-xs text-muted sm:basis-0">
            Plan <code className="text-ink">{shortHash(plan.hash)}</code>.{' '}
            {action.blocked === null ? (
              'Deploy runs exactly these calls.'
            ) : (
              <span className="text-bad">{action.blocked}.</span>
            )}
          </p>
          <CopyAll text={everything.text} />
          <Button
            icon={ArrowDownTrayIcon}
            onClick={() => download(everything.fileName, everything.text())}
          >
            Download
          </Button>
          <BareDeployButton
            action={action}
            onPress={onPress}
            hideReason
            className="flex-1 sm:flex-none"
          />
        </>
      }
    >
      {vm === undefined ? (
        <p className="text-muted">The plan has no VM yet.</p>
      ) : (
        <Tabs
          label="The plan as"
          value={view}
          onChange={setView}
          tabs={[
            {
              value: 'calls',
              label: 'Calls',
              content: (
                <>
                  {picker}
                  <StepList vm={vm} />
                </>
              ),
            },
            {
              value: 'curl',
              label: 'curl',
              content: (
                <>
                  {picker}
                  <CodeBlock
                    text={`${curlHead}\n\n${curlOfVm(vm)}`}
                    label={`the curl commands of ${vm.name}`}
                    className="mt-4"
                  />
                </>
              ),
            },
            {
              value: 'json',
              label: 'JSON',
              content: <JsonView plan={plan} vm={vm} request={request} picker={picker} />,
            },
          ]}
        />
      )}
    </Drawer>
  )
}

function VmPicker({
  vms,
  index,
  onChange,
}: {
  vms: PlannedVm[]
  index: number
  onChange: (index: number) => void
}) {
  const options = vms.map((vm, at) => ({
    value: String(at),
    label: vm.name,
    hint: `VM ${vm.vmid} on ${vm.node}, ${at + 1} of ${vms.length}`,
  }))
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Select
        label="VM"
        value={String(index)}
        options={options}
        onChange={(value) => onChange(Number(value))}
        className="max-w-80"
      />
      {vms.length > 1 && (
        <>
          <IconButton
            icon={ChevronLeftIcon}
            label="The VM before"
            aria-disabled={index === 0 || undefined}
            onClick={() => onChange(Math.max(0, index - 1))}
          />
          <IconButton
            icon={ChevronRightIcon}
            label="The next VM"
            aria-disabled={index === vms.length - 1 || undefined}
            onClick={() => onChange(Math.min(vms.length - 1, index + 1))}
          />
          <span className="text-xs text-muted">{whatDiffers(vms, index)}</span>
        </>
      )}
    </div>
  )
}

/** `The other 9 differ in name, VMID, node`. */
function whatDiffers(vms: PlannedVm[], index: number): string {
  const vm = vms[index]
  if (vm === undefined) return ''
  const differs = (get: (vm: PlannedVm) => unknown) => vms.some((other) => get(other) !== get(vm))
  const parts = [
    ...(differs((each) => each.name) ? ['name'] : []),
    ...(differs((each) => each.vmid) ? ['VMID'] : []),
    ...(differs((each) => each.node) ? ['node'] : []),
    ...(differs((each) => each.ip) ? ['address'] : []),
    ...(differs((each) => `${each.cores} ${each.memoryMiB} ${each.diskGiB}`) ? ['size'] : []),
  ]
  const others = vms.length === 2 ? 'The other one differs' : `The other ${vms.length - 1} differ`
  return `${others} in ${parts.join(', ')}`
}

function StepList({ vm }: { vm: PlannedVm }) {
  return (
    <ol aria-label={`Steps of ${vm.name}`} className="mt-4 flex flex-col gap-5">
      {vm.steps.map((step, index) => (
        <li key={step.id} className="grid grid-cols-[20px_1fr] gap-x-3">
          <span className="flex h-11 items-center justify-end text-xs text-muted sm:h-7">
            {index + 1}
          </span>
          <StepCalls step={step} />
        </li>
      ))}
    </ol>
  )
}

function StepCalls({ step }: { step: PlannedStep }) {
  const changes = step.calls.some((call) => call.changes)
  return (
    <div className="min-w-0">
      <div className="flex min-h-11 items-center gap-2 sm:mb-1.5 sm:min-h-7">
        <h3 className="text-sm font-medium">{step.title}</h3>
        {!changes && <Badge>only reads</Badge>}
        {step.calls.length > 0 && (
          <CopyButton
            text={step.calls.map(callText).join('\n\n')}
            label={`the calls of “${step.title}”`}
            className="-mr-1 ml-auto"
          />
        )}
      </div>
      <div className="flex flex-col gap-2">
        {step.calls.map((call, index) =>
          call.changes ? (
            <CallBlock
              key={index}
              method={call.method}
              path={call.path}
              params={Object.entries(call.params).map(
                ([key, value]) => [key, <ParamValue key={key} value={value} />] as const,
              )}
            />
          ) : (
            <ReadingCall key={index} call={call} />
          ),
        )}
        {step.note !== null && <p className="text-xs text-muted">{step.note}</p>}
      </div>
    </div>
  )
}

function ReadingCall({ call }: { call: Call }) {
  const params = Object.entries(call.params).map(([key, value]) => `${key}=${paramText(value)}`)
  const path = params.length === 0 ? call.path : `${call.path}?${params.join('&')}`
  return <CallLine method={call.method} path={path} />
}

/** A value with its placeholders marked by what becomes of them. */
function ParamValue({ value }: { value: Call['params'][string] }) {
  return splitPlaceholders(paramText(value)).map((part, index) =>
    part.placeholder ? (
      <span key={index} className="rounded-xs bg-raised px-1 text-muted" title={part.text}>
        {placeholderWords[part.text]}
      </span>
    ) : (
      part.text
    ),
  )
}

function JsonView({
  plan,
  vm,
  request,
  picker,
}: {
  plan: Plan
  vm: PlannedVm
  request: DeploymentRequest | null
  picker: ReactNode
}) {
  return (
    <div className="flex flex-col gap-4">
      {request !== null && (
        <section className="flex flex-col gap-1.5">
          <h3 className="text-sm font-medium">Body of POST /api/v1/deployments</h3>
          <CodeBlock text={bodyJson(plan, request)} label="the body" maxHeight={420} />
        </section>
      )}
      <section className="flex flex-col gap-1.5">
        <h3 className="text-sm font-medium">The plan for one VM</h3>
        {picker}
        <CodeBlock text={JSON.stringify(vm, null, 2)} label="the plan" maxHeight={560} />
      </section>
    </div>
  )
}

function bodyJson(plan: Plan, request: DeploymentRequest): string {
  return JSON.stringify({ request, planHash: plan.hash }, null, 2)
}

type Everything = { fileName: string; text: () => string }

/** What "Copy all" and "Download" hold: all VMs, in the form of the open tab. */
function allOf(view: View, plan: Plan, request: DeploymentRequest | null): Everything {
  const name = `plan-${plan.hash.slice(0, 8)}`
  switch (view) {
    case 'calls':
      return { fileName: `${name}.txt`, text: () => plan.vms.map(callsOfVm).join('\n\n\n') }
    case 'curl':
      return {
        fileName: `${name}.sh`,
        text: () => [curlHead, ...plan.vms.map(curlOfVm)].join('\n\n'),
      }
    case 'json':
      return {
        fileName: `${name}.json`,
        text: () => (request === null ? JSON.stringify(plan, null, 2) : bodyJson(plan, request)),
      }
  }
}

function callsOfVm(vm: PlannedVm): string {
  const steps = vm.steps.map((step) => [`# ${step.title}`, ...step.calls.map(callText)].join('\n'))
  return [`## ${vm.name}, VM ${vm.vmid} on ${vm.node}`, ...steps].join('\n\n')
}

function CopyAll({ text }: { text: () => string }) {
  const [copied, setCopied] = useState<boolean | null>(null)
  return (
    <Button
      icon={Square2StackIcon}
      onClick={() => void copyText(text()).then(setCopied)}
      onBlur={() => setCopied(null)}
    >
      {copied === null ? 'Copy all' : copied ? 'Copied' : 'Copying is not allowed'}
    </Button>
  )
}

function download(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  URL.revokeObjectURL(url)
}
