import { CircleStackIcon, CloudIcon, RectangleStackIcon } from '@heroicons/react/24/outline'
import type { Template } from '@deployer/core/inventory.ts'
import { CheckIcon } from '@heroicons/react/16/solid'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { templatesQuery } from '../../api/queries.ts'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { OsTile } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { plural } from '../../ui/format.ts'
import { HelpMark } from '../../ui/HelpMark.tsx'
import { Message } from '../../ui/Message.tsx'
import { OptionCard, OptionGroup } from '../../ui/OptionCard.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { SearchInput } from '../../ui/TextInput.tsx'
import { usePhone } from '../../ui/useMediaQuery.ts'
import { useNow } from '../../ui/useNow.ts'
import { ErrorLine } from './DeployField.tsx'
import { controlId, useDeploy } from './deploy-context.ts'
import {
  diskAndNodes,
  fittestFirst,
  healthTicks,
  matchesSearch,
  oneOfEach,
  osLetters,
  templateAge,
  type Tick,
} from './template-facts.ts'

const HOUR_MS = 3_600_000
const TEMPLATES_MS = 30_000
/** The router asks for the list before the page is there: once is enough. */
const JUST_ASKED_MS = 3000

/** Comes when somebody makes VMs from an ISO or an image. */
const Media = lazy(async () => ({ default: (await import('./scratch/Media.tsx')).Media }))

/** What the VMs are made from. */
export function WhatSection() {
  const { form } = useDeploy()
  return (
    <div className="flex flex-col gap-4">
      <SourceCards />
      {form.source === 'template' ? (
        <Templates />
      ) : (
        <Suspense fallback={<Spinner>Opening the lists</Spinner>}>
          <Media key={form.source} />
        </Suspense>
      )}
    </div>
  )
}

const sourceCards = [
  {
    source: 'template',
    title: 'Template',
    words: 'Clone a VM that is ready',
    icon: RectangleStackIcon,
  },
  { source: 'image', title: 'Cloud image', words: 'A fresh disk from a .qcow2', icon: CloudIcon },
  { source: 'iso', title: 'ISO', words: 'Run an installer, Windows too', icon: CircleStackIcon },
] as const

function SourceCards() {
  const { form, change } = useDeploy()
  return (
    <div id={controlId('source')}>
      <OptionGroup label="Source" className="grid gap-2.5 sm:grid-cols-3">
        {(name) =>
          sourceCards.map(({ source, title, words, icon: IconShape }) => (
            <OptionCard
              key={source}
              name={name}
              value={source}
              checked={form.source === source}
              // What was chosen of the one kind is nothing of the other.
              onSelect={() => change({ source, volid: '', osType: null })}
              picture={<IconShape className="mt-0.5 size-5 flex-none text-muted" aria-hidden />}
              title={title}
            >
              {words}
            </OptionCard>
          ))
        }
      </OptionGroup>
    </div>
  )
}

/** The templates, once they are known. */
function Templates() {
  // One that was just made shows on Proxmox only after seconds.
  const templates = useQuery({
    ...templatesQuery,
    staleTime: JUST_ASKED_MS,
    refetchInterval: TEMPLATES_MS,
  })
  const { plan } = useDeploy()
  // Known before the query gives up.
  const trouble = templates.error ?? templates.failureReason
  if (templates.isSuccess) return <TemplatePicker />
  if (!plan.answers) {
    return <Message tone="warn" title="The templates come as soon as Proxmox answers" />
  }
  if (trouble === null) {
    return <SkeletonRows rows={3} rowClass="h-20" label="Reading the templates" />
  }
  return (
    <ProblemMessage
      error={trouble}
      action={
        <Button size="sm" onClick={() => void templates.refetch()}>
          Try again
        </Button>
      }
    />
  )
}

