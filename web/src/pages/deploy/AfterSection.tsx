import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Switch } from '../../ui/Checkbox.tsx'
import { HelpMark } from '../../ui/HelpMark.tsx'
import { Textarea, TextInput } from '../../ui/TextInput.tsx'
import { DeployField } from './DeployField.tsx'
import { controlId, useDeploy } from './deploy-context.ts'
import { defaultsFor } from './form.ts'

/** What happens once the VMs are there, and how they are marked. */
export function AfterSection() {
  const { form, change, template } = useDeploy()
  const converts = form.source === 'image' && form.convert
  const given = form.source === 'template' ? 'As template' : 'As Proxmox'
  return (
    <div className="flex flex-col gap-4">
      {converts ? (
        <p className="text-xs text-muted">They become templates, and are never started.</p>
      ) : (
        <StartSwitch byHand={template?.byHand === true} />
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        {form.start && template?.byHand !== true && (
          <DeployField
            name="ports"
            label="Check ports"
            about="TCP ports that must answer on each VM's address, divided by commas. 22 (SSH) for Linux, 3389 (Remote Desktop) for Windows. Left empty, no port is checked."
          >
            <TextInput
              mono
              value={form.ports ?? defaultsFor(template).ports}
              placeholder="none"
              onChange={(ports) => change({ ports })}
            />
          </DeployField>
        )}
        <DeployField
          name="onBoot"
          label="Start at boot"
          about="Whether Proxmox starts the VMs when their node boots."
        >
          <SegmentedControl
            stretch
            value={form.onBoot}
            onChange={(onBoot) => change({ onBoot })}
            options={[
              { value: 'template', label: given },
              { value: 'yes', label: 'Yes' },
              { value: 'no', label: 'No' },
            ]}
          />
        </DeployField>
        <DeployField
          name="tags"
          label="Tags"
          about="Tags of the VMs on Proxmox, divided by commas or blanks: lower-case letters, digits and _ - + . Left empty, those of the template stay."
        >
          <TextInput
            value={form.tags}
            placeholder={template?.tags.join(', ') || 'web, staging'}
            onChange={(tags) => change({ tags })}
          />
        </DeployField>
        <DeployField
          name="deploymentName"
          label="Name of this deployment"
          optional
          about="To find it again in the list of deployments. The VMs do not carry it."
        >
          <TextInput
            value={form.deploymentName}
            placeholder="web tier"
            maxLength={100}
            onChange={(deploymentName) => change({ deploymentName })}
          />
        </DeployField>
      </div>
      <DeployField
        name="description"
        label="Description"
        about="Notes of each VM on Proxmox. Left empty, those of the template stay. One line of ours is added: which deployment made it."
      >
        <Textarea
          rows={2}
          value={form.description}
          placeholder={template?.description ?? undefined}
          onChange={(description) => change({ description })}
        />
      </DeployField>
    </div>
  )
}

function StartSwitch({ byHand }: { byHand: boolean }) {
  const { form, change } = useDeploy()
  const label = byHand ? 'Start the VMs' : 'Start the VMs and check them'
  const started = byHand
    ? 'The installer waits at their consoles; nothing in them can answer yet'
    : 'Waits for the guest agent, reads the address, tries the ports'
  return (
    <div id={controlId('start')}>
      <Switch
        checked={form.start}
        onChange={(start) => change({ start })}
        label={label}
        help={form.start ? started : 'They are created and stay stopped'}
        mark={
          <HelpMark about={label}>
            Started VMs are proven: the guest agent answers, the address is read, each port below is
            tried. The outcome is healthy, degraded or unhealthy, with the evidence of each check.
            Where an installer waits for a hand, they are started and nothing more.
          </HelpMark>
        }
      />
    </div>
  )
}
