import type { ReactNode } from 'react'
import { toApiError } from '../api/problem.ts'
import { Message } from '../ui/Message.tsx'

/** An error of the API in words: what happened, why, what to do, Proxmox's own words, and the id to look up in the log. */
export function ProblemMessage({
  error,
  action,
  className,
}: {
  error: unknown
  action?: ReactNode | undefined
  className?: string | undefined
}) {
  const { problem } = toApiError(error)
  const fields = Object.entries(problem.proxmox?.errors ?? {})
  return (
    <Message
      tone="bad"
      role="alert"
      title={problem.title}
      action={action}
      proxmox={problem.proxmox?.message}
      className={className}
    >
      {problem.detail !== '' && problem.detail !== problem.title && <p>{problem.detail}</p>}
      {problem.hint !== undefined && <p>{problem.hint}</p>}
      {problem.errors && problem.errors.length > 0 && (
        <ul className="mt-1 list-disc pl-4">
          {problem.errors.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {path !== '' && <code className="text-2xs">{path}</code>} {message}
            </li>
          ))}
        </ul>
      )}
      {fields.length > 0 && (
        <ul className="mt-1 font-mono text-2xs text-muted">
          {fields.map(([name, text]) => (
            <li key={name}>
              {name}: {text}
            </li>
          ))}
        </ul>
      )}
      {problem.requestId !== '' && (
        <p className="mt-1 text-2xs text-muted">
          Request <code>{problem.requestId}</code>
        </p>
      )}
    </Message>
  )
}
