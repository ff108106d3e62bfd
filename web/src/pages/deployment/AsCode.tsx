import type { DeploymentView } from '@deployer/core/deployment.ts'
import type { ExportFormat } from '@deployer/core/export/deployment.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client, unwrap } from '../../api/client.ts'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { TakeText } from './TakeText.tsx'

const formats: readonly { value: ExportFormat; label: string; name: string; type: string }[] = [
  { value: 'curl', label: 'curl', name: 'deploy.sh', type: 'text/x-shellscript' },
  { value: 'terraform', label: 'Terraform', name: 'main.tf', type: 'text/plain' },
  { value: 'ansible', label: 'Ansible', name: 'playbook.yml', type: 'application/yaml' },
  { value: 'json', label: 'JSON', name: 'request.json', type: 'application/json' },
]

const explained: Record<ExportFormat, string> = {
  curl: 'Every call of the plan, in its order, as a shell script.',
  terraform: 'For the provider bpg/proxmox.',
  ansible: 'For the collection community.proxmox.',
  json: 'The request, to send again.',
}

/** What was built, as code. It is asked for when a format is chosen; a retry may have changed it. */
export function AsCode({ view: { id, finishedAt } }: { view: DeploymentView }) {
  const [format, setFormat] = useState<ExportFormat | ''>('')
  const query = useQuery({
    queryKey: ['export', id, finishedAt, format],
    enabled: format !== '',
    queryFn: ({ signal }) =>
      unwrap(
        client.GET('/api/v1/deployments/{id}/export', {
          params: { path: { id }, query: { format: format || 'json' } },
          parseAs: 'text',
          signal,
        }),
      ),
  })
  const chosen = formats.find(({ value }) => value === format)
  return (
    <section aria-labelledby="as-code" className="card">
      <h2 id="as-code" className="flex h-11 items-center border-b border-line px-4 text-md">
        As code
      </h2>
      <div className="space-y-3 p-4">
        <SegmentedControl<ExportFormat | ''>
          label="As code"
          stretch
          value={format}
          onChange={setFormat}
          options={formats}
        />
        <p className="text-xs text-muted">
          {format === ''
            ? 'What was built, for your own tools. Secrets are variables.'
            : `${explained[format]} Secrets are variables.`}
        </p>
        {query.isLoading && <Spinner>Writing it</Spinner>}
        {query.error && <ProblemMessage error={query.error} />}
        {chosen && query.data !== undefined && (
          <TakeText
            text={query.data}
            label={`The deployment as ${chosen.label}`}
            file={{ name: `${id}-${chosen.name}`, type: chosen.type }}
          />
        )}
      </div>
    </section>
  )
}
