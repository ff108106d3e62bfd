import { RocketLaunchIcon, TrashIcon } from '@heroicons/react/16/solid'
import { Link } from '@tanstack/react-router'
import type { Image } from '../../api/images.ts'
import { Badge } from '../../ui/Badge.tsx'
import { buttonClass, IconButton } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CodeBlock.tsx'
import { formatExactTime, formatTime } from '../../ui/format.ts'
import { usePhone } from '../../ui/useMediaQuery.ts'
import { useNow } from '../../ui/useNow.ts'
import { keyOf, nodesText, osText, sizeText } from './words.ts'

type Props = { images: readonly Image[]; onDelete: (image: Image) => void }

export function ImageTable(props: Props) {
  return usePhone() ? <Cards {...props} /> : <Table {...props} />
}

function Table({ images, onDelete }: Props) {
  const now = useNow(60_000)
  return (
    <div className="card overflow-x-auto">
      <table className="w-full">
        <thead className="border-b border-line bg-raised">
          <tr>
            <th scope="col" className="th pl-4 text-left">
              File
            </th>
            <th scope="col" className="th">
              System
            </th>
            <th scope="col" className="th text-right">
              Size
            </th>
            <th scope="col" className="th">
              Storage
            </th>
            <th scope="col" className="th hidden md:table-cell">
              Nodes
            </th>
            <th scope="col" className="th hidden lg:table-cell">
              Since
            </th>
            <th scope="col" className="th">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {images.map((image) => (
            <tr key={keyOf(image)} className="text-xs transition-colors hover:bg-raised/50">
              <td className="td h-10 max-w-80 pl-4">
                <span className="block truncate font-mono text-2xs text-ink" title={image.name}>
                  {image.name}
                </span>
              </td>
              <td className="td h-10 whitespace-nowrap">
                <System image={image} />
              </td>
              <td className="td h-10 text-right whitespace-nowrap">{sizeText(image.sizeBytes)}</td>
              <td className="td h-10">{image.storage}</td>
              <td className="td hidden h-10 text-muted md:table-cell">{nodesText(image)}</td>
              <td className="td hidden h-10 text-muted lg:table-cell">
                <Since image={image} now={now} />
              </td>
              <td className="td h-10 pr-3 text-right whitespace-nowrap">
                <Actions image={image} onDelete={onDelete} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cards({ images, onDelete }: Props) {
  return (
    <ul className="card -mx-3 divide-y divide-line rounded-none border-x-0">
      {images.map((image) => (
        <li key={keyOf(image)} className="space-y-1.5 px-4 py-3 text-xs">
          <p className="font-mono text-2xs wrap-anywhere text-ink">{image.name}</p>
          <p className="flex flex-wrap gap-x-2">
            <System image={image} />
          </p>
          <div className="flex items-center gap-2 text-muted">
            <span className="min-w-0 flex-1">
              {sizeText(image.sizeBytes)} on {image.storage}, {nodesText(image)}
            </span>
            <Actions image={image} onDelete={onDelete} />
          </div>
        </li>
      ))}
    </ul>
  )
}

function System({ image }: { image: Image }) {
  return (
    <span className="inline-flex items-center gap-2">
      <span className={image.os === null ? 'text-muted' : undefined}>{osText(image)}</span>
      {image.preferred && <Badge>newest</Badge>}
    </span>
  )
}

function Since({ image: { createdAt }, now }: { image: Image; now: number }) {
  if (createdAt === null) return null
  const at = new Date(createdAt)
  return <span title={formatExactTime(at)}>{formatTime(at, new Date(now))}</span>
}

function Actions({ image, onDelete }: { image: Image; onDelete: (image: Image) => void }) {
  const { kind, volid, name } = image
  return (
    <span className="inline-flex items-center gap-1">
      {(kind === 'iso' || kind === 'image') && (
        <Link
          to="/deploy"
          search={kind === 'iso' ? { iso: volid } : { image: volid }}
          aria-label={`Deploy from ${name}`}
          className={buttonClass('secondary', 'sm')}
        >
          <RocketLaunchIcon className="size-4 opacity-80" aria-hidden />
          Deploy
        </Link>
      )}
      <CopyButton text={volid} label={`the volume id of ${name}`} />
      <IconButton
        icon={TrashIcon}
        label={`Delete ${name}`}
        size="sm"
        onClick={() => onDelete(image)}
      />
    </span>
  )
}
