import { type BlueprintRequest, matchTemplate, toStart } from '@deployer/core/blueprint.ts'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import { blueprintQuery } from '../../api/blueprints.ts'
import { templatesQuery } from '../../api/queries.ts'
import { PageHeader } from '../../components/PageHeader.tsx'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { Button } from '../../ui/Button.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { toast } from '../../ui/Toast.tsx'

/** A request whose template may still have to be chosen, and passwords be given again. */
export type BlueprintStart = Omit<BlueprintRequest, 'source'> & {
  source: { vmid: number | null; clone: 'linked' | 'full' | null }
}

/**
 * Reads a blueprint and finds its template. What to do with it is the caller's: so this comes only when it is needed, and
 * takes nothing of the page along.
 */
export function FillFromBlueprint({
  id,
  onStart,
}: {
  id: string
  onStart: (request: BlueprintStart) => void
}) {
  const { data: blueprint, error } = useQuery(blueprintQuery(id))
  const templates = useQuery(templatesQuery)
  const navigate = useNavigate()
  const known = templates.data
  const start = useEffectEvent(onStart)
  useEffect(() => {
    if (blueprint === undefined || known === undefined) return
    const { source } = blueprint
    const template = source.kind === 'template' ? source : { kind: 'template' as const }
    const { vmid, missing } = matchTemplate(template, known)
    const { passwords } = toStart(blueprint.request)
    start({ ...blueprint.request, source: { vmid, clone: template.clone ?? null } })
    if (missing !== null) toast('bad', `${missing} Choose another one.`)
    if (passwords.length > 0) toast('bad', `Give the password of ${passwords.join(', ')} again`)
    const choose = vmid === null && missing === null ? ' Choose a template.' : ''
    toast('ok', `Filled from ${blueprint.name}.${choose}`)
  }, [blueprint, known])
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
