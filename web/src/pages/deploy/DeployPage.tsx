import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { deploymentQuery } from '../../api/queries.ts'
import { PageHeader } from '../../components/PageHeader.tsx'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { useTitle } from '../../components/useTitle.ts'
import { Button } from '../../ui/Button.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { toast } from '../../ui/Toast.tsx'
import { DeployFormPage } from './DeployFormPage.tsx'
import { browserStorage, keepPrevious, loadDraft, saveDraft } from './draft.ts'
import { emptyForm } from './form.ts'
import { fromRequest } from './request.ts'
import { isEmpty, sameForm } from './useDeployForm.ts'

/**
 * The form with the live plan beside it. `from`: a deployment whose request fills the form. `template`: the VMID of a
 * template to start with.
 */
export function DeployPage({
  from,
  template,
}: {
  from: string | undefined
  template: number | undefined
}) {
  useTitle('Deploy')
  if (from !== undefined) return <FillFrom id={from} />
  if (template !== undefined) return <FillTemplate vmid={template} />
  return <DeployFormPage />
}

/** Puts the template into the draft, leaves the rest of it as it is, and goes to the form. */
function FillTemplate({ vmid }: { vmid: number }) {
  const navigate = useNavigate()
  useEffect(() => {
    const storage = browserStorage()
    const form = loadDraft(storage)?.form ?? emptyForm
    saveDraft(storage, { ...form, template: vmid }, new Date())
    void navigate({ to: '/deploy', search: {}, replace: true })
  }, [vmid, navigate])
  return <PageHeader title="Deploy" />
}

/** Makes an earlier request the draft, puts the draft before it aside, and goes to the form. */
function FillFrom({ id }: { id: string }) {
  const { data: deployment, error } = useQuery(deploymentQuery(id))
  const navigate = useNavigate()
  useEffect(() => {
    if (deployment === undefined) return
    const storage = browserStorage()
    const now = new Date()
    const form = fromRequest(deployment.request)
    const draft = loadDraft(storage)?.form ?? form
    if (!isEmpty(draft) && !sameForm(draft, form)) keepPrevious(storage, draft, now)
    saveDraft(storage, form, now)
    toast(
      'ok',
      `Filled from ${deployment.name ?? deployment.sourceLabel}. VMIDs are given out anew.`,
    )
    void navigate({ to: '/deploy', search: {}, replace: true })
  }, [deployment, navigate])
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
