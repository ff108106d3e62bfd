import { type ComponentType, lazy, type ReactNode, Suspense } from 'react'
import { StatusWord } from '../../ui/Badge.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { Section } from '../../ui/Section.tsx'
import { useDeploy } from './deploy-context.ts'
import { fieldsOf, type Section as SectionName, sectionsFor, sectionTitles } from './fields.ts'
import { type FormField, type Provenance, strongest } from './form.ts'
import { NamesSection } from './NamesSection.tsx'
import { NetworkSection } from './NetworkSection.tsx'
import type { Basis } from './scratch/basis.ts'
import { isWindowsSystem } from './scratch/state.ts'
import { SizeSection } from './SizeSection.tsx'
import { summaryOf } from './summaries.ts'
import { sectionId, type useSections } from './useSections.ts'
import { WhatSection } from './WhatSection.tsx'

/** Comes when it is first unfolded; most deployments leave it as it is. */
const CloudInit = lazy(async () => ({
  default: (await import('./cloud-init/AccessSection.tsx')).AccessSection,
}))

/** So do these two, which begin folded. */
const Where = lazy(async () => ({ default: (await import('./WhereSection.tsx')).WhereSection }))
const After = lazy(async () => ({ default: (await import('./AfterSection.tsx')).AfterSection }))

/** These only where VMs are made from an ISO or an image. */
const Installer = lazy(async () => ({
  default: (await import('./scratch/InstallerSection.tsx')).InstallerSection,
}))
const Hardware = lazy(async () => ({
  default: (await import('./scratch/HardwareSection.tsx')).HardwareSection,
}))
const Drives = lazy(async () => ({
  default: (await import('./scratch/DrivesSection.tsx')).DrivesSection,
}))

function AccessSection() {
  const { form } = useDeploy()
  if (form.source === 'image' && form.convert) {
    return (
      <p className="text-xs text-muted">
        Users, keys and software are set for the VMs that are cloned from the template.
      </p>
    )
  }
  return form.source === 'iso' ? <Installer /> : <CloudInit />
}

const contents: Record<SectionName, ComponentType> = {
  what: WhatSection,
  profile: Hardware,
  drives: Drives,
  names: NamesSection,
  size: SizeSection,
  where: Where,
  network: NetworkSection,
  access: AccessSection,
  after: After,
}

/** The form's sections from top to bottom, each open or folded to a line. */
export function FormSections({
  folding,
  blockers,
}: {
  folding: ReturnType<typeof useSections>
  blockers: ReadonlyMap<FormField, string[]>
}) {
  const { form, template, inventory, names, plan } = useDeploy()
  const input = {
    form,
    template,
    plan: plan.plan,
    vmCount: names.problem === null ? names.names.length : null,
    nodeCount: inventory.nodes.length,
  }
  return sectionsFor(form.source).map((section) => {
    const Content = contents[section]
    const open = folding.open.has(section)
    const source = strongest(fieldsOf[section], form, template)
    const title = titleOf(section, open, template)
    return (
      <Section
        key={section}
        id={sectionId(section)}
        title={title}
        open={open}
        onToggle={(next) => folding.toggle(section, next)}
        summary={summaryOf(section, input)}
        provenance={badgeOf(source, template)}
        blockers={blockersIn(section, blockers)}
        note={notes[section]}
      >
        <Suspense fallback={<Spinner>Opening the section</Spinner>}>
          <Content />
        </Suspense>
      </Section>
    )
  })
}

/** Shorter, so that they fit into their column. */
const foldedTitles: Partial<Record<SectionName, string>> = {
  names: 'How many',
  access: 'Access, first boot',
}

function titleOf(section: SectionName, open: boolean, template: Basis | null): string {
  const profile = template?.profile
  if (section === 'profile' && profile !== undefined) return `${profile.title} profile`
  return open ? sectionTitles[section] : (foldedTitles[section] ?? sectionTitles[section])
}

/** How many blockers a section has. */
export function blockersIn(
  section: SectionName,
  blockers: ReadonlyMap<FormField, string[]>,
): number {
  return fieldsOf[section].reduce((sum, field) => sum + (blockers.get(field)?.length ?? 0), 0)
}

const badgeReasons = {
  template: 'All as the template has it',
  preset: 'Our defaults, nothing changed by you',
  you: 'You changed something here',
} as const

function badgeOf(source: Provenance | null, template: Basis | null) {
  if (source === null) return undefined
  const profile = source === 'template' ? template?.profile?.title : undefined
  return profile === undefined
    ? { source, reason: badgeReasons[source] }
    : { source: profile, reason: `All as ${profile} needs it` }
}

const notes: Partial<Record<SectionName, ReactNode>> = {
  names: <NamesNote />,
  profile: <ProfileNote />,
  drives: <DrivesNote />,
}

function ProfileNote() {
  const { template } = useDeploy()
  return template?.profile === undefined ? null : <StatusWord kind="done">applied</StatusWord>
}

function DrivesNote() {
  const { form } = useDeploy()
  return form.source === 'iso' && form.drivers !== '' && isWindowsSystem(form.osType)
    ? 'Two ISOs at once, so setup finds its disk'
    : null
}

function NamesNote() {
  const { plan } = useDeploy()
  if (!plan.current || plan.plan === null) return null
  const issues = [...plan.plan.blockers, ...plan.plan.warnings]
  if (plan.plan.vms.length === 0 || issues.some((issue) => issue.code.startsWith('name-'))) {
    return null
  }
  return 'All names are free on this cluster'
}
