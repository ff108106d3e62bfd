import { BookmarkIcon } from '@heroicons/react/16/solid'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { lazy, Suspense, useState } from 'react'
import { Button, type ButtonVariant, IconButton } from '../../ui/Button.tsx'

/** Comes when somebody presses the button. */
const SaveDialog = lazy(async () => ({ default: (await import('./SaveDialog.tsx')).SaveDialog }))

/** A button that saves a request under a name. `request` is null where there is none yet, and `blocked` says why. */
export function SaveAsBlueprint({
  request,
  blocked = null,
  onBlocked,
  variant,
  brief = false,
  className,
}: {
  request: DeploymentRequest | null
  blocked?: string | null | undefined
  /** Leads to what is in the way. */
  onBlocked?: (() => void) | undefined
  variant?: ButtonVariant | undefined
  /** Where there is little room: the picture alone, the words as its name. */
  brief?: boolean | undefined
  className?: string | undefined
}) {
  // As it was when the button was pressed: a live page goes on underneath.
  const [saving, setSaving] = useState<DeploymentRequest | null>(null)
  return (
    <>
      {brief ? (
        <IconButton
          variant="secondary"
          icon={BookmarkIcon}
          label="Save as blueprint"
          className={className}
          onClick={() => setSaving(request)}
        />
      ) : (
        <Button
          variant={variant}
          icon={BookmarkIcon}
          className={className}
          blocked={request === null ? (blocked ?? 'There is no request yet') : null}
          onBlocked={onBlocked}
          hideReason
          onClick={() => setSaving(request)}
        >
          Save as blueprint
        </Button>
      )}
      {saving !== null && (
        <Suspense>
          <SaveDialog request={saving} onClose={() => setSaving(null)} />
        </Suspense>
      )}
    </>
  )
}
