import { Checkbox } from '../../../ui/Checkbox.tsx'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { useDeploy } from '../deploy-context.ts'
import { useFirstBoot } from './context.ts'
import { deliveryTitles } from './deliveries.ts'
import { BootField } from './fields.tsx'
import { Files } from './Files.tsx'
import type { CloudInitForm } from './state.ts'

/** What most people leave as it is. */
export function More() {
  const { value, set } = useFirstBoot()
  const { names } = useDeploy()
  const hostname = names.names[0] ?? 'web-01'
  return (
    <div className="flex flex-col gap-4 pt-3">
      <div className="grid gap-x-4 gap-y-1 sm:grid-cols-2">
        <Checkbox
          checked={value.agent !== false}
          onChange={(on) => set('agent', on ? undefined : false)}
          label="Install the QEMU guest agent"
          help="It tells the address and proves that the first boot went well"
        />
        <Checkbox
          checked={value.openssh !== false}
          onChange={(on) => set('openssh', on ? undefined : false)}
          label="Install the SSH server"
          help="Untick both for guests without internet whose image has them"
        />
        <Checkbox
          checked={value.packageUpgrade === true}
          onChange={(on) => set('packageUpgrade', on ? true : undefined)}
          label="Upgrade all packages"
          help="Takes minutes at the first boot"
        />
        <Checkbox
          checked={value.packageUpdate !== false}
          onChange={(on) => set('packageUpdate', on ? undefined : false)}
          label="Refresh the package lists first"
          help="Only where packages are installed"
        />
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <BootField
          path="sshPasswordLogin"
          label="SSH login by password"
          about="Whether the SSH server takes passwords. By itself it does so only where a password is set here."
        >
          <SegmentedControl
            stretch
            value={threeWay(value.sshPasswordLogin)}
            onChange={(next) => set('sshPasswordLogin', fromThreeWay(next))}
            options={[
              { value: 'auto', label: 'If one is set' },
              { value: 'yes', label: 'Yes' },
              { value: 'no', label: 'No' },
            ]}
          />
        </BootField>
        <BootField
          path="domain"
          label="Domain"
          optional
          help={`The guest is called ${value.hostname ?? hostname}${value.domain ? `.${value.domain}` : ''}`}
          about="The host name is the VM's name; with a domain it has a full name as well. The table has a column for other names."
        >
          <TextInput
            value={value.domain ?? ''}
            placeholder="lab.example"
            onChange={(domain) => set('domain', domain)}
          />
        </BootField>
        <BootField path="timezone" label="Time zone" optional>
          <TextInput
            value={value.timezone ?? ''}
            placeholder="Europe/Berlin"
            onChange={(timezone) => set('timezone', timezone)}
          />
        </BootField>
        <BootField path="locale" label="Locale" optional>
          <TextInput
            value={value.locale ?? ''}
            placeholder="en_US.UTF-8"
            onChange={(locale) => set('locale', locale)}
          />
        </BootField>
      </div>
      <Files />
      <Delivery />
    </div>
  )
}

function threeWay(value: boolean | undefined): 'auto' | 'yes' | 'no' {
  return value === undefined ? 'auto' : value ? 'yes' : 'no'
}

function fromThreeWay(value: 'auto' | 'yes' | 'no'): boolean | undefined {
  return value === 'auto' ? undefined : value === 'yes'
}

type DeliveryWay = NonNullable<CloudInitForm['delivery']>

const ways: { value: DeliveryWay; label: string }[] = [
  { value: 'auto', label: 'Automatic' },
  { value: 'native', label: 'Native' },
  { value: 'seed', label: 'Seed' },
  { value: 'snippet', label: 'Snippet' },
]

const wayWords: Record<DeliveryWay, string> = {
  auto: 'The first of the three that can say all of it',
  native: 'Proxmox’s own settings: one user, keys, addresses, nothing else',
  seed: 'A small ISO image, uploaded through the API and removed after the first boot',
  snippet: 'A file on the node, written by SSH',
}

/** How the guest gets it, and what becomes of the template's own settings. */
function Delivery() {
  const { value, set } = useFirstBoot()
  const { plan } = useDeploy()
  const chosen = value.delivery ?? 'auto'
  const planned = plan.plan?.vms.find((vm) => vm.cloudInit !== null)?.cloudInit ?? null
  const reason =
    chosen === 'auto' && planned !== null && plan.current
      ? `${deliveryTitles[planned.delivery]}. ${planned.reason}`
      : wayWords[chosen]
  return (
    <div className="grid gap-4 border-t border-line pt-4 sm:grid-cols-2">
      <BootField
        path="delivery"
        label="Delivery"
        help={reason}
        about="Native uses Proxmox's cloud-init drive. Seed attaches an image of our own, and needs only rights on a storage for ISO images. Snippet needs SSH to the nodes."
      >
        <SegmentedControl
          stretch
          value={chosen}
          onChange={(next) => set('delivery', next === 'auto' ? undefined : next)}
          options={ways}
        />
      </BootField>
      <BootField
        path="inherited"
        label="Settings of the template"
        about="Cloud-init settings that the template has and this form does not set: its user, its keys, its DNS."
        help={
          value.inherited === 'keep'
            ? 'They stay beside what is set here'
            : 'Cleared, so that the guest is as this form says'
        }
      >
        <SegmentedControl
          stretch
          value={value.inherited ?? 'clear'}
          onChange={(next) => set('inherited', next === 'clear' ? undefined : next)}
          options={[
            { value: 'clear', label: 'Clear them' },
            { value: 'keep', label: 'Keep them' },
          ]}
        />
      </BootField>
    </div>
  )
}
