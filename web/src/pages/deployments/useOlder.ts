import type { DeploymentHead } from '@deployer/core/deployment.ts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { client, unwrap } from '../../api/client.ts'

/** As many as the server answers at once. */
const PAGE = 100

/** The pages after the first one, one for each press of "Show older". */
export const useOlder = (newest: readonly DeploymentHead[]) => {
  const [older, setOlder] = useState<readonly DeploymentHead[]>([])
  const last = older.at(-1) ?? newest.at(-1)
  const load = useMutation({
    mutationFn: (before: string) =>
      unwrap(client.GET('/api/v1/deployments', { params: { query: { before } } })),
    onSuccess: ({ deployments }) => setOlder([...older, ...deployments]),
  })
  const known = new Set(newest.map(({ id }) => id))
  const ended = load.data !== undefined && load.data.deployments.length < PAGE
  return {
    /** Newest first. What is in the first page is current there. */
    heads: [...newest, ...older.filter(({ id }) => !known.has(id))],
    more: newest.length >= PAGE && !ended && last !== undefined,
    loading: load.isPending,
    error: load.error,
    showOlder: () => {
      if (last) load.mutate(last.id)
    },
  }
}
