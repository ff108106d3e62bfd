/** The public SSH keys that the signed-in person keeps. Apart from the other calls, so that it comes with those who need it. */
import type { KeptKey, KeyImport } from '@deployer/core/ssh-key-library.ts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { client, unwrap } from './client.ts'
import { problemOf } from './problem.ts'

export const sshKeysQuery = queryOptions({
  queryKey: ['ssh-keys'],
  queryFn: async ({ signal }): Promise<KeptKey[]> =>
    (await unwrap(client.GET('/api/v1/ssh-keys', { signal }))).keys,
  staleTime: 60_000,
})

/** Keeps the keys of pasted lines. */
export const useKeepKeys = () => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (keys: string): Promise<KeyImport> =>
      unwrap(client.POST('/api/v1/ssh-keys', { body: { keys } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: sshKeysQuery.queryKey }),
  })
}

export const useForgetKey = () => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => {
      const { error, response } = await client.DELETE('/api/v1/ssh-keys/{id}', {
        params: { path: { id } },
      })
      if (!response.ok) throw problemOf(response, error)
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: sshKeysQuery.queryKey }),
  })
}