/** Which template is cloned. */
function TemplatePicker() {
  const { inventory, form, errorOf } = useDeploy()
  const [search, setSearch] = useState('')
  const [all, setAll] = useState(false)
  const atFirst = usePhone() ? 4 : 6
  const templates = oneOfEach(fittestFirst(inventory.templates), form.template)
  if (templates.length === 0) return <NoTemplates />

  const found = templates.filter((template) => matchesSearch(template, search))
  const shown = all || search !== '' ? found : firstAndChosen(found, atFirst, form.template)
  const error = errorOf('template')
  return (
    <div className="flex flex-col gap-2.5">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
        <span className="text-sm font-medium text-ink">Template</span>
        <HelpMark about="Template">
          Every VM starts as a copy of this template: its disks, its hardware, its settings. What
          you change below is changed in the copies; the template stays as it is.
        </HelpMark>
        <SearchInput
          label="Search templates"
          placeholder={`Search ${plural(templates.length, 'template')}`}
          value={search}
          onChange={setSearch}
          className="sm:w-60!"
        />
        {shown.length < templates.length && (
          <span className="text-xs text-muted sm:ml-auto">
            {shown.length} of {templates.length}
          </span>
        )}
      </div>
      <div id={controlId('template')}>
        <OptionGroup label="Template" className="grid gap-2.5 sm:grid-cols-2">
          {(name) =>
            shown.map((template) => (
              <TemplateCard key={template.vmid} name={name} template={template} />
            ))
          }
        </OptionGroup>
      </div>
      {found.length === 0 && (
        <p className="text-xs text-muted">No template has “{search}” in its name, VMID or tags.</p>
      )}
      {shown.length < found.length && (
        <Button
          variant="ghost"
          className="self-center text-accent-text!"
          onClick={() => setAll(true)}
        >
          All {found.length} templates
        </Button>
      )}
      {error !== null && <ErrorLine>{error}</ErrorLine>}
    </div>
  )
}

/** The first few, or all where only one would be left out; the chosen one is always among them. */
function firstAndChosen(templates: Template[], count: number, chosen: number | null): Template[] {
  if (templates.length <= count + 1) return templates
  return templates.filter((template, index) => index < count || template.vmid === chosen)
}

function TemplateCard({ name, template }: { name: string; template: Template }) {
  const { form, change, inventory, touch } = useDeploy()
  const now = useNow(HOUR_MS)
  const checked = form.template === template.vmid
  const ticks = healthTicks(template)
  const reasons = ticks.flatMap((tick) => (tick.reason === null ? [] : [tick.reason]))
  return (
    <OptionCard
      name={name}
      value={String(template.vmid)}
      checked={checked}
      onSelect={() => {
        change({ template: template.vmid })
        touch('template')
      }}
      picture={<OsTile letters={osLetters(template)} />}
      title={
        <span className="flex items-baseline gap-1.5">
          <span className="truncate">{template.name}</span>
          <span className="flex-none font-mono text-2xs font-normal text-muted">
            {[template, ...template.copies].map(({ vmid }) => vmid).join(', ')}
          </span>
        </span>
      }
      aside={
        <span className="hidden sm:max-lg:inline xl:inline">
          {templateAge(template.createdAt, now)}
        </span>
      }
      showRadio={usePhone()}
    >
      <span className="block">
        {diskAndNodes(template, inventory.storages, inventory.nodes.length)}
      </span>
      <span className="mt-1 flex flex-wrap gap-x-3 text-2xs">
        {ticks.map((tick) => (
          <HealthTick key={tick.text} tick={tick} />
        ))}
      </span>
      {checked &&
        reasons.map((reason) => (
          <span key={reason} className="mt-1 block text-2xs text-muted">
            {reason}
          </span>
        ))}
    </OptionCard>
  )
}

function HealthTick({ tick }: { tick: Tick }) {
  return (
    <span
      title={tick.reason ?? undefined}
      className={
        tick.ok ? 'inline-flex items-center gap-1' : 'inline-flex items-center gap-1 text-warn'
      }
    >
      {tick.ok ? (
        <CheckIcon className="size-3 text-ok" aria-hidden />
      ) : (
        <StatusGlyph kind="warning" size={12} />
      )}
      {tick.text}
    </span>
  )
}

function NoTemplates() {
  return (
    <EmptyState icon={RectangleStackIcon} title="No templates here">
      Either the cluster has none, or your account may not see them. A template is a VM that was
      turned into one on Proxmox (“Convert to template”); to see it, the account needs VM.Audit on
      it, and VM.Clone to clone it.
    </EmptyState>
  )
}
