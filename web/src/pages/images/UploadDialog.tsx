import { fileNameProblem, plainFileName } from '@deployer/core/images.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { algorithmOf } from '@deployer/core/checksums.ts'
import { type ImageContent, imageListQuery, useImagesChanged } from '../../api/images.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { FileButton } from '../../ui/FileButton.tsx'
import { toast } from '../../ui/Toast.tsx'
import { ChecksumField } from './ChecksumField.tsx'
import { PlaceFields } from './PlaceFields.tsx'
import { usePlace } from './usePlace.ts'
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
  const [checksum, setChecksum] = useState('')
  const [overwrite, setOverwrite] = useState(false)
  const place = usePlace(content, 'upload')
  const list = useQuery(imageListQuery)
  const changed = useImagesChanged()

  const { target } = place
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
      <FileButton accept=".iso,.img,.qcow2,.raw,.vmdk,.ova" onFile={take}>
        {file === null ? 'Or drop it on the page' : `${file.name}, ${sizeText(file.size)}`}
      </FileButton>
      {file !== null && (
        <>
          <PlaceFields
            content={content}
            onContent={(next) => {
              setContent(next)
              setName(plainFileName(file.name, next))
            }}
            place={place}
            name={name}
            onName={setName}
            nameProblem={nameProblem}
          />
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
