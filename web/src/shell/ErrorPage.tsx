import { MapIcon } from '@heroicons/react/24/outline'
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { useCallback, useEffect } from 'react'
import { toApiError } from '../api/problem.ts'
import { STATUS_RETRY_MS } from '../api/queries.ts'
import { PageHeader } from '../components/PageHeader.tsx'
import { ProblemMessage } from '../components/ProblemMessage.tsx'
import { useTitle } from '../components/useTitle.ts'
import { Button, buttonClass } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { SkeletonRows } from '../ui/Skeleton.tsx'

/** Stands where a page broke, with what is known and the id of the request. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const { reset: resetQueries } = useQueryErrorResetBoundary()
  useTitle('Error')
  const again = useCallback(() => {
    resetQueries()
    reset()
    void router.invalidate()
  }, [router, reset, resetQueries])
  const { status } = toApiError(error)
  const away = status === 0 || (status >= 502 && status <= 504)
  useEffect(() => {
    if (!away) return
    const timer = setInterval(again, STATUS_RETRY_MS)
    return () => clearInterval(timer)
  }, [away, again])
  return (
    <div className="mx-auto max-w-3xl px-3 pb-8 sm:px-7">
      <PageHeader title="This page could not be shown" />
      <ProblemMessage error={error} />
      <div className="mt-4 flex gap-2">
        <Button variant="primary" onClick={again}>
          Try again
        </Button>
        <a href="/" className={buttonClass('ghost')}>
          To the start
        </a>
      </div>
    </div>
  )
}

export function NotFoundPage() {
  useTitle('Not found')
  return (
    <>
      <PageHeader title="Nothing here" />
      <EmptyState
        icon={MapIcon}
        title="No page has this address"
        action={
          <Link to="/deployments" className={buttonClass()}>
            To the deployments
          </Link>
        }
      >
        It may have been typed wrong, or come from a newer version.
      </EmptyState>
    </>
  )
}

/** Shown when a page takes longer than a moment. */
export function PendingPage() {
  return (
    <div className="pt-20">
      <SkeletonRows label="The page is on its way" />
    </div>
  )
}
