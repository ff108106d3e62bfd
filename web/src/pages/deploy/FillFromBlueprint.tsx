import { matchTemplate, toStart } from '@deployer/core/blueprint.ts'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { blueprintQuery } from '../../api/blueprints.ts'
import { templatesQuery } from '../../api/queries.ts'
import { PageHeader } from '../../components/PageHeader.tsx'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { Button } from '../../ui/Button.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { toast } from '../../ui/Toast.tsx'
import { browserStorage } from './draft.ts'
import { fillDraft } from './fill.ts'
import { fromRequest } from './request.ts'

/** Makes a blueprint the draft, puts the draft before it aside, and goes to the form. */
export function FillFromBlueprint({ id }: { id: string }) {
  const { data: blueprint, error } = useQuery(blueprintQuery(id))
  const templates = useQuery(templatesQuery)
  const navigate = useNavigate()
  const known = templates.data
  useEffect(() => {
    if (blueprint === undefined || known === undefined) return
    const { vmid, missing } = matchTemplate(blueprint.source, known)
    const { request, passwords } = toStart(blueprint.request)
    const { clone } = blueprint.source
    fillDraft(browserStorage(), fromRequest({ ...request, source: { vmid, clone } }), new Date())
    if (missing !== null) toast('bad', `${missing} Choose another one.`)
    if (passwords.length > 0) toast('bad', `Give the password of ${passwords.join(', ')} again`)
    toast(
      'ok',
      `Filled from ${blueprint.name}.${vmid === null && missing === null ? ' Choose a template.' : ''}`,
    )
    void navigate({ to: '/deploy', search: {}, replace: true })
  }, [blueprint, known, navigate])
  const problem = error ?? templates.error
  return (
    <>
      <PageHeader title="Deploy" />
      {problem === null ? (
        <Spinner>Reading the blueprint</Spinner>
      ) : (
        <ProblemMessage
          error={problem}
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
