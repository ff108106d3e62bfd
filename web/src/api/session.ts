/** Signing in and out. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { client, unwrap } from './client.ts'
import { sessionQuery } from './queries.ts'

export type SignIn = {
  username: string
  realm?: string
  password: string
  otp?: string
}

/** Signs in; what an earlier person had seen is forgotten first. */
export const useSignIn = () => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: SignIn) => unwrap(client.POST('/api/v1/session', { body })),
    onSuccess: (session) => {
      queryClient.removeQueries({ predicate: ({ queryKey }) => !publicKeys.has(queryKey[0]) })
      queryClient.setQueryData(sessionQuery.queryKey, session)
    },
  })
}

const publicKeys = new Set<unknown>(['session', 'sign-in', 'health'])

/** Signs out, whatever the server says; the cookie is gone or was of no use any more. */
export const useSignOut = () => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async () => {
      await client.DELETE('/api/v1/session')
    },
    onSettled: () => {
      queryClient.setQueryData(sessionQuery.queryKey, null)
      queryClient.removeQueries({ predicate: ({ queryKey }) => !publicKeys.has(queryKey[0]) })
    },
  })
}
