import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type Image, useDeleteImage, usesQuery } from '../../api/images.ts'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { plural } from '../../ui/format.ts'
import { Message } from '../../ui/Message.tsx'
import { Select } from '../../ui/Select.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { toast } from '../../ui/Toast.tsx'
import { nodesText, sizeText } from './words.ts'

/** Deletes one file: its name is typed, and who would miss it is shown first. */
export function DeleteDialog({ image, onClose }: { image: Image; onClose: () => void }) {
  const { volid, name, shared, nodes, storage } = image
  const [node, setNode] = useState(nodes[0] ?? '')
  const [typed, setTyped] = useState('')
  const [force, setForce] = useState(false)
  const uses = useQuery(usesQuery(volid, node))
  const remove = useDeleteImage()
  const used =
    uses.data !== undefined && (uses.data.vms.length > 0 || uses.data.deployments.length > 0)
  const unsure = uses.isError || uses.data?.complete === false
  const blocked = uses.isPending
    ? 'Looking who uses it'
    : (used || unsure) && !force
      ? 'It is in use'
      : typed !== name
        ? 'Type its name'
        : null
  return (
    <Dialog
      open
      onOpenChange={(stays) => {
        if (!stays) onClose()
      }}
      title="Delete this file?"
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            variant="danger-solid"
            working={remove.isPending && 'Deleting'}
            blocked={blocked}
            hideReason
            onClick={() =>
              remove.mutate(
                { volid, node, force },
                {
                  onSuccess: () => {
                    toast('ok', `Deleted ${name}`)
                    onClose()
                  },
                },
              )
            }
          >
            Delete file
          </Button>
        </>
      }
    >
      <p className="text-sm wrap-anywhere">
        <code className="text-xs">{name}</code>, {sizeText(image.sizeBytes)}, goes from {storage} (
        {nodesText(image)}) for good.
      </p>
      {!shared && nodes.length > 1 && (
        <Field label="On which node" help="Each of them has a file of its own.">
          <Select
            value={node}
            onChange={setNode}
            options={nodes.map((each) => ({ value: each, label: each }))}
          />
        </Field>
      )}
      {uses.isPending && <Spinner>Looking who uses it</Spinner>}
      {uses.error !== null && <ProblemMessage error={uses.error} />}
      {uses.data && used && (
        <Message tone="bad" title={`${usersText(uses.data)} it`}>
          <ul className="mt-1 max-h-40 overflow-y-auto">
            {uses.data.vms.map((vm) => (
              <li key={vm.vmid}>
                {vm.template ? 'Template' : 'VM'} {vm.name ?? ''} ({vm.vmid}) on {vm.node}, in{' '}
                {vm.drive}
              </li>
            ))}
            {uses.data.deployments.map((deployment) => (
              <li key={deployment.id}>
                <Link
                  to="/deployments/$deploymentId"
                  params={{ deploymentId: deployment.id }}
                  className="link"
                >
                  {deployment.name ?? deployment.id}
                </Link>{' '}
                installs from it now
              </li>
            ))}
          </ul>
        </Message>
      )}
      {uses.data && !used && uses.data.complete && (
        <p className="text-xs text-muted">
          No VM has it in a drive, and no deployment uses it now.
        </p>
      )}
      {uses.data?.complete === false && (
        <Message tone="warn" title="Not every VM could be looked at">
          A node did not answer, or there are too many VMs to ask each.
        </Message>
      )}
      {(used || unsure) && (
        <Checkbox
          checked={force}
          onChange={setForce}
          label="Delete it all the same"
          help="VMs with a file in a drive that is gone do not start until it is taken out."
        />
      )}
      <Field label={`Type ${name} to go on`}>
        <TextInput mono value={typed} onChange={setTyped} />
      </Field>
      {remove.error !== null && <ProblemMessage error={remove.error} />}
    </Dialog>
  )
}

const usersText = ({
  vms,
  deployments,
}: {
  vms: readonly unknown[]
  deployments: readonly unknown[]
}): string =>
  [
    ...(vms.length > 0 ? [plural(vms.length, 'VM')] : []),
    ...(deployments.length > 0 ? [plural(deployments.length, 'deployment')] : []),
  ].join(' and ') + (vms.length + deployments.length === 1 ? ' uses' : ' use')
