import { AdjustmentsHorizontalIcon, BookmarkIcon, TableCellsIcon } from '@heroicons/react/16/solid'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useEffectEvent, useState } from 'react'
import { SaveAsBlueprint } from '../../components/blueprints/SaveAsBlueprint.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { formatTime, plural } from '../../ui/format.ts'
import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { Message } from '../../ui/Message.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { useMediaQuery, usePhone } from '../../ui/useMediaQuery.ts'
import { sayDropped } from './BringBack.tsx'
import { deployAction, fieldOfIssue } from './deploy-action.ts'
import { type Deploy, DeployContext } from './deploy-context.ts'
import { clearDraft, clearPrevious, type Draft } from './draft.ts'
import { sections } from './fields.ts'
import type { FormReader, Goal } from './form-reader.ts'
import { type DeployForm, emptyForm, type FormField } from './form.ts'
import { blockersIn, FormSections } from './FormSections.tsx'
import { browserStorage } from './kept-text.ts'
import { PlanBar } from './PlanBar.tsx'
import { DeployButton, Outcome, PlanPanel } from './PlanPanel.tsx'
import { isPlain } from './table/plain.ts'
import { type DraftState, isEmpty, useDeployForm } from './useDeployForm.ts'
import { type PlanState, usePlan } from './usePlan.ts'
import { useReading } from './useReading.ts'
import { useSections } from './useSections.ts'
import { useSubmit } from './useSubmit.ts'
import { useView, type View } from './useView.ts'

/** Comes when somebody first asks for the calls; until then the page is lighter by it. */
const CallsDrawer = lazy(async () => ({ default: (await import('./CallsDrawer.tsx')).CallsDrawer }))

/** So does the table. */
const TableView = lazy(async () => ({ default: (await import('./table/TableView.tsx')).TableView }))
const RowCards = lazy(async () => ({ default: (await import('./table/RowCards.tsx')).RowCards }))

/** Form, plan, and the way from one to the other. `drafts` reads the forms that are kept; null where none is. */
export function DeployFormPage({ drafts }: { drafts: FormReader | null }) {
  const state = useDeployForm(() => startForm(drafts))
  const phone = usePhone()
  const wide = useMediaQuery('(width >= 1024px)')
  const { form, shows } = state
  const reading = useReading(form)
  const { reader, template, names, errors, request, ready } = reading
  const plan = usePlan(ready, form.source)
  const blockers = blockersByField(plan, isPlain(form))
  const blocked = sections.filter((section) => blockersIn(section, blockers) > 0)
  const folding = useSections(phone, blocked)
  const navigate = useNavigate()
  const submission = useSubmit(reader, ready, plan.adopt, (id) => {
    clearDraft(browserStorage())
    void navigate({ to: '/deployments/$deploymentId', params: { deploymentId: id } })
  })
  const count = names.problem === null ? names.names.length : null
  const action = deployAction(count, errors, plan, submission.running)
  const calls = useDrawer()
  const { view, setView, goal, goTo, goToIssue } = useView(
    reader,
    form,
    template,
    request,
    folding.goTo,
  )

  const press = () => {
    if (action.working !== null) return
    if (action.blocked === null && plan.plan !== null) {
      submission.submit(plan.plan)
      return
    }
    state.reveal()
    calls.setOpen(false)
    const blocker = plan.plan?.blockers.find((issue) => fieldOfIssue(issue) !== null)
    if (action.firstField === null) focusIssues()
    else if (request !== null && blocker !== undefined) goToIssue(blocker)
    else goTo(action.firstField)
  }
  useDeployShortcut(press)

  const deploy: Deploy = {
    form,
    change: state.change,
    touch: state.touch,
    errorOf: (field) =>
      (shows(field) ? errors[field] : undefined) ?? inOneSentence(blockers.get(field)),
    goTo,
    goToIssue,
    template,
    inventory: reading.inventory,
    names,
    plan,
  }
  const save = (
    <SaveAsBlueprint
      variant="ghost"
      request={ready}
      blocked={action.firstField === null ? 'Wait for the lists' : 'Fill the form first'}
      onBlocked={() => {
        state.reveal()
        if (action.firstField !== null) goTo(action.firstField)
      }}
    />
  )
  return (
    <DeployContext value={deploy}>
      <PageHeader
        title="Deploy"
        sub={draftWords(state.draft, plan)}
        actions={
          <>
            <StartOver form={form} replace={state.replace} />
            <ViewSwitch view={view} onView={setView} />
            <FromBlueprint />
          </>
        }
        hideActionsOnPhone
      />
      <div className="grid items-start gap-3 pb-28 lg:grid-cols-[minmax(0,1fr)_340px] lg:gap-5 lg:pb-0 xl:grid-cols-[minmax(0,1fr)_388px]">
        <div className="flex min-w-0 flex-col gap-3">
          {phone && <ViewSwitch view={view} onView={setView} />}
          <EarlierDraft drafts={drafts} replace={state.replace} />
          {view === 'form' ? (
            <FormSections folding={folding} blockers={blockers} />
          ) : (
            <Suspense key={state.generation} fallback={<Spinner>Opening the table</Spinner>}>
              <Table request={request} goal={goal} onEditPattern={() => goTo('namePattern')} />
            </Suspense>
          )}
          <div className="flex flex-wrap justify-center gap-2 sm:hidden">
            <FromBlueprint />
            <StartOver form={form} replace={state.replace} />
          </div>
          {!wide && <div className="flex justify-center">{save}</div>}
        </div>
        <div className="lg:sticky lg:top-4">
          <PlanPanel
            onShowCalls={() => calls.setOpen(true)}
            foot={
              wide ? (
                <>
                  <Outcome submission={submission} />
                  <DeployButton action={action} onPress={press} />
                  {save}
                </>
              ) : undefined
            }
          />
        </div>
      </div>
      {!wide && (
        <PlanBar
          action={action}
          onPress={press}
          outcome={<Outcome submission={submission} />}
          onShowCalls={() => calls.setOpen(true)}
        />
      )}
      {plan.plan !== null && calls.asked && (
        <Suspense>
          <CallsDrawer
            plan={plan.plan}
            request={request}
            open={calls.open}
            onOpenChange={calls.setOpen}
            action={action}
            onPress={press}
          />
        </Suspense>
      )}
      <LiveRegion text={planSentence(plan)} />
    </DeployContext>
  )
}

