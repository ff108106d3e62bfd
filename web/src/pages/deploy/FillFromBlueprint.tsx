import { type BlueprintRequest, matchTemplate, toStart } from '@deployer/core/blueprint.ts'
import type { Template } from '@deployer/core/inventory.ts'
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

/** A request whose template, ISO or image may still have to be chosen, and passwords be given again. */
export type BlueprintStart = Omit<BlueprintRequest, 'source'> & {
  source:
    | { kind: 'template'; vmid: number | null; clone: 'linked' | 'full' | null }
    | Exclude<BlueprintRequest['source'], { kind: 'template' }>
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
    const { source, missing, open } = startOf(blueprint.request.source, known)
    const { passwords } = toStart(blueprint.request)
    start({ ...blueprint.request, source })
    if (missing !== null) toast('bad', `${missing} Choose another one.`)
    if (passwords.length > 0) toast('bad', `Give the password of ${passwords.join(', ')} again`)
    toast('ok', `Filled from ${blueprint.name}.${open === null ? '' : ` Choose ${open}.`}`)
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

type Start = {
  source: BlueprintStart['source']
  /** Why the template that is meant cannot be taken. */
  missing: string | null
  /** What is left to the person. */
  open: string | null
}

function startOf(source: BlueprintRequest['source'], templates: readonly Template[]): Start {
  switch (source.kind) {
    case 'template': {
      const { vmid, missing } = matchTemplate(source, templates)
      return {
        source: { kind: 'template', vmid, clone: source.clone ?? null },
        missing,
        open: vmid === null && missing === null ? 'a template' : null,
      }
    }
    case 'iso':
      return { source, missing: null, open: source.volid === undefined ? 'an ISO' : null }
    case 'image':
      return { source, missing: null, open: source.volid === undefined ? 'an image' : null }
  }
}
