import { useState } from 'react'
import { CodeBlock } from '../../../ui/CodeBlock.tsx'
import { KeyValue } from '../../../ui/KeyValue.tsx'
import { Select } from '../../../ui/Select.tsx'
import { Tabs } from '../../../ui/Tabs.tsx'
import { useDeploy } from '../deploy-context.ts'
import { toRequest } from '../request.ts'
import { deliveryTitles } from './deliveries.ts'
import { documentsOf, nativeSettings, vmNamesOf } from './preview.ts'

type DocumentName = 'user-data' | 'network-config' | 'meta-data'

/** What one VM will get, of the form and the document together. */
export function Preview() {
  const { form, template, plan } = useDeploy()
  const [chosen, setChosen] = useState<string | null>(null)
  const [tab, setTab] = useState<DocumentName>('user-data')
  const parsed = toRequest(form, template)
  if (!parsed.ok) {
    return <p className="text-xs text-muted">Shown once every field of the form can be read</p>
  }
  const names = vmNamesOf(parsed.request)
  const name = names.find((each) => each === chosen) ?? names[0]
  if (name === undefined) return <p className="text-xs text-muted">Name the VMs first</p>
  const planned = (plan.current && plan.plan?.vms.find((vm) => vm.name === name)) || null
  const documents = documentsOf(parsed.request, name, planned)
  const how = planned?.cloudInit ?? null
  const picker = (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        label="VM"
        className="w-56!"
        value={name}
        onChange={setChosen}
        options={names.map((each) => ({ value: each, label: each }))}
      />
      {how !== null && (
        <p className="min-w-0 flex-1 text-xs text-muted">
          {deliveryTitles[how.delivery]}. {how.reason}
        </p>
      )}
    </div>
  )
  if (documents === null) {
    return (
      <p className="text-xs text-muted">
        Nothing is set here, so the guest starts as the template has it
      </p>
    )
  }
  if (how?.delivery === 'native') {
    return (
      <div className="flex flex-col gap-3">
        {picker}
        <p className="text-xs text-muted">
          Proxmox makes the documents itself, of these settings of the VM:
        </p>
        <KeyValue align="left" items={nativeSettings(planned)} />
      </div>
    )
  }
  const block = (which: DocumentName) => (
    <CodeBlock text={documents[which]} label={which} maxHeight={420} wrap />
  )
  return (
    <div className="flex flex-col gap-3">
      {picker}
      <Tabs
        label="Documents"
        value={tab}
        onChange={setTab}
        tabs={[
          {
            value: 'user-data',
            label: 'user-data',
            content: (
              <div className="flex flex-col gap-2">
                {block('user-data')}
                {documents.replaced.length > 0 && (
                  <p className="text-xs text-muted">
                    The document won over the form:{' '}
                    {documents.replaced.map(({ path, value }) => `${path} was ${value}`).join(', ')}
                  </p>
                )}
              </div>
            ),
          },
          { value: 'network-config', label: 'network-config', content: block('network-config') },
          { value: 'meta-data', label: 'meta-data', content: block('meta-data') },
        ]}
      />
    </div>
  )
}
