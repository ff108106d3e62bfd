/** A deployment as an Ansible playbook, for the collection community.proxmox. */
import { MASKED } from '../cloud-init/passwords.ts'
import { withEscapes } from '../cloud-init/yaml.ts'
import {
  type ExportedDeployment,
  firstBootDocuments,
  headLines,
  listOf,
  type Settings,
  sshKeysOf,
  wantedVm,
  type WantedVm,
  withId,
} from './deployment.ts'

type Value = string | number | boolean | readonly string[] | { [key: string]: string } | Secret
type Secret = { secret: string }

const isSecretValue = (value: Value): value is Secret =>
  typeof value === 'object' && 'secret' in value

/** A scalar of YAML: JSON is one. What Jinja would read as a template is marked as none. */
const yamlString = (text: string): string => {
  const json = withEscapes(JSON.stringify(text))
  return /\{[{%#]/.test(text) ? `!unsafe ${json}` : json
}

const yamlScalar = (value: string | number | boolean) =>
  typeof value === 'string' ? yamlString(value) : String(value)

const yamlKey = (key: string) => (/^[a-z_][a-z0-9_]*$/i.test(key) ? key : JSON.stringify(key))

/** `key: value` in block style, at an indent. */
const entry = (indent: string, key: string, value: Value): string[] => {
  const head = `${indent}${yamlKey(key)}:`
  if (typeof value !== 'object') return [`${head} ${yamlScalar(value)}`]
  if (isSecretValue(value)) return [`${head} ${JSON.stringify(`{{ ${value.secret} }}`)}`]
  if (Array.isArray(value)) {
    const items: readonly string[] = value
    return items.length === 0
      ? [`${head} []`]
      : [head, ...items.map((item) => `${indent}  - ${yamlString(item)}`)]
  }
  return [head, ...Object.entries(value).flatMap(([name, one]) => entry(`${indent}  `, name, one))]
}

type Task = { name: string; module: string; options: Record<string, Value | undefined> }

const access: Record<string, Value> = {
  api_host: { secret: 'proxmox_host' },
  api_user: { secret: 'proxmox_user' },
  api_token_id: { secret: 'proxmox_token_id' },
  api_token_secret: { secret: 'proxmox_token_secret' },
}

const taskLines = ({ name, module, options }: Task): string[] => [
  `    - name: ${yamlString(name)}`,
  `      ${module}:`,
  ...Object.entries({ ...access, ...options }).flatMap(([key, value]) =>
    value === undefined ? [] : entry('        ', key, value),
  ),
]

const kvm = 'community.proxmox.proxmox_kvm'

/** Proxmox's keys that the module takes under the same name. */
const same = new Set(
  (
    'acpi agent balloon bios boot cicustom ciuser cores cpu cpulimit cpuunits hotplug keyboard kvm localtime machine memory onboot ' +
    'ostype protection scsihw sockets tablet vga'
  ).split(' '),
)
const families = ['net', 'ipconfig', 'scsi', 'virtio', 'sata', 'ide', 'serial'] as const
const flags = new Set(['onboot', 'protection', 'tablet', 'acpi', 'kvm', 'localtime'])

const familyOf = (key: string) => families.find((name) => new RegExp(`^${name}\\d+$`).test(key))

const asFlag = (value: string | number | boolean) => value === true || value === 1 || value === '1'

/** The options of the module for Proxmox's settings, and the keys that it has none for. */
const optionsOf = (settings: Settings, id: string) => {
  const options: Record<string, Value> = {}
  const groups: Record<string, Record<string, string>> = {}
  const unsaid: string[] = []
  for (const [key, value] of Object.entries(settings)) {
    const family = familyOf(key)
    const text = withId(String(value), id)
    if (family !== undefined) groups[family] = { ...groups[family], [key]: text }
    else if (key === 'cipassword') options[key] = { secret: 'vm_password' }
    else if (key === 'sshkeys') options[key] = sshKeysOf(text).join('\n')
    else if (key === 'tags') options[key] = listOf(text)
    else if (key === 'nameserver') options['nameservers'] = listOf(text)
    else if (key === 'searchdomain') options['searchdomains'] = listOf(text)
    else if (flags.has(key)) options[key] = asFlag(value)
    else if (same.has(key)) options[key] = typeof value === 'string' ? text : value
    else if (key === 'efidisk0' || key === 'tpmstate0') options[key] = volumeOptions(text)
    else unsaid.push(`${key} = ${text}`)
  }
  return { options: { ...options, ...groups }, unsaid }
}

/** The module's own words for the parts of these two (community.proxmox, proxmox_kvm). */
const volumeOptions = (text: string): Record<string, string> => {
  const named: Record<string, string> = { 'pre-enrolled-keys': 'pre_enrolled_keys' }
  const [volume = '', ...rest] = text.split(',')
  const options = rest.map((part) => {
    const [name = '', value = ''] = part.split('=')
    return [named[name] ?? name, value]
  })
  return { storage: volume.split(':')[0] ?? '', ...Object.fromEntries(options) }
}

const comment = (text: string) => `    ${yamlComment(text)}`
const yamlComment = (text: string) => `# ${withEscapes(text.replaceAll(/[\r\n]+/g, ' '))}`

const vmTasks = (vm: WantedVm, id: string): string[] => {
  const { name, vmid, clone, create } = vm
  const node = clone?.targetNode ?? vm.node
  const { options, unsaid } = optionsOf(vm.settings, id)
  const description = vm.description === '' ? undefined : withId(vm.description, id)
  const tasks: Task[] = []
  if (clone !== null) {
    tasks.push({
      name: `Clone ${name}`,
      module: kvm,
      options: {
        node: clone.sourceNode,
        clone: `template-${clone.sourceVmid}`,
        vmid: clone.sourceVmid,
        newid: vmid,
        name,
        full: clone.full,
        storage: clone.storage ?? undefined,
        target: clone.targetNode ?? undefined,
        pool: clone.pool ?? undefined,
        timeout: 3600,
      },
    })
    // The module does nothing else in a task that deletes.
    if (vm.removed.length > 0)
      tasks.push({
        name: `Remove inherited settings of ${name}`,
        module: kvm,
        options: { node, vmid, name, delete: vm.removed.join(',') },
      })
    tasks.push({
      name: `Set up ${name}`,
      module: kvm,
      options: {
        node,
        vmid,
        name,
        description,
        ...options,
        update: true,
        update_unsafe: true,
      },
    })
  } else {
    tasks.push({
      name: `Create ${name}`,
      module: kvm,
      options: {
        node,
        vmid,
        name,
        pool: create?.pool ?? undefined,
        description,
        ...options,
        timeout: 3600,
      },
    })
  }
  for (const { disk, sizeGiB } of vm.resizes)
    tasks.push({
      name: `Grow ${disk} of ${name}`,
      module: 'community.proxmox.proxmox_disk',
      options: { vmid, disk, size: `${sizeGiB}G`, state: 'resized' },
    })
  if (vm.becomesTemplate)
    tasks.push({
      name: `Make ${name} a template`,
      module: kvm,
      options: { node, vmid, state: 'template' },
    })
  if (vm.starts)
    tasks.push({ name: `Start ${name}`, module: kvm, options: { node, vmid, state: 'started' } })
  return [
    ...unsaid.map((text) => comment(`Not expressed here, ${name}: ${text}`)),
    ...firstBootNotes(vm, id),
    ...tasks.flatMap((task) => ['', ...taskLines(task)]).slice(1),
  ]
}

/** The module has no way to bring documents to a node. */
const firstBootNotes = (vm: WantedVm, id: string): string[] => {
  if (vm.seed?.answers !== undefined)
    return [
      comment(
        `Not expressed here, ${vm.name}: the image with the answers for Windows setup, and the key for its installer`,
      ),
    ]
  const documents = firstBootDocuments(vm)
  if (documents.length === 0) return []
  return [
    comment(
      `Not expressed here, ${vm.name}: its first boot comes from ${vm.seed ? 'an image' : 'snippets'} with these documents. Bring them to the node,`,
    ),
    comment('and name them in cicustom, or attach an image of them.'),
    ...documents.flatMap(([kind, text]) => [
      comment(`--- ${kind}`),
      ...withId(text, id)
        .replaceAll(MASKED, '(your secret)')
        .trimEnd()
        .split('\n')
        .map((line) => comment(line)),
    ]),
  ]
}

const variable = (name: string, from: string) =>
  `    ${name}: ${JSON.stringify(`{{ lookup('ansible.builtin.env', '${from}') }}`)}`

export const asAnsible = (deployment: ExportedDeployment): string => {
  const vms = deployment.vms.map(wantedVm)
  const hasPassword = vms.some(({ settings }) => settings['cipassword'] !== undefined)
  return [
    '---',
    ...headLines(deployment, 'an Ansible playbook').map(yamlComment),
    '# Needs: ansible-galaxy collection install community.proxmox; pip install proxmoxer requests.',
    "# Waiting for the agent, reading addresses and checking ports are the deployer's own.",
    '- name: VMs on Proxmox VE',
    '  hosts: localhost',
    '  gather_facts: false',
    '  vars:',
    variable('proxmox_host', 'PROXMOX_HOST'),
    variable('proxmox_user', 'PROXMOX_USER'),
    variable('proxmox_token_id', 'PROXMOX_TOKEN_ID'),
    variable('proxmox_token_secret', 'PROXMOX_TOKEN_SECRET'),
    ...(hasPassword ? [variable('vm_password', 'VM_PASSWORD')] : []),
    '  tasks:',
    vms.map((vm) => vmTasks(vm, deployment.id).join('\n')).join('\n\n'),
    '',
  ].join('\n')
}
