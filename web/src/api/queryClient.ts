import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from './problem.ts'
import { sessionQuery } from './queries.ts'

/** The cache of everything asked. A 401 to any call ends the session here too; the shell then asks to sign in. */
export const createQueryClient = (): QueryClient => {
  const onError = (error: Error) => {
    if (error instanceof ApiError && error.status === 401)
      queryClient.setQueryData(sessionQuery.queryKey, null)
  }
  const queryClient: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // What the server refused it will refuse again; a lost connection may come back.
        retry: (count, error) =>
          count < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
        refetchOnWindowFocus: false,
      },
    },
  })
  return queryClient
}
