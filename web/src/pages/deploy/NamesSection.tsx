import { MAX_VMS_PER_DEPLOYMENT } from '@deployer/core/limits.ts'
import { useState } from 'react'
import { vmidRange } from '../../components/vmidRange.ts'
import { Tag } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { plural } from '../../ui/format.ts'
import { Stepper } from '../../ui/Stepper.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { Field } from '../../ui/Field.tsx'
import { DeployField, FieldFix } from './DeployField.tsx'
import { useDeploy } from './deploy-context.ts'
import { TableNote } from './TableNote.tsx'
import { countInPattern, effectivePattern, withQuantity } from './names.ts'

/** How many VMs, what they are called, and which ids they get. */
export function NamesSection() {
  const { form, change } = useDeploy()
  const [refused, setRefused] = useState<number | null>(null)
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-[136px_1fr] xl:grid-cols-[136px_1fr_190px]">
        <DeployField
          name="quantity"
          label="Quantity"
          about={`How many VMs, 1 to ${MAX_VMS_PER_DEPLOYMENT}. The range in the name pattern follows.`}
          help={
            refused === null
              ? undefined
              : `1 to ${MAX_VMS_PER_DEPLOYMENT} VMs in one deployment, not ${refused}`
          }
        >
          <Stepper
            value={form.quantity}
            min={1}
            max={MAX_VMS_PER_DEPLOYMENT}
            noun="VM"
            onChange={(quantity) => {
              setRefused(null)
              change({ quantity, namePattern: withQuantity(form.namePattern, quantity) })
            }}
            onRefused={setRefused}
          />
        </DeployField>
        <DeployField
          name="namePattern"
          label="Name pattern"
          about={<PatternHelp />}
          errorAction={<FieldFix name="namePattern" />}
        >
          <TextInput
            mono
            placeholder="web-{01..10}"
            value={form.namePattern}
            overlay={<ColouredPattern text={form.namePattern} />}
            onChange={(namePattern) =>
              change({ namePattern, quantity: countInPattern(namePattern) ?? form.quantity })
            }
            onBlur={() => change({ namePattern: effectivePattern(form) })}
          />
        </DeployField>
        <VmidsField />
      </div>
      <NameChips />
      <TableNote />
    </div>
  )
}

function PatternHelp() {
  return (
    <>
      A plain name, or one counter in it: <code>web-{'{01..10}'}</code> makes web-01 to web-10,{' '}
      <code>web-{'{n:03}'}</code> counts 001, 002 as far as the quantity says,{' '}
      <code>{'{n=20}'}</code> starts at 20. Letters, digits, hyphens and dots.
    </>
  )
}

/** The pattern as typed, its counter in blue. */
function ColouredPattern({ text }: { text: string }) {
  return text.split(/(\{[^{}]*\})/).map((part, index) => (
    // Parts have no identity but their place.
    <span key={index} className={part.startsWith('{') ? 'text-accent-text' : 'text-ink'}>
      {part}
    </span>
  ))
}

/** Ids are given out by the plan. */
function VmidsField() {
  const { plan } = useDeploy()
  const vmids = plan.plan?.vms.map((vm) => vm.vmid) ?? []
  return (
    <Field
      label="VMIDs"
      className="sm:max-xl:col-span-2"
      about="Free ids of the cluster, reserved for this deployment when it starts. If someone takes one before, the VM gets the next free id."
    >
      <TextInput
        readOnly
        value={vmids.length === 0 ? 'Automatic' : vmidRange(vmids, 1)}
        onChange={() => {}}
      />
    </Field>
  )
}

const CHIPS = 24

/** The names that the pattern makes, as one types. */
function NameChips() {
  const { names, plan, errorOf } = useDeploy()
  const [all, setAll] = useState(false)
  const blocked = new Map(
    plan.current
      ? plan.plan?.blockers.flatMap(({ vm, message }) => (vm === undefined ? [] : [[vm, message]]))
      : [],
  )
  const wrong = (name: string) => names.wrong.get(name) ?? blocked.get(name)
  const shown = all ? names.names : firstAndWrong(names.names, (name) => wrong(name) !== undefined)
  if (names.names.length === 0) return null
  const quiet = errorOf('namePattern') === null
  return (
    <ul aria-label="Names" className="flex flex-wrap gap-x-2 gap-y-1.5">
      {shown.map((name, index) => (
        <li key={`${index} ${name}`} title={wrong(name)} className="max-w-full">
          <Tag mono wrong={wrong(name) !== undefined && (!quiet || blocked.has(name))}>
            {name}
          </Tag>
        </li>
      ))}
      {shown.length < names.names.length && (
        <li>
          <Button
            variant="ghost"
            size="sm"
            className="text-accent-text! sm:h-5!"
            onClick={() => setAll(true)}
          >
            and {plural(names.names.length - shown.length, 'more name')}
          </Button>
        </li>
      )}
    </ul>
  )
}

/** The first names; those with something wrong are never left out. */
function firstAndWrong(names: string[], isWrong: (name: string) => boolean): string[] {
  return names.filter((name, index) => index < CHIPS || isWrong(name))
}
