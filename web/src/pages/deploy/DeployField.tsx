import type { ReactNode } from 'react'
import { Field, type Provenance } from '../../ui/Field.tsx'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { controlId, useDeploy } from './deploy-context.ts'
import { emptyForm, type FormField, provenanceOf } from './form.ts'
import { fixOfField } from './issues.ts'
import type { Basis } from './scratch/basis.ts'
import { isPlain } from './table/plain.ts'

const reasons = {
  template: 'The template has it so, and its VMs get the same.',
  preset: 'Our default. Change it as you like.',
} as const

/** The badge of what nobody set: the template, the profile by its name, or our default. */
export function givenBy(
  source: 'template' | 'preset',
  template: Basis | null,
): { source: string; reason: string } {
  const profile = template?.profile?.title
  return source === 'preset' || profile === undefined
    ? { source, reason: reasons[source] }
    : { source: profile, reason: `So that ${profile} installs and runs well` }
}

function valueOf(template: Basis | null): string {
  const profile = template?.profile?.title
  return profile === undefined ? "the template's value" : `what ${profile} needs`
}

/** The badge of a field: where its value comes from, and the way back. */
export function useProvenance(name: FormField): Provenance | undefined {
  const { form, change, template } = useDeploy()
  const source = provenanceOf(name, form, template)
  if (source === null) return undefined
  if (source !== 'you') return givenBy(source, template)
  const given = provenanceOf(name, { ...form, [name]: emptyForm[name] }, template)
  if (given === 'you') return { source }
  return {
    source,
    reason: given === 'template' ? `Back to ${valueOf(template)}` : 'Back to the default',
    onReset: () => change({ [name]: emptyForm[name] }),
  }
}

/** One field of the form: label, help, badge, control, and what is wrong with it once it was left. */
export function DeployField({
  name,
  label,
  about,
  optional,
  help,
  errorAction,
  className,
  children,
}: {
  name: FormField
  label: string
  /** Help behind the question mark. */
  about: ReactNode
  optional?: boolean | undefined
  help?: ReactNode | undefined
  errorAction?: ReactNode | undefined
  className?: string | undefined
  children: ReactNode
}) {
  const { errorOf, touch } = useDeploy()
  const provenance = useProvenance(name)
  return (
    // Not a control itself: it only hears that the focus leaves the one inside.
    <div className={className} onBlur={() => touch(name)}>
      <Field
        id={controlId(name)}
        label={label}
        about={about}
        optional={optional}
        help={help}
        error={errorOf(name)}
        errorAction={errorAction}
        provenance={provenance}
      >
        {children}
      </Field>
    </div>
  )
}

/** The button that sets the field right, where the form alone knows how. */
export function FieldFix({ name }: { name: FormField }) {
  const { form, plan, names, change } = useDeploy()
  if (plan.plan === null || !plan.current || !isPlain(form)) return null
  const fix = fixOfField(name, plan.plan, form, names.names)
  if (fix === null) return null
  return (
    <button type="button" className="link" onClick={() => change(fix.change)}>
      {fix.words}
    </button>
  )
}

/** What is wrong with a group of cards, which no Field frames. */
export function ErrorLine({ children }: { children: ReactNode }) {
  return (
    <p className="flex items-start gap-1.5 text-xs text-bad">
      <StatusGlyph kind="failed" size={14} className="mt-px" />
      {children}
    </p>
  )
}
