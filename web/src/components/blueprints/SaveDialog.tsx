import { toBlueprint, toStart } from '@deployer/core/blueprint.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useSaveBlueprint } from '../../api/blueprints.ts'
import { templatesQuery } from '../../api/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { toast } from '../../ui/Toast.tsx'
import { type About, AboutFields, NameTaken, nameProblem } from './AboutFields.tsx'

const sourceWords = { template: 'template', iso: 'ISO', image: 'image' } as const

/** Asks what a blueprint is to be called and who sees it, and saves it. */
export function SaveDialog({
  request,
  onClose,
}: {
  request: DeploymentRequest
  onClose: () => void
}) {
  const [about, setAbout] = useState<About>({
    name: request.name ?? '',
    description: '',
    shared: false,
  })
  const [open, setOpen] = useState(false)
  const { data: templates } = useQuery(templatesQuery)
  const save = useSaveBlueprint()
  const navigate = useNavigate()
  const { source } = request
  const template =
    source.kind === 'template' ? templates?.find(({ vmid }) => vmid === source.vmid) : undefined
  const from =
    source.kind === 'template'
      ? `${template?.name ?? `template ${source.vmid}`}, found by its name where its VMID has changed`
      : source.volid
  const blueprint = toBlueprint(request, open ? null : { name: template?.name })
  const { passwords } = toStart(blueprint)

  const press = (replace: boolean) =>
    save.mutate(
      { ...about, request: blueprint, replace },
      {
        onSuccess: ({ name }) => {
          sayWhere(name, () => void navigate({ to: '/blueprints' }))
          onClose()
        },
      },
    )
  return (
    <Dialog
      open
      onOpenChange={(stays) => {
        if (!stays) onClose()
      }}
      title="Save as blueprint"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            working={save.isPending && 'Saving'}
            blocked={nameProblem(about.name)}
            hideReason
            onClick={() => press(false)}
          >
            Save blueprint
          </Button>
        </>
      }
    >
      <p className="text-sm">
        Keeps what this request asks for, with its patterns, sizes and single VMs. VMIDs are given
        out anew each time.
      </p>
      <AboutFields about={about} onChange={setAbout} onEnter={() => press(false)} />
      <Checkbox
        checked={open}
        onChange={setOpen}
        label={`Ask for the ${sourceWords[source.kind]} each time`}
        help={`Otherwise it is ${from}`}
      />
      {passwords.length > 0 && (
        <p className="text-xs text-muted">
          Passwords are not kept. Those of {passwords.join(', ')} are asked for again.
        </p>
      )}
      <NameTaken
        error={save.error}
        name={about.name}
        working={save.isPending}
        onReplace={() => press(true)}
      />
    </Dialog>
  )
}

/** Toasts stand outside of the router, so the way is handed to them. */
function sayWhere(name: string, onOpen: () => void): void {
  toast('ok', `Saved ${name}`, <ToBlueprints onOpen={onOpen} />)
}

function ToBlueprints({ onOpen }: { onOpen: () => void }) {
  return (
    <button type="button" className="link text-xs" onClick={onOpen}>
      Blueprints
    </button>
  )
}
