import { type CatalogueEntry, contentOf } from '@deployer/core/catalogue.ts'
import { algorithmOf, fileOfUrl } from '@deployer/core/checksums.ts'
import { fileNameProblem, plainFileName } from '@deployer/core/images.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { checksumQuery, type ImageContent, useDownload, useLookUp } from '../../api/images.ts'
import { toApiError } from '../../api/problem.ts'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { toast } from '../../ui/Toast.tsx'
import { ChecksumField } from './ChecksumField.tsx'
import { PlaceFields } from './PlaceFields.tsx'
import { usePlace } from './usePlace.ts'
import { sizeText } from './words.ts'

const isAddress = (url: string): boolean => /^https?:\/\/[^\s/]+\/\S+$/.test(url.trim())

/** Proxmox fetches a file itself: from an address, or an entry of the catalogue. */
export function DownloadDialog({
  entry,
  onClose,
}: {
  entry: CatalogueEntry | null
  onClose: () => void
}) {
  const [url, setUrl] = useState(entry?.url ?? '')
  const [content, setContent] = useState<ImageContent>(entry ? contentOf(entry.kind) : 'import')
  const [name, setName] = useState(entry?.fileName ?? '')
  const [typed, setTyped] = useState<string | null>(null)
  const place = usePlace(content, 'download')
  const asked = entry !== null && (entry.checksum !== undefined || entry.checksumsUrl != null)
  const stated = useQuery({ ...checksumQuery(entry?.id ?? ''), enabled: asked })
  const lookUp = useLookUp()
  const download = useDownload()

  const { target } = place
  const checksum = typed ?? stated.data?.value ?? ''
  const algorithm = algorithmOf(checksum.trim())
  const nameProblem = name === '' ? null : fileNameProblem(name, content)

  const takeUrl = (next: string) => {
    setUrl(next)
    lookUp.reset()
    const file = fileOfUrl(next.trim())
    const kind = /\.iso$/i.test(file) ? 'iso' : content
    setContent(kind)
    setName(plainFileName(file, kind))
  }
  const look = () => {
    if (target === undefined) return
    lookUp.mutate(
      { node: target.node, url: url.trim() },
      {
        onSuccess: ({ fileName }) => {
          if (fileName !== null && name === '') setName(plainFileName(fileName, content))
        },
      },
    )
  }
  const press = () => {
    if (target === undefined) return
    download.mutate(
      {
        node: target.node,
        storage: target.storage,
        content,
        url: url.trim(),
        fileName: name,
        ...(algorithm !== null && { checksum: checksum.trim(), algorithm }),
      },
      {
        onSuccess: () => {
          toast('ok', `Proxmox downloads ${name}`)
          onClose()
        },
      },
    )
  }
  return (
    <Dialog
      open
      onOpenChange={(stays) => {
        if (!stays) onClose()
      }}
      title={entry === null ? 'Download from an address' : `Download ${entry.name}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            hideReason
            working={download.isPending && 'Beginning'}
            blocked={
              !isAddress(url)
                ? 'An address that starts with https:// is missing'
                : name === ''
                  ? 'A file name is missing'
                  : (nameProblem ??
                    (target === undefined ? 'No storage takes it' : null) ??
                    (checksum.trim() !== '' && algorithm === null ? 'The checksum is none' : null))
            }
            onClick={press}
          >
            Download
          </Button>
        </>
      }
    >
      <Field
        label="Address"
        help={
          lookUp.data
            ? `${lookUp.data.fileName ?? 'A file'}, ${sizeText(lookUp.data.sizeBytes)}`
            : 'The node fetches it, not this server or your browser.'
        }
        error={
          url !== '' && !isAddress(url)
            ? 'An address of a file, such as https://example.org/noble.img'
            : undefined
        }
      >
        <TextInput mono value={url} onChange={takeUrl} inputMode="url" />
      </Field>
      {isAddress(url) && target !== undefined && (
        <Button size="sm" working={lookUp.isPending && 'Asking'} onClick={look}>
          Look it up
        </Button>
      )}
      {lookUp.error !== null && <ProblemMessage error={lookUp.error} />}
      <PlaceFields
        content={content}
        onContent={
          entry === null
            ? (next) => {
                setContent(next)
                setName(plainFileName(fileOfUrl(url.trim()), next))
              }
            : undefined
        }
        place={place}
        name={name}
        onName={setName}
        nameProblem={nameProblem}
      />
      <ChecksumField
        value={checksum}
        onChange={setTyped}
        fileName={fileOfUrl(url.trim())}
        checking={asked && stated.isLoading}
        help={
          <ChecksumHelp
            entry={entry}
            failed={stated.error}
            found={typed === null && stated.isSuccess}
          />
        }
      />
      {download.error !== null && <ProblemMessage error={download.error} />}
    </Dialog>
  )
}

function ChecksumHelp({
  entry,
  failed,
  found,
}: {
  entry: CatalogueEntry | null
  failed: unknown
  found: boolean
}) {
  const general = 'Paste it, or the whole list that the publisher states. Proxmox verifies it.'
  if (entry === null) return general
  if (entry.checksumsUrl == null && entry.checksum === undefined)
    return 'The publisher states none.'
  const link = entry.checksumsUrl != null && (
    <a href={entry.checksumsUrl} target="_blank" rel="noreferrer" className="link">
      {fileOfUrl(entry.checksumsUrl)} of the publisher
    </a>
  )
  if (found) return <>Read just now from {link || 'the catalogue'}. Proxmox verifies it.</>
  if (failed !== null)
    return (
      <>
        {toApiError(failed).problem.detail} Open {link} and paste it here.
      </>
    )
  return <>Reading {link}</>
}
