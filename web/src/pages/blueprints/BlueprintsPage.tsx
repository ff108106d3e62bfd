import { ArrowUpTrayIcon, PlusIcon } from '@heroicons/react/16/solid'
import { BookmarkIcon } from '@heroicons/react/24/outline'
import type { BlueprintHead } from '@deployer/core/blueprint.ts'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { blueprintsQuery } from '../../api/blueprints.ts'
import { DropZone } from '../../components/DropZone.tsx'
import { ListSearch } from '../../components/ListSearch.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { QueryProblem } from '../../components/QueryProblem.tsx'
import { useTitle } from '../../components/useTitle.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { BlueprintCard } from './BlueprintCard.tsx'
import { DeleteDialog, EditDialog } from './ChangeDialogs.tsx'
import { ImportDialog } from './ImportDialog.tsx'
import { readFile } from './readFile.ts'

/** What is open over the page. */
type Over =
  | { kind: 'import'; text: string }
  | { kind: 'edit'; head: BlueprintHead }
  | { kind: 'delete'; head: BlueprintHead }

/** Saved requests: the person's own, those of others, examples. A file can be dropped anywhere on it. */
export function BlueprintsPage() {
  useTitle('Blueprints')
  const query = useQuery(blueprintsQuery)
  const { q = '' } = useSearch({ from: '/shell/blueprints' })
  const navigate = useNavigate({ from: '/blueprints' })
  const [over, setOver] = useState<Over | null>(null)
  const close = () => setOver(null)
  const heads = query.data ?? []
  const found = heads.filter((head) => matches(head, q))
  const groups = groupsOf(found)
  return (
    <DropZone onFile={(file) => void readFile(file, (text) => setOver({ kind: 'import', text }))}>
      <PageHeader
        title="Blueprints"
        sub="Saved requests to start from, again and again"
        actions={
          <>
            <Button icon={ArrowUpTrayIcon} onClick={() => setOver({ kind: 'import', text: '' })}>
              Import
            </Button>
            <Link to="/deploy" className={buttonClass('primary')}>
              <PlusIcon className="size-4" aria-hidden />
              New on the Deploy page
            </Link>
          </>
        }
      />
      <QueryProblem query={query} />
      {query.isPending && (
        <SkeletonRows label="Blueprints are on their way" rowClass="h-32" rows={3} />
      )}
      {query.data && (
        <div className="space-y-4">
          <ListSearch
            label="Name, text, person or template"
            value={q}
            onChange={(text) => void navigate({ search: { q: text }, replace: true })}
          />
          {!heads.some((head) => head.mine) && q === '' && <NoneYet />}
          {found.length === 0 && (
            <EmptyState
              icon={BookmarkIcon}
              title="No blueprint fits this search"
              action={
                <Button size="sm" onClick={() => void navigate({ search: {}, replace: true })}>
                  Show all {heads.length}
                </Button>
              }
            />
          )}
          {groups.map(({ title, heads: shown }) => (
            <Group key={title} title={title}>
              {shown.map((head) => (
                <BlueprintCard
                  key={head.id}
                  head={head}
                  onEdit={() => setOver({ kind: 'edit', head })}
                  onDelete={() => setOver({ kind: 'delete', head })}
                />
              ))}
            </Group>
          ))}
        </div>
      )}
      {over?.kind === 'import' && <ImportDialog key={over.text} text={over.text} onClose={close} />}
      {over?.kind === 'edit' && <EditDialog head={over.head} onClose={close} />}
      {over?.kind === 'delete' && <DeleteDialog head={over.head} onClose={close} />}
    </DropZone>
  )
}

function NoneYet() {
  return (
    <EmptyState
      icon={BookmarkIcon}
      title="No blueprint of yours yet"
      action={
        <Link to="/deploy" className={buttonClass()}>
          To the Deploy page
        </Link>
      }
    >
      Fill the Deploy page and press “Save as blueprint”, save a deployment of the past from its
      page, or drop a file here.
    </EmptyState>
  )
}

function Group({ title, children }: { title: string; children: React.ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mb-2 text-sm font-medium text-muted">
        {title}
      </h2>
      <ul aria-labelledby={id} className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {children}
      </ul>
    </section>
  )
}

const groupsOf = (heads: readonly BlueprintHead[]) =>
  [
    { title: 'Yours', heads: heads.filter((head) => head.mine) },
    { title: 'Shared by others', heads: heads.filter((head) => !head.mine && head.owner !== null) },
    { title: 'Examples', heads: heads.filter((head) => head.owner === null) },
  ].filter((group) => group.heads.length > 0)

const nameOf = (source: BlueprintHead['source']) =>
  (source.kind === 'template' ? source.name : source.volid) ?? ''

const matches = ({ name, description, owner, source, names }: BlueprintHead, text: string) =>
  [name, description ?? '', owner ?? '', nameOf(source), ...names].some((part) =>
    part.toLowerCase().includes(text.trim().toLowerCase()),
  )
