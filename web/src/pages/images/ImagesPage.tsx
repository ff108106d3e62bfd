import { ArrowDownTrayIcon, ArrowUpTrayIcon } from '@heroicons/react/16/solid'
import { CircleStackIcon } from '@heroicons/react/24/outline'
import type { CatalogueEntry } from '@deployer/core/catalogue.ts'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { type Image, imageListQuery } from '../../api/images.ts'
import { DropZone } from '../../components/DropZone.tsx'
import { ListSearch } from '../../components/ListSearch.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { QueryProblem } from '../../components/QueryProblem.tsx'
import { useTitle } from '../../components/useTitle.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Message } from '../../ui/Message.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { Catalogue } from './Catalogue.tsx'
import { DeleteDialog } from './DeleteDialog.tsx'
import { DownloadDialog } from './DownloadDialog.tsx'
import { ImageTable } from './ImageTable.tsx'
import { Transfers } from './Transfers.tsx'
import { UploadDialog } from './UploadDialog.tsx'
import { osText } from './words.ts'

/** What is open over the page. */
type Over =
  | { kind: 'upload'; file: File | null }
  | { kind: 'download'; entry: CatalogueEntry | null }
  | { kind: 'delete'; image: Image }

const NONE: readonly Image[] = []

/** ISOs, cloud images, and where to get more. A file can be dropped anywhere on it. */
export function ImagesPage() {
  useTitle('Images')
  const query = useQuery(imageListQuery)
  const { q = '', tab = 'isos' } = useSearch({ from: '/shell/images' })
  const navigate = useNavigate({ from: '/images' })
  const [over, setOver] = useState<Over | null>(null)
  const close = () => setOver(null)
  const images = query.data?.images ?? NONE
  const isos = images.filter(({ content }) => content === 'iso')
  const clouds = images.filter(({ content }) => content === 'import')
  const list = (all: readonly Image[], empty: React.ReactNode) =>
    query.data === undefined ? (
      query.isPending && <SkeletonRows label="The files are on their way" rows={5} />
    ) : (
      <Listed
        all={all}
        q={q}
        empty={empty}
        onDelete={(image) => setOver({ kind: 'delete', image })}
      />
    )
  const download = (entry: CatalogueEntry | null) => setOver({ kind: 'download', entry })
  return (
    <DropZone onFile={(file) => setOver({ kind: 'upload', file })}>
      <PageHeader
        title="Images"
        sub="ISOs to install from, cloud images to import, drivers for Windows"
        actions={
          <>
            <Button icon={ArrowDownTrayIcon} onClick={() => download(null)}>
              Download from address
            </Button>
            <Button
              variant="primary"
              icon={ArrowUpTrayIcon}
              onClick={() => setOver({ kind: 'upload', file: null })}
            >
              Upload
            </Button>
          </>
        }
      />
      <Transfers />
      <QueryProblem query={query} />
      {query.data?.unread.map(({ storage, node, reason }) => (
        <Message
          key={`${storage} ${node}`}
          tone="warn"
          className="mb-4"
          title={`${storage} on ${node} could not be read`}
        >
          {reason}
        </Message>
      ))}
      <ListSearch
        label="File, system, storage"
        value={q}
        onChange={(text) =>
          void navigate({ search: (before) => ({ ...before, q: text }), replace: true })
        }
        className="mb-3 sm:w-72"
      />
      <Tabs
        label="Kinds of images"
        value={tab}
        onChange={(next) =>
          void navigate({
            search: (before) => ({ ...before, tab: next === 'isos' ? undefined : next }),
            replace: true,
          })
        }
        tabs={[
          {
            value: 'isos',
            label: 'ISOs',
            count: query.data && isos.length,
            content: list(
              isos,
              <EmptyState
                icon={CircleStackIcon}
                title="No ISO yet"
                action={
                  <Button onClick={() => setOver({ kind: 'upload', file: null })}>
                    Upload one
                  </Button>
                }
              >
                Drop a file here, or have Proxmox download one.
              </EmptyState>,
            ),
          },
          {
            value: 'images',
            label: 'Cloud images',
            count: query.data && clouds.length,
            content: list(
              clouds,
              <EmptyState
                icon={CircleStackIcon}
                title="No cloud image yet"
                action={
                  <Button
                    onClick={() => void navigate({ search: { tab: 'catalogue' }, replace: true })}
                  >
                    To the catalogue
                  </Button>
                }
              >
                A disk with a system that cloud-init sets up, ready in a minute. It needs a storage
                with the content “Import” (Proxmox VE 8.4 and later).
              </EmptyState>,
            ),
          },
          {
            value: 'catalogue',
            label: 'Catalogue',
            content: <Catalogue images={images} q={q} onDownload={download} />,
          },
        ]}
      />
      {over?.kind === 'upload' && (
        <UploadDialog key={over.file?.name} file={over.file} onClose={close} />
      )}
      {over?.kind === 'download' && <DownloadDialog entry={over.entry} onClose={close} />}
      {over?.kind === 'delete' && <DeleteDialog image={over.image} onClose={close} />}
    </DropZone>
  )
}

function Listed({
  all,
  q,
  empty,
  onDelete,
}: {
  all: readonly Image[]
  q: string
  empty: React.ReactNode
  onDelete: (image: Image) => void
}) {
  if (all.length === 0) return empty
  const found = all.filter((image) => matches(image, q))
  if (found.length === 0) return <EmptyState icon={CircleStackIcon} title={`No file fits “${q}”`} />
  return <ImageTable images={found} onDelete={onDelete} />
}

const matches = (image: Image, text: string): boolean =>
  [image.name, osText(image), image.storage, ...image.nodes].some((part) =>
    part.toLowerCase().includes(text.trim().toLowerCase()),
  )
