import type { UseQueryResult } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense } from 'react'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { Button } from '../../ui/Button.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { Section } from '../../ui/Section.tsx'
import { AfterSection } from './AfterSection.tsx'
import { useDeploy } from './deploy-context.ts'
import { fieldsOf, type Section as SectionName, sections, sectionTitles } from './fields.ts'
import { type FormField, strongest } from './form.ts'
import { NamesSection } from './NamesSection.tsx'
import { NetworkSection } from './NetworkSection.tsx'
import { SizeSection } from './SizeSection.tsx'
import { summaryOf } from './summaries.ts'
import { sectionId, type useSections } from './useSections.ts'
import { WhatSection } from './WhatSection.tsx'
import { WhereSection } from './WhereSection.tsx'

/** Comes when it is first unfolded; most deployments leave it as it is. */
const Access = lazy(async () => ({
  default: (await import('./cloud-init/AccessSection.tsx')).AccessSection,
}))

function AccessSection() {
  return (
    <Suspense fallback={<Spinner>Opening the section</Spinner>}>
      <Access />
    </Suspense>
  )
}

const contents: Record<SectionName, () => ReactNode> = {
  what: WhatSection,
  names: NamesSection,
  size: SizeSection,
  where: WhereSection,
  network: NetworkSection,
  access: AccessSection,
  after: AfterSection,
}

/** The form's sections from top to bottom, each open or folded to a line. */
export function FormSections({
  folding,
  blockers,
  templates,
}: {
  folding: ReturnType<typeof useSections>
  blockers: ReadonlyMap<FormField, string[]>
  templates: UseQueryResult
}) {
  const { form, template, inventory, names, plan } = useDeploy()
  const input = {
    form,
    template,
    plan: plan.plan,
    vmCount: names.problem === null ? names.names.length : null,
    nodeCount: inventory.nodes.length,
  }
  return sections.map((section) => {
    const Content = contents[section]
    const open = folding.open.has(section)
    const source = strongest(fieldsOf[section], form, template)
    return (
      <Section
        key={section}
        id={sectionId(section)}
        title={open ? sectionTitles[section] : (foldedTitles[section] ?? sectionTitles[section])}
        open={open}
        onToggle={(next) => folding.toggle(section, next)}
        summary={summaryOf(section, input)}
        provenance={source === null ? undefined : { source, reason: badgeReasons[source] }}
        blockers={blockersIn(section, blockers)}
        note={section === 'names' ? <NamesNote /> : undefined}
      >
        {section === 'what' && !templates.isSuccess ? (
          <TemplatesOnTheirWay templates={templates} />
        ) : (
          <Content />
        )}
      </Section>
    )
  })
}

/** Shorter, so that they fit into their column. */
const foldedTitles: Partial<Record<SectionName, string>> = {
  names: 'How many',
  access: 'Access, first boot',
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

function NamesNote() {
  const { plan } = useDeploy()
  if (!plan.current || plan.plan === null) return null
  const issues = [...plan.plan.blockers, ...plan.plan.warnings]
  if (plan.plan.vms.length === 0 || issues.some((issue) => issue.code.startsWith('name-'))) {
    return null
  }
  return 'All names are free on this cluster'
}

function TemplatesOnTheirWay({ templates }: { templates: UseQueryResult }) {
  if (templates.error === null) {
    return <SkeletonRows rows={2} rowClass="h-20" label="Reading the templates" />
  }
  return (
    <ProblemMessage
      error={templates.error}
      action={
        <Button size="sm" onClick={() => void templates.refetch()}>
          Try again
        </Button>
      }
    />
  )
}
