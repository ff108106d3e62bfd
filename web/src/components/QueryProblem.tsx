import { toApiError } from '../api/problem.ts'
import { Button } from '../ui/Button.tsx'
import { ProblemMessage } from './ProblemMessage.tsx'

export type Asked = {
  error: unknown
  data: unknown
  isError: boolean
  refetch: () => Promise<unknown>
}

/** Where the server, or Proxmox behind it, does not answer, the banner above the page says so already. */
const bannerTells = (error: unknown): boolean => {
  const { status } = toApiError(error)
  return status === 0 || (status >= 502 && status <= 504)
}

/** Why a page has nothing to show, or nothing newer than what it shows, and the way to ask again. */
export function QueryProblem({
  query,
  className = 'mb-4',
}: {
  query: Asked
  className?: string | undefined
}) {
  if (!query.isError || (query.data !== undefined && bannerTells(query.error))) return null
  return (
    <ProblemMessage
      error={query.error}
      className={className}
      action={
        <Button size="sm" onClick={() => void query.refetch()}>
          Try again
        </Button>
      }
    />
  )
}
