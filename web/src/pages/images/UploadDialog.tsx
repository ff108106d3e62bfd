import { DocumentArrowUpIcon } from '@heroicons/react/16/solid'
import { fileNameProblem, plainFileName } from '@deployer/core/images.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { algorithmOf } from '@deployer/core/checksums.ts'
import {
  type ImageContent,
  imageListQuery,
  type ImageTarget,
  targetsQuery,
  useImagesChanged,
} from '../../api/images.ts'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { toast } from '../../ui/Toast.tsx'
import { ChecksumField } from './ChecksumField.tsx'
import { TargetField } from './TargetField.tsx'
import { targetsFor } from './targets.ts'
import { startUpload, type Upload } from './uploads.ts'
import { sizeText } from './words.ts'

/** What a file is by its ending; a cloud image may be called .img, but so may an ISO. */
const contentOf = (name: string): ImageContent =>
  /\.(qcow2|raw|vmdk|ova)$/i.test(name) || /cloudimg.*\.img$/i.test(name) ? 'import' : 'iso'

export function UploadDialog({
  file: dropped,
  onClose,
}: {
  file: File | null
  onClose: () => void
}) {
  const [file, setFile] = useState(dropped)
  const [content, setContent] = useState<ImageContent>(contentOf(dropped?.name ?? ''))
  const [name, setName] = useState(dropped ? plainFileName(dropped.name, content) : '')
  const [chosen, setChosen] = useState<ImageTarget | null>(null)
  const [checksum, setChecksum] = useState('')
  const [overwrite, setOverwrite] = useState(false)
  const targets = useQuery(targetsQuery)
  const list = useQuery(imageListQuery)
  const changed = useImagesChanged()

  const fitting = targetsFor(targets.data ?? [], content, 'upload')
  const target =
    fitting.find((each) => each === chosen) ?? fitting.find(({ upload }) => upload === null)
  const taken =
    target !== undefined &&
    list.data?.images.some(
      (image) =>
        image.storage === target.storage &&
        image.name === name &&
        image.nodes.includes(target.node),
    ) === true
  const nameProblem = file === null ? null : fileNameProblem(name, content)
  const algorithm = algorithmOf(checksum.trim())

  const take = (next: File) => {
    const kind = contentOf(next.name)
    setFile(next)
    setContent(kind)
    setName(plainFileName(next.name, kind))
  }
  const ended = (upload: Upload) => {
    changed()
    if (upload.status === 'done') toast('ok', `${upload.fileName} is on ${upload.storage}`)
  }
  const press = () => {
    if (file === null || target === undefined) return
    startUpload(
      {
        file,
        node: target.node,
        storage: target.storage,
        shared: target.shared,
        content,
        fileName: name,
        checksum: checksum.trim(),
        algorithm: algorithm ?? 'sha256',
        overwrite,
      },
      ended,
    )
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(stays) => {
        if (!stays) onClose()
      }}
      title="Upload an ISO or image"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            hideReason
            blocked={
              file === null
                ? 'Choose a file'
                : target === undefined
                  ? 'No storage takes it'
                  : (nameProblem ??
                    (taken && !overwrite ? 'The name is taken' : null) ??
                    (checksum.trim() !== '' && algorithm === null ? 'The checksum is none' : null))
            }
            onClick={press}
          >
            Upload
          </Button>
        </>
      }
    >
      <div className="flex flex-wrap items-center gap-3">
        <label className="inline-flex">
          <input
            type="file"
            accept=".iso,.img,.qcow2,.raw,.vmdk,.ova"
            className="peer sr-only"
            onChange={(event) => {
              const [next] = event.currentTarget.files ?? []
              if (next !== undefined) take(next)
            }}
          />
          <span className="inline-flex h-11 cursor-pointer items-center gap-1.5 rounded-md border border-edge bg-raised px-3 text-sm font-medium text-ink peer-focus-visible:outline-2 peer-focus-visible:outline-offset-1 peer-focus-visible:outline-accent-text hover:border-field sm:h-8">
            <DocumentArrowUpIcon className="size-4 opacity-80" aria-hidden />
            Choose a file
          </span>
        </label>
        <span className="min-w-0 text-xs wrap-anywhere text-muted">
          {file === null ? 'Or drop it on the page' : `${file.name}, ${sizeText(file.size)}`}
        </span>
      </div>
      {file !== null && (
        <>
          <SegmentedControl
            label="What it is"
            value={content}
            onChange={(next) => {
              setContent(next)
              setName(plainFileName(file.name, next))
            }}
            options={[
              { value: 'iso', label: 'ISO' },
              { value: 'import', label: 'Disk image' },
            ]}
          />
          {targets.error !== null && <ProblemMessage error={targets.error} />}
          {targets.data && (
            <TargetField
              targets={fitting}
              content={content}
              way="upload"
              value={target}
              onChange={setChosen}
            />
          )}
          <Field label="File name" error={nameProblem}>
            <TextInput mono value={name} onChange={setName} />
          </Field>
          {taken && (
            <Checkbox
              checked={overwrite}
              onChange={setOverwrite}
              label="Write over the file of this name"
              help={`${target.storage} has one. VMs with it in a drive get the new one.`}
            />
          )}
          <ChecksumField value={checksum} onChange={setChecksum} fileName={file.name} />
        </>
      )}
    </Dialog>
  )
}
