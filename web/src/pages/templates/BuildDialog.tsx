import { nameProblem } from '@deployer/core/names.ts'
import { nextVersionName } from '@deployer/core/template-health.ts'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { imageListQuery } from '../../api/images.ts'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Message } from '../../ui/Message.tsx'
import { Select } from '../../ui/Select.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { keyOf, nodesText, sizeText } from '../images/words.ts'
import { fits, suggestedName } from './names.ts'

/**
 * A template from a cloud image, or the next version beside one: which image, which name. The Deploy page then shows the
 * plan, with everything else that can be set.
 */
export function BuildDialog({
  base,
  names,
  onClose,
}: {
  /** Name of the template that gets a next version; null for a new one. */
  base: string | null
  /** Of all templates. */
  names: readonly string[]
  onClose: () => void
}) {
  const navigate = useNavigate()
  const { data, error } = useQuery(imageListQuery)
  const images = data?.images.filter(({ kind }) => kind === 'image') ?? []
  const [picked, setPicked] = useState<string | null>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const likely =
    base === null ? images[0] : (images.find((image) => fits(image, base)) ?? images[0])
  const image = images.find((each) => keyOf(each) === picked) ?? likely
  const name = typed ?? (base === null ? suggestedName(image, names) : nextVersionName(base, names))
  const problem = name === '' ? null : nameProblem(name, 'l26')?.message
  const taken = names.includes(name)
  const go = () => {
    if (image === undefined) return
    void navigate({ to: '/deploy', search: { image: image.volid, name, convert: true } })
  }
  return (
    <Dialog
      open
      onOpenChange={(stays) => {
        if (!stays) onClose()
      }}
      title={base === null ? 'Build a template' : `Next version of ${base}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            hideReason
            blocked={
              image === undefined
                ? 'A cloud image is missing'
                : name === ''
                  ? 'A name is missing'
                  : (problem ?? null)
            }
            onClick={go}
          >
            To the plan
          </Button>
        </>
      }
    >
      {data === undefined && error === null && <Spinner>Reading the images</Spinner>}
      {error !== null && <ProblemMessage error={error} />}
      {data && image === undefined && (
        <Message
          tone="info"
          title="No cloud image yet"
          action={
            <Link
              to="/images"
              search={{ tab: 'catalogue' }}
              className={buttonClass('secondary', 'sm')}
            >
              To the catalogue
            </Link>
          }
        >
          Download one first: the catalogue has the well-known ones.
        </Message>
      )}
      {image !== undefined && (
        <>
          <Field label="Cloud image">
            <Select
              value={keyOf(image)}
              onChange={setPicked}
              options={images.map((each) => ({
                value: keyOf(each),
                label: each.os?.name ?? each.name,
                hint: `${each.name}, ${sizeText(each.sizeBytes)}, ${each.storage}, ${nodesText(each)}`,
              }))}
            />
          </Field>
          <Field
            label="Name of the template"
            error={problem}
            help={
              taken
                ? 'A template has this name. On local storage of another node, the new one counts as its copy.'
                : base === null
                  ? undefined
                  : `${base} stays as it is, and so do the VMs made from it.`
            }
          >
            <TextInput value={name} onChange={setTyped} />
          </Field>
          <p className="text-xs text-muted">
            The plan imports the disk, adds a cloud-init drive, a serial console and the agent’s
            device, and converts the VM to a template. Node, storage and hardware can be changed
            there.
          </p>
        </>
      )}
    </Dialog>
  )
}
