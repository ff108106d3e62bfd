/** Fields of which one form field has many: hardware, drives, answers. Each shows what is wrong with it alone. */
import { hardwareSchema } from '@deployer/core/hardware/request.ts'
import type { Issue } from '@deployer/core/plan.ts'
import { networkSchema } from '@deployer/core/request.ts'
import { unattendedSchema } from '@deployer/core/windows/request.ts'
import { createContext, type ReactNode, useContext, useState } from 'react'
import { Field } from '../../../ui/Field.tsx'
import { controlId, useDeploy } from '../deploy-context.ts'
import type { DeployForm } from '../form.ts'
import { hardwareOf, nicOf, type PartField, sourceOf } from './request.ts'

type Parts = {
  field: PartField
  errorOf: (path: string) => string | null
  touch: (path: string) => void
}

const PartsContext = createContext<Parts | null>(null)

/** Frame of the parts of one field. */
export function PartsOf({ field, children }: { field: PartField; children: ReactNode }) {
  const { form, plan, errorOf } = useDeploy()
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const typed = typedProblems(form, field)
  const planned = plannedProblems(plan.plan?.blockers ?? [], field)
  // Deploy was pressed, so that everything shows what is wrong with it.
  const revealed = typed.size > 0 && errorOf(field) !== null
  const parts: Parts = {
    field,
    errorOf: (path) =>
      (revealed || touched.has(path) ? typed.get(path) : undefined) ?? planned.get(path) ?? null,
    touch: (path) => {
      if (!touched.has(path)) setTouched(new Set(touched).add(path))
    },
  }
  return (
    <PartsContext value={parts}>
      <div id={controlId(field)} className="flex flex-col gap-4">
        {children}
      </div>
    </PartsContext>
  )
}

export function useParts(): Parts {
  const parts = useContext(PartsContext)
  if (parts === null) throw new Error('Parts stand inside of PartsOf')
  return parts
}

/** Id of the control of a part, so that a blocker can lead to it. */
function partId(field: PartField, path: string): string {
  return `${controlId(field)}.${path}`
}

/** One part: label, help, control, and what is wrong with it. */
export function Part({
  path,
  label,
  about,
  optional,
  help,
  own = false,
  given,
  onReset,
  className,
  children,
}: {
  path: string
  label: string
  about?: ReactNode | undefined
  optional?: boolean | undefined
  help?: ReactNode | undefined
  /** Set by the person; `onReset` is the way back. */
  own?: boolean | undefined
  /** Whose value it is while nobody set it: the profile's name. */
  given?: string | undefined
  onReset?: (() => void) | undefined
  className?: string | undefined
  children: ReactNode
}) {
  const { field, errorOf, touch } = useParts()
  const badge = own
    ? { source: 'you', reason: `Back to the value for ${given ?? 'this system'}`, onReset }
    : given === undefined
      ? undefined
      : { source: given }
  return (
    // Not a control itself: it only hears that the focus leaves the one inside.
    <div className={className} onBlur={() => touch(path)}>
      <Field
        id={partId(field, path)}
        label={label}
        about={about}
        optional={optional}
        help={help}
        error={errorOf(path)}
        provenance={badge}
      >
        {children}
      </Field>
    </div>
  )
}

/** What cannot be sent as it is, by path. The first problem of each. */
export function typedProblems(form: DeployForm, field: PartField): Map<string, string> {
  const found = new Map<string, string>()
  const add = (path: string, message: string) => {
    if (!found.has(path)) found.set(path, message)
  }
  const made = partOf(form, field, (of, path, message) => {
    if (of === field) add(path, message)
  })
  const checked = schemas[field].safeParse(made ?? {})
  for (const issue of made === undefined ? [] : (checked.error?.issues ?? [])) {
    add(issue.path.join('.'), issue.message)
  }
  return found
}

const schemas = {
  hardware: hardwareSchema,
  drives: hardwareSchema,
  nic: networkSchema,
  answers: unattendedSchema,
}

function partOf(form: DeployForm, field: PartField, note: Parameters<typeof hardwareOf>[1]) {
  switch (field) {
    case 'hardware':
    case 'drives':
      return hardwareOf(form, note)
    case 'nic':
      return nicOf(form.nic, note)
    case 'answers': {
      const source = sourceOf(form, note)
      return source?.kind === 'iso' ? source.unattended : undefined
    }
  }
}

const places: Record<PartField, RegExp> = {
  hardware: /^(?:request\.)?(?:defaults|vms\.0)\.hardware\.(.+)$/,
  drives: /^(?:request\.)?(?:defaults|vms\.0)\.hardware\.(.+)$/,
  nic: /^(?:request\.)?(?:defaults|vms\.0)\.networks\.0\.(.+)$/,
  answers: /^(?:request\.)?source\.unattended\.(.+)$/,
}

/** What the plan has against the settings of all VMs, by path. */
function plannedProblems(blockers: readonly Issue[], field: PartField): Map<string, string> {
  const found = new Map<string, string>()
  for (const { field: place = '', message } of blockers) {
    const path = places[field].exec(place.replaceAll('/', '.'))?.[1]
    if (path !== undefined && !found.has(path)) found.set(path, message)
  }
  return found
}
