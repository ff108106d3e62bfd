import { ArrowPathRoundedSquareIcon, PlusIcon } from '@heroicons/react/16/solid'
import { Square3Stack3DIcon } from '@heroicons/react/24/outline'
import type { Template } from '@deployer/core/inventory.ts'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { templatesQuery } from '../../api/queries.ts'
import { templateHealthQuery } from '../../api/templates.ts'
import { ListSearch } from '../../components/ListSearch.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { QueryProblem } from '../../components/QueryProblem.tsx'
import { useTitle } from '../../components/useTitle.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { plural } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { BuildDialog } from './BuildDialog.tsx'
import { ConvertDialog } from './ConvertDialog.tsx'
import { TemplateCard } from './TemplateCard.tsx'

/** What is open over the page. */
type Over = { kind: 'build'; base: string | null } | { kind: 'convert' }

/** Deployments and other people make templates while one looks elsewhere. */
const current = { refetchOnMount: 'always', refetchInterval: 20_000 } as const

/** What VMs are cloned from: how good each is, what to fix, and how to get more. */
export function TemplatesPage() {
  useTitle('Templates')
  const query = useQuery({ ...templatesQuery, ...current })
  const health = useQuery({ ...templateHealthQuery, ...current })
  const { q = '' } = useSearch({ from: '/shell/templates' })
  const navigate = useNavigate({ from: '/templates' })
  const [over, setOver] = useState<Over | null>(null)
  const close = () => setOver(null)
  const templates = query.data ?? []
  const found = templates.filter((template) => matches(template, q))
  const toFix =
    health.data?.filter(({ status }) => status === 'warning' || status === 'bad').length ?? 0
  const build = (base: string | null) => setOver({ kind: 'build', base })
  return (
    <>
      <PageHeader
        title="Templates"
        sub={
          query.data &&
          `${plural(templates.length, 'template')} you may see${toFix > 0 ? `, ${toFix} with something to fix` : ''}`
        }
        actions={
          <>
            <Button icon={ArrowPathRoundedSquareIcon} onClick={() => setOver({ kind: 'convert' })}>
              Convert a VM
            </Button>
            <Button variant="primary" icon={PlusIcon} onClick={() => build(null)}>
              Build from cloud image
            </Button>
          </>
        }
      />
      <QueryProblem query={query} />
      {health.isError && !health.data && <ProblemMessage error={health.error} className="mb-4" />}
      {query.isPending && (
        <SkeletonRows label="Templates are on their way" rowClass="h-32" rows={3} />
      )}
      {query.data && templates.length === 0 && (
        <EmptyState
          icon={Square3Stack3DIcon}
          title="No templates yet"
          action={
            <Button variant="primary" onClick={() => build(null)}>
              Build from cloud image
            </Button>
          }
        >
          Build one from a cloud image: about 2 minutes. Templates show up with VM.Audit on them.
        </EmptyState>
      )}
      {templates.length > 0 && (
        <div className="space-y-4">
          <ListSearch
            label="Name, VMID, node or tag"
            value={q}
            onChange={(text) => void navigate({ search: { q: text }, replace: true })}
          />
          {found.length === 0 && (
            <EmptyState
              icon={Square3Stack3DIcon}
              title={`No template fits “${q}”`}
              action={
                <Button size="sm" onClick={() => void navigate({ search: {}, replace: true })}>
                  Show all {templates.length}
                </Button>
              }
            />
          )}
          <ul className="grid gap-3 md:grid-cols-2 2xl:grid-cols-3">
            {found.map((template) => (
              <TemplateCard
                key={template.vmid}
                template={template}
                health={
                  health.data === undefined
                    ? health.isError
                      ? undefined
                      : null
                    : health.data.find(({ vmid }) => vmid === template.vmid)
                }
                onNextVersion={() => build(template.name)}
              />
            ))}
          </ul>
        </div>
      )}
      {over?.kind === 'build' && (
        <BuildDialog base={over.base} names={templates.map(({ name }) => name)} onClose={close} />
      )}
      {over?.kind === 'convert' && <ConvertDialog onClose={close} />}
    </>
  )
}

const matches = ({ name, vmid, node, tags }: Template, text: string): boolean =>
  [name, String(vmid), node, ...tags].some((part) =>
    part.toLowerCase().includes(text.trim().toLowerCase()),
  )
