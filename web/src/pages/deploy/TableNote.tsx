import { Button } from '../../ui/Button.tsx'
import { sayDropped } from './BringBack.tsx'
import { controlId, useDeploy } from './deploy-context.ts'
import { emptyTable } from './form.ts'
import { ErrorLine } from './DeployField.tsx'
import { tableWords } from './table/plain.ts'

/** What the table says beside the fields of the form, and the way to it. */
export function TableNote() {
  const { form, change, errorOf, goTo } = useDeploy()
  const words = tableWords(form)
  const error = errorOf('table')
  if (words.length === 0 && error === null) return null
  return (
    <div
      id={controlId('table')}
      className="flex flex-wrap items-center gap-x-3 gap-y-1.5 rounded-md border border-line px-3 py-1.5 text-xs"
    >
      <div className="min-w-0 flex-1 text-muted">
        Set in the table: <span className="text-ink">{words.join(', ')}</span>
        {error !== null && <ErrorLine>{error}</ErrorLine>}
      </div>
      <Button size="sm" onClick={() => goTo('table')}>
        Open the table
      </Button>
      <Button
        size="sm"
        variant="ghost"
        onClick={() => {
          change({ table: emptyTable })
          sayDropped('The pattern alone says what the VMs are', () => change({ table: form.table }))
        }}
      >
        Pattern only
      </Button>
    </div>
  )
}
