import { ArrowDownTrayIcon } from '@heroicons/react/16/solid'
import { CircleStackIcon } from '@heroicons/react/24/outline'
import { type CatalogueEntry, contentOf } from '@deployer/core/catalogue.ts'
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { catalogueQuery, type Image } from '../../api/images.ts'
import { QueryProblem } from '../../components/QueryProblem.tsx'
import { StatusWord } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Message } from '../../ui/Message.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'

const kinds: Record<CatalogueEntry['kind'], string> = {
  image: 'Cloud image',
  iso: 'ISO',
  drivers: 'Driver ISO',
}

/** Well-known images, to have Proxmox download them. */
export function Catalogue({
  images,
  q,
  onDownload,
}: {
  images: readonly Image[]
  q: string
  onDownload: (entry: CatalogueEntry) => void
}) {
  const query = useQuery(catalogueQuery)
  if (query.isPending)
    return <SkeletonRows label="The catalogue is on its way" rowClass="h-24" rows={3} />
  if (query.data === undefined) return <QueryProblem query={query} />
  const text = q.trim().toLowerCase()
  const found = query.data.entries.filter(({ name, url }) =>
    `${name} ${url}`.toLowerCase().includes(text),
  )
  return (
    <div className="space-y-4">
      {query.data.problem !== null && (
        <Message tone="warn" title="The file with your own entries was left out">
          {query.data.problem}
        </Message>
      )}
      {found.length === 0 && (
        <EmptyState icon={CircleStackIcon} title={`Nothing in the catalogue fits “${q}”`} />
      )}
      <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {found.map((entry) => (
          <Entry
            key={entry.id}
            entry={entry}
            there={placesOf(entry, images)}
            onDownload={() => onDownload(entry)}
          />
        ))}
      </ul>
    </div>
  )
}

/** By its file name, for nothing else is known of a file. */
const placesOf = ({ fileName, kind }: CatalogueEntry, images: readonly Image[]): string[] => [
  ...new Set(
    images
      .filter((image) => image.name === fileName && image.content === contentOf(kind))
      .map(({ storage }) => storage),
  ),
]

function Entry({
  entry,
  there,
  onDownload,
}: {
  entry: CatalogueEntry
  there: string[]
  onDownload: () => void
}) {
  const id = useId()
  const { name, kind, url, note } = entry
  return (
    <li aria-labelledby={id} className="card flex min-w-0 flex-col p-4">
      <h3 id={id} className="text-md">
        {name}
      </h3>
      <p className="mt-1 text-xs text-muted">
        {kinds[kind]} from {URL.parse(url)?.hostname ?? url}. {note}
      </p>
      <div className="mt-auto flex flex-wrap items-center gap-2 pt-4">
        <Button
          size="sm"
          icon={ArrowDownTrayIcon}
          aria-label={`Download ${name}`}
          onClick={onDownload}
        >
          Download
        </Button>
        {there.length > 0 && (
          <StatusWord kind="done" className="text-xs">
            On {there.join(', ')}
          </StatusWord>
        )}
      </div>
    </li>
  )
}
