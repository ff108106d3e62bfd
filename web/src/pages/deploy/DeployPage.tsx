import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useEffectEvent, useState } from 'react'
import { deploymentQuery } from '../../api/queries.ts'
import { PageHeader } from '../../components/PageHeader.tsx'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { useTitle } from '../../components/useTitle.ts'
import { Button } from '../../ui/Button.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { toast } from '../../ui/Toast.tsx'
import { DeployFormPage } from './DeployFormPage.tsx'
import { saveDraft } from './draft.ts'
import { fillDraft } from './fill.ts'
import { formReaderQuery } from './form-reader-query.ts'
import { emptyForm } from './form.ts'
import type { OpenRequest } from './from-request.ts'
import { browserStorage, isKept } from './kept-text.ts'
import { useFormReader } from './useFormReader.ts'

const FillFromBlueprint = lazy(async () => ({
  default: (await import('./FillFromBlueprint.tsx')).FillFromBlueprint,
}))

/**
 * The form with the live plan beside it. `from`: a deployment whose request fills the form; `blueprint`: a blueprint that
 * does. `template`: the VMID of a template to start with; `medium`: an ISO or image.
 */
export function DeployPage({
  from,
  blueprint,
  template,
  medium,
}: {
  from: string | undefined
  blueprint: string | undefined
  template: number | undefined
  medium: Medium | undefined
}) {
  useTitle('Deploy')
  const fill = useFill()
  if (blueprint !== undefined) {
    return (
      <Suspense fallback={<PageHeader title="Deploy" />}>
        <FillFromBlueprint id={blueprint} onStart={fill} />
      </Suspense>
    )
  }
  if (from !== undefined) return <FillFrom id={from} />
  if (template !== undefined) return <FillTemplate vmid={template} />
  if (medium !== undefined) return <FillMedium medium={medium} />
  return <FormOfDraft />
}

/** Where a form is kept, the page begins with it; where none is, at once. */
function FormOfDraft() {
  const [kept] = useState(() => isKept(browserStorage()))
  const reader = useFormReader(kept)
  if (kept && reader === null) return <PageHeader title="Deploy" />
  return <DeployFormPage drafts={kept ? reader : null} />
}

/** Makes a request the draft, puts the draft before it aside, and goes to the form. */
function useFill(): (request: OpenRequest) => void {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const fill = async (request: OpenRequest) => {
    const [{ fromRequest }, reader] = await Promise.all([
      import('./from-request.ts'),
      queryClient.ensureQueryData(formReaderQuery),
    ])
    fillDraft(reader, browserStorage(), fromRequest(request), new Date())
    await navigate({ to: '/deploy', search: {}, replace: true })
  }
  return (request) => void fill(request)
}

/** Puts the template into the draft, leaves the rest of it as it is, and goes to the form. */
function FillTemplate({ vmid }: { vmid: number }) {
  const navigate = useNavigate()
  const reader = useFormReader(true)
  useEffect(() => {
    if (reader === null) return
    const storage = browserStorage()
    const form = reader.loadDraft(storage)?.form ?? emptyForm
    saveDraft(storage, { ...form, source: 'template', template: vmid }, new Date())
    void navigate({ to: '/deploy', search: {}, replace: true })
  }, [vmid, navigate, reader])
  return <PageHeader title="Deploy" />
}

/** An ISO or image to start with. `convert`: a template called `name` is built from it. */
export type Medium = {
  source: 'iso' | 'image'
  volid: string
  name?: string | undefined
  convert?: boolean | undefined
}

/** Puts the ISO or image into the draft, and goes to the form. To build a template the form begins anew. */
function FillMedium({ medium }: { medium: Medium }) {
  const navigate = useNavigate()
  const { source, volid, name, convert } = medium
  const reader = useFormReader(true)
  useEffect(() => {
    if (reader === null) return
    const storage = browserStorage()
    const form = convert === true ? emptyForm : (reader.loadDraft(storage)?.form ?? emptyForm)
    const chosen = {
      ...form,
      source,
      volid,
      osType: null,
      convert: convert === true,
      ...(name !== undefined && { namePattern: name, quantity: 1 }),
    }
    fillDraft(reader, storage, chosen, new Date())
    void navigate({ to: '/deploy', search: {}, replace: true })
  }, [source, volid, name, convert, navigate, reader])
  return <PageHeader title="Deploy" />
}

/** Makes an earlier request the draft, puts the draft before it aside, and goes to the form. */
function FillFrom({ id }: { id: string }) {
  const { data: deployment, error } = useQuery(deploymentQuery(id))
  const navigate = useNavigate()
  const fill = useEffectEvent(useFill())
  useEffect(() => {
    if (deployment === undefined) return
    fill(deployment.request)
    toast(
      'ok',
      `Filled from ${deployment.name ?? deployment.sourceLabel}. VMIDs are given out anew.`,
    )
  }, [deployment])
  return (
    <>
      <PageHeader title="Deploy" />
      {error === null ? (
        <Spinner>Reading the earlier deployment</Spinner>
      ) : (
        <ProblemMessage
          error={error}
          action={
            <Button size="sm" onClick={() => void navigate({ to: '/deploy', search: {} })}>
              To the form
            </Button>
          }
        />
      )}
    </>
  )
}
