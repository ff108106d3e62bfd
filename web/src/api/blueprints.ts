/** Blueprints: what the page asks for and does. Apart from the other calls, so that it comes with the pages that need it. */
import type { BlueprintHead, BlueprintRequest, BlueprintView } from '@deployer/core/blueprint.ts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { client, unwrap } from './client.ts'
import type { components } from './generated/schema.ts'
import { ApiError, problemOf } from './problem.ts'

export const blueprintsQuery = queryOptions({
  queryKey: ['blueprints'],
  queryFn: async ({ signal }): Promise<BlueprintHead[]> =>
    (await unwrap(client.GET('/api/v1/blueprints', { signal }))).blueprints,
  staleTime: 10_000,
})

/** One with its request, as it is now: a link to it may be old. */
export const blueprintQuery = (id: string) =>
  queryOptions({
    queryKey: ['blueprint', id],
    queryFn: ({ signal }): Promise<BlueprintView> =>
      unwrap(client.GET('/api/v1/blueprints/{id}', { params: { path: { id } }, signal })),
    staleTime: 0,
    gcTime: 0,
    retry: (count, error) => !(error instanceof ApiError && error.status === 404) && count < 2,
  })

/** Address of its file, for a link that downloads it. */
export const blueprintFileUrl = (id: string, format: 'yaml' | 'json'): string =>
  `/api/v1/blueprints/${id}/file?format=${format}`

/** Address to hand on: opens the Deploy page filled from it. */
export const blueprintLink = (id: string): string => `${location.origin}/deploy?blueprint=${id}`

/** Whether an error says that one of the person's own blueprints has this name. */
export const isNameTaken = (error: unknown): boolean =>
  error instanceof ApiError && error.kind === 'blueprint-name-taken'

/** Each of them brings the list up to date. */
const useBlueprintMutation = <Input, Result>(mutationFn: (input: Input) => Promise<Result>) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn,
    onSettled: () => queryClient.invalidateQueries({ queryKey: blueprintsQuery.queryKey }),
  })
}

export type NewBlueprint = {
  name: string
  description: string
  shared: boolean
  request: BlueprintRequest
  /** In the place of one of this name. */
  replace: boolean
}

export const useSaveBlueprint = () =>
  useBlueprintMutation(({ request, ...rest }: NewBlueprint) =>
    unwrap(client.POST('/api/v1/blueprints', { body: { ...rest, request: asSent(request) } })),
  )

export type BlueprintChanges = {
  id: string
  name?: string
  description?: string
  shared?: boolean
}

export const useChangeBlueprint = () =>
  useBlueprintMutation(({ id, ...body }: BlueprintChanges) =>
    unwrap(client.PATCH('/api/v1/blueprints/{id}', { params: { path: { id } }, body })),
  )

export const useDeleteBlueprint = () =>
  useBlueprintMutation(async (id: string) => {
    const { error, response } = await client.DELETE('/api/v1/blueprints/{id}', {
      params: { path: { id } },
    })
    if (!response.ok) throw problemOf(response, error)
  })

const importedSchema = z.object({ id: z.string(), name: z.string() })

/** The text of a file in YAML or JSON; the server reads it. Not by the client, which would make JSON of it. */
export const useImportBlueprint = () =>
  useBlueprintMutation(
    async ({ text, shared, replace }: { text: string; shared: boolean; replace: boolean }) => {
      const response = await fetch(
        `/api/v1/blueprints/import?shared=${shared}&replace=${replace}`,
        { method: 'POST', headers: { 'content-type': 'application/yaml' }, body: text },
      )
      const body: unknown = await response.json().catch(() => null)
      if (!response.ok) throw problemOf(response, body)
      return importedSchema.parse(body)
    },
  )

/** As it is sent: without the keys that hold nothing. */
const asSent = (request: BlueprintRequest): components['schemas']['BlueprintRequest'] =>
  JSON.parse(JSON.stringify(request))
