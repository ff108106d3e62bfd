import { DocumentArrowUpIcon } from '@heroicons/react/16/solid'
import type { ReactNode } from 'react'

/** A button that asks for a file, and beside it what fits, or which was chosen. */
export function FileButton({
  accept,
  onFile,
  children,
}: {
  /** Endings: `.yaml,.json`. */
  accept: string
  onFile: (file: File) => void
  children: ReactNode
}) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      <label className="inline-flex">
        <input
          type="file"
          accept={accept}
          className="peer sr-only"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? []
            if (file !== undefined) onFile(file)
          }}
        />
        <span className="inline-flex h-11 cursor-pointer items-center gap-1.5 rounded-md border border-edge bg-raised px-3 text-sm font-medium text-ink peer-focus-visible:outline-2 peer-focus-visible:outline-offset-1 peer-focus-visible:outline-accent-text hover:border-field sm:h-8">
          <DocumentArrowUpIcon className="size-4 opacity-80" aria-hidden />
          Choose a file
        </span>
      </label>
      <span className="min-w-0 text-xs wrap-anywhere text-muted">{children}</span>
    </div>
  )
}