/** The calls of the plan: nothing of their drawer is there before it is first opened. */
function useDrawer() {
  const [open, setOpen] = useState(false)
  const [asked, setAsked] = useState(false)
  if (open && !asked) setAsked(true)
  return { open, asked, setOpen }
}

function Table({
  request,
  goal,
  onEditPattern,
}: {
  request: DeploymentRequest | null
  goal: Goal | null
  onEditPattern: () => void
}) {
  return usePhone() ? (
    <RowCards request={request} />
  ) : (
    <TableView request={request} goal={goal} onEditPattern={onEditPattern} />
  )
}

function ViewSwitch({ view, onView }: { view: View; onView: (view: View) => void }) {
  return (
    <SegmentedControl
      label="View"
      value={view}
      onChange={onView}
      options={[
        { value: 'form', label: 'Form', icon: AdjustmentsHorizontalIcon },
        { value: 'table', label: 'Table', icon: TableCellsIcon },
      ]}
    />
  )
}

/** Blockers without a field stand in the plan beside (or below) the form. */
function focusIssues(): void {
  const issues = document.querySelector<HTMLElement>('section [data-issues]')
  issues?.focus({ preventScroll: true })
  issues?.scrollIntoView({ block: 'center' })
}

/** The draft of this device, else an empty form. */
function startForm(drafts: FormReader | null): Draft | { savedAt: null; form: DeployForm } {
  return drafts?.loadDraft(browserStorage()) ?? { savedAt: null, form: emptyForm }
}

/** What the plan has against each field. Those of an older plan stay until a newer one is there. */
function blockersByField(plan: PlanState, plain: boolean): Map<FormField, string[]> {
  const byField = new Map<FormField, string[]>()
  for (const blocker of plan.plan?.blockers ?? []) {
    // Without the table, the only row of the request is the form.
    const inTable = !plain && blocker.field?.startsWith('vms.') === true
    const field = inTable ? 'table' : fieldOfIssue(blocker)
    if (field !== null) byField.set(field, [...(byField.get(field) ?? []), blocker.message])
  }
  return byField
}

function inOneSentence(messages: string[] | undefined): string | null {
  const [first, ...rest] = messages ?? []
  if (first === undefined) return null
  return rest.length === 0 ? first : `${first} And ${rest.length} more like it.`
}

function draftWords(draft: DraftState, plan: PlanState): string {
  if (
    !plan.answers ||
    (plan.error !== null && (plan.error.status === 0 || plan.error.status >= 502))
  ) {
    return 'You can go on with the draft. Deploying waits for the connection'
  }
  switch (draft.state) {
    case 'empty':
      return 'Nothing is made before you press Deploy'
    case 'not-kept':
      return 'This browser keeps no drafts: the form is lost with the page'
    case 'saved':
      return `Draft saved on this device at ${formatTime(draft.at, new Date()).replace(/^(\d\d:\d\d):\d\d$/, '$1')}`
  }
}

function planSentence(plan: PlanState): string {
  if (plan.error !== null) return plan.error.problem.title
  if (plan.plan === null || !plan.current) return ''
  const { blockers, warnings, totals } = plan.plan
  return [
    `Plan for ${plural(totals.vms, 'VM')} checked`,
    ...(blockers.length > 0 ? [plural(blockers.length, 'blocker')] : []),
    ...(warnings.length > 0 ? [plural(warnings.length, 'warning')] : []),
  ].join(', ')
}

function useDeployShortcut(press: () => void) {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
    event.preventDefault()
    press()
  })
  useEffect(() => {
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}

function FromBlueprint() {
  return (
    <Link to="/blueprints" className={buttonClass()}>
      <BookmarkIcon className="size-4 opacity-80" aria-hidden />
      Start from blueprint
    </Link>
  )
}

function StartOver({ form, replace }: { form: DeployForm; replace: (form: DeployForm) => void }) {
  if (isEmpty(form)) return null
  return (
    <Button
      onClick={() => {
        replace(emptyForm)
        sayDropped('The form is empty again', () => replace(form))
      }}
    >
      Start over
    </Button>
  )
}

/** The draft that "Deploy again" or a blueprint put aside. */
function EarlierDraft({
  drafts,
  replace,
}: {
  drafts: FormReader | null
  replace: (form: DeployForm) => void
}) {
  const [previous, setPrevious] = useState(() => drafts?.loadPrevious(browserStorage()) ?? null)
  if (previous === null) return null
  const drop = () => {
    clearPrevious(browserStorage())
    setPrevious(null)
  }
  return (
    <Message
      tone="info"
      title="This form was filled from a deployment or a blueprint"
      action={
        <span className="flex flex-wrap justify-end gap-2">
          <Button
            size="sm"
            onClick={() => {
              replace(previous)
              drop()
            }}
          >
            Back to my draft
          </Button>
          <Button size="sm" variant="ghost" onClick={drop}>
            Drop the draft
          </Button>
        </span>
      }
    >
      The draft that was here before is kept
      {previous.namePattern === '' ? '' : `: ${previous.namePattern}`}.
    </Message>
  )
}
