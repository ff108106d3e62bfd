/** A deployment as Terraform, for the provider bpg/proxmox. */
import {
  type ExportedDeployment,
  firstBootDocuments,
  headLines,
  isOn,
  listOf,
  propertiesOf,
  type Settings,
  sshKeysOf,
  wantedVm,
  type WantedVm,
  withId,
} from './deployment.ts'
import { attribute, block, hclList, hclString, hclText, identifier } from './hcl.ts'

/** A part of a VM's block: what it writes, and which of Proxmox's keys it took care of. */
type Part = { lines: string[]; keys: string[] }
type Options = Record<string, string>

const optional = (value: string | undefined) => (value === undefined ? undefined : hclString(value))
const optionalNumber = (value: string | undefined) =>
  value !== undefined && /^\d+(\.\d+)?$/.test(value) ? value : undefined
const optionalFlag = (value: string | undefined) =>
  value === undefined ? undefined : String(isOn(value))

const keysLike = (settings: Settings, pattern: RegExp): [string, string][] =>
  Object.entries(settings).flatMap(([key, value]) =>
    pattern.test(key) ? [[key, String(value)]] : [],
  )

const scalars: Record<string, (value: string) => string[]> = {
  protection: (value) => attribute('protection', String(isOn(value))),
  bios: (value) => attribute('bios', hclString(value)),
  machine: (value) => attribute('machine', hclString(value)),
  scsihw: (value) => attribute('scsi_hardware', hclString(value)),
  tablet: (value) => attribute('tablet_device', String(isOn(value))),
  // Proxmox sorts them, and the provider would see a difference each time.
  tags: (value) => attribute('tags', hclList(listOf(value).toSorted())),
  boot: (value) => attribute('boot_order', hclList(listOf(propertiesOf(value)['order'] ?? ''))),
  ostype: (value) => block('operating_system', attribute('type', hclString(value))),
  agent: (value) => {
    const { enabled, '': plain } = propertiesOf(value)
    return block('agent', attribute('enabled', String(isOn(enabled ?? plain))))
  },
  vga: (value) => {
    const { type, '': plain } = propertiesOf(value)
    return block('vga', attribute('type', hclString(type ?? plain ?? 'std')))
  },
}

const scalarParts = (settings: Settings): Part[] =>
  Object.entries(settings).flatMap(([key, value]) => {
    const write = scalars[key]
    return write ? [{ lines: write(String(value)), keys: [key] }] : []
  })

const grouped = (settings: Settings, head: string, names: Record<string, string>): Part[] => {
  const found = Object.entries(names).filter(([key]) => settings[key] !== undefined)
  if (found.length === 0) return []
  const lines = found.flatMap(([key, name]) => {
    const value = String(settings[key])
    return attribute(name, optionalNumber(value) ?? hclString(value))
  })
  return [{ lines: block(head, lines), keys: found.map(([key]) => key) }]
}

const nicModels = ['virtio', 'e1000', 'e1000e', 'rtl8139', 'vmxnet3']

const nicParts = (settings: Settings): Part[] =>
  keysLike(settings, /^net\d+$/).map(([key, value]) => {
    const options: Options = propertiesOf(value)
    const model = nicModels.find((name) => options[name] !== undefined)
    const lines = [
      ...attribute('bridge', optional(options['bridge'])),
      ...attribute('model', optional(model ?? options['model'] ?? options[''])),
      ...attribute(
        'mac_address',
        optional(model === undefined ? options['macaddr'] : options[model]),
      ),
      ...attribute('vlan_id', optionalNumber(options['tag'])),
      ...attribute('firewall', optionalFlag(options['firewall'])),
      ...attribute('rate_limit', optionalNumber(options['rate'])),
      ...attribute('queues', optionalNumber(options['queues'])),
      ...attribute('mtu', optionalNumber(options['mtu'])),
    ]
    return { lines: block('network_device', lines), keys: [key] }
  })

/** `local-lvm:32,discard=on` and `local-lvm:0,import-from=local:import/a.qcow2`. */
const diskParts = (vm: WantedVm): Part[] => {
  const drives = keysLike(vm.settings, /^(scsi|virtio|sata|ide)\d+$/)
  const firstCd = drives.find(([, value]) => propertiesOf(value)['media'] === 'cdrom')?.[0]
  return drives.map(([key, value]) => {
    const options: Options = propertiesOf(value)
    const [storage = '', size = ''] = (options[''] ?? options['file'] ?? '').split(':')
    if (size === 'cloudinit') return { lines: [], keys: [key] }
    if (options['media'] === 'cdrom') {
      // The provider knows one.
      if (key !== firstCd) return { lines: [], keys: [] }
      const file = options[''] ?? options['file'] ?? 'none'
      return {
        lines: block('cdrom', [
          ...attribute('interface', hclString(key)),
          ...attribute('file_id', hclString(file)),
        ]),
        keys: [key],
      }
    }
    const grown = vm.resizes.find(({ disk }) => disk === key)?.sizeGiB
    const lines = [
      ...attribute('interface', hclString(key)),
      ...attribute('datastore_id', hclString(storage)),
      ...attribute(
        'size',
        grown === undefined ? optionalNumber(size === '0' ? undefined : size) : String(grown),
      ),
      ...attribute('import_from', optional(options['import-from'])),
      ...attribute('discard', optional(options['discard'])),
      ...attribute('iothread', optionalFlag(options['iothread'])),
      ...attribute('ssd', optionalFlag(options['ssd'])),
      ...attribute('cache', optional(options['cache'])),
    ]
    return { lines: block('disk', lines), keys: [key] }
  })
}

/** Of a clone: where its disks go. The plan of a linked one does not know. */
const templateStorage = ({ clone }: WantedVm): string | undefined =>
  clone === null
    ? undefined
    : clone.storage === null
      ? 'var.template_datastore'
      : hclString(clone.storage)

const grownParts = (vm: WantedVm): Part[] =>
  vm.clone === null
    ? []
    : vm.resizes.map(({ disk, sizeGiB }) => ({
        lines: block('disk', [
          ...attribute('interface', hclString(disk)),
          ...attribute('datastore_id', templateStorage(vm)),
          ...attribute('size', String(sizeGiB)),
        ]),
        keys: [],
      }))

const firmwareParts = (settings: Settings): Part[] => [
  ...keysLike(settings, /^efidisk0$/).map(([key, value]) => {
    const options: Options = propertiesOf(value)
    const lines = [
      ...attribute('datastore_id', optional(options['']?.split(':')[0])),
      ...attribute('type', optional(options['efitype'])),
      ...attribute('pre_enrolled_keys', optionalFlag(options['pre-enrolled-keys'])),
    ]
    return { lines: block('efi_disk', lines), keys: [key] }
  }),
  ...keysLike(settings, /^tpmstate0$/).map(([key, value]) => {
    const options: Options = propertiesOf(value)
    const lines = [
      ...attribute('datastore_id', optional(options['']?.split(':')[0])),
      ...attribute('version', optional(options['version'])),
    ]
    return { lines: block('tpm_state', lines), keys: [key] }
  }),
  ...keysLike(settings, /^serial\d$/).map(([key, value]) => ({
    lines: block('serial_device', attribute('device', hclString(value))),
    keys: [key],
  })),
]

const familyBlock = (name: string, address: string | undefined, gateway: string | undefined) =>
  address === undefined
    ? []
    : block(name, [
        ...attribute('address', hclString(address)),
        ...attribute('gateway', optional(gateway)),
      ])

const addressBlock = (value: string): string[] => {
  const options: Options = propertiesOf(value)
  return block('ip_config', [
    ...familyBlock('ipv4', options['ip'], options['gw']),
    ...familyBlock('ipv6', options['ip6'], options['gw6']),
  ])
}

const label = ({ name, vmid }: WantedVm) => identifier(`${name}-${vmid}`)

const initialization = (vm: WantedVm): Part[] => {
  const { settings } = vm
  const text = (key: string) => (settings[key] === undefined ? undefined : String(settings[key]))
  const addresses = keysLike(settings, /^ipconfig\d+$/)
  const dns = [
    ...attribute(
      'servers',
      settings['nameserver'] === undefined
        ? undefined
        : hclList(listOf(String(settings['nameserver']))),
    ),
    ...attribute('domain', optional(text('searchdomain'))),
  ]
  const keys = text('sshkeys')
  const account = [
    ...attribute('username', optional(text('ciuser'))),
    ...attribute('password', text('cipassword') === undefined ? undefined : 'var.vm_password'),
    ...attribute('keys', keys === undefined ? undefined : hclList(sshKeysOf(keys))),
  ]
  const documents = firstBootDocuments(vm).flatMap(([kind]) =>
    attribute(`${kind}_data_file_id`, `proxmox_virtual_environment_file.${label(vm)}-${kind}.id`),
  )
  const drive = keysLike(settings, /^(scsi|sata|ide)\d+$/).find(([, value]) =>
    /^[^,]*:cloudinit/.test(value),
  )
  const lines = [
    ...documents,
    ...(dns.length > 0 ? block('dns', dns) : []),
    ...addresses.flatMap(([, value]) => addressBlock(value)),
    ...(account.length > 0 ? block('user_account', account) : []),
  ]
  const known = ['nameserver', 'searchdomain', 'ciuser', 'cipassword', 'sshkeys', 'cicustom']
  if (lines.length === 0) return []
  const place = [
    ...attribute('datastore_id', drive ? optional(drive[1].split(':')[0]) : templateStorage(vm)),
    ...attribute('interface', optional(drive?.[0])),
  ]
  return [
    {
      lines: block('initialization', [...place, ...lines]),
      keys: [...known, ...addresses.map(([key]) => key)],
    },
  ]
}

const cloneLines = ({ clone }: WantedVm): string[] =>
  clone === null
    ? []
    : block('clone', [
        ...attribute('vm_id', String(clone.sourceVmid)),
        ...attribute('node_name', hclString(clone.sourceNode)),
        ...attribute('full', String(clone.full)),
        ...attribute('datastore_id', clone.storage === null ? undefined : hclString(clone.storage)),
      ])

const comment = (text: string) => `# ${text.replaceAll(/[\r\n]+/g, ' ')}`

/** What has no place in this file, said in it. */
const unsaid = (vm: WantedVm, parts: readonly Part[]): string[] => {
  const said = new Set(parts.flatMap(({ keys }) => keys))
  const rest = Object.entries(vm.settings).filter(([key]) => !said.has(key) && key !== 'onboot')
  return [
    ...rest.map(([key, value]) => comment(`Not expressed here: ${key} = ${value}`)),
    ...vm.removed.map((key) => comment(`Not expressed here: the inherited ${key} is removed`)),
    ...(vm.seed?.answers === undefined
      ? []
      : [
          comment(
            'Not expressed here: the image with the answers for Windows setup, and the key for its installer',
          ),
        ]),
  ]
}

const vmResource = (vm: WantedVm, id: string): string[] => {
  const { clone, create } = vm
  const parts = [
    ...scalarParts(vm.settings),
    ...grouped(vm.settings, 'cpu', { cores: 'cores', sockets: 'sockets', cpu: 'type' }),
    ...grouped(vm.settings, 'memory', { memory: 'dedicated', balloon: 'floating' }),
    ...firmwareParts(vm.settings),
    ...grownParts(vm),
    ...diskParts(vm),
    ...nicParts(vm.settings),
    ...initialization(vm),
  ]
  const lines = [
    ...attribute('name', hclString(vm.name)),
    ...attribute('node_name', hclString(clone?.targetNode ?? vm.node)),
    ...attribute('vm_id', String(vm.vmid)),
    ...attribute('pool_id', optional((clone?.pool ?? create?.pool) || undefined)),
    ...attribute('description', vm.description === '' ? undefined : hclText(vm.description)),
    ...attribute('started', String(vm.starts)),
    // The provider's own default is true.
    ...attribute('on_boot', String(isOn(String(vm.settings['onboot'] ?? '')))),
    ...attribute('template', vm.becomesTemplate ? 'true' : undefined),
    ...cloneLines(vm),
    ...parts.flatMap((part) => part.lines),
    ...unsaid(vm, parts),
  ].map((line) => withId(line, id))
  return block(`resource "proxmox_virtual_environment_vm" ${hclString(label(vm))}`, lines)
}

/** The first boot's documents as snippets, which is how this provider brings them to a node. */
const documentResources = (vm: WantedVm, id: string): string[][] =>
  firstBootDocuments(vm).map(([kind, text]) =>
    block(`resource "proxmox_virtual_environment_file" ${hclString(`${label(vm)}-${kind}`)}`, [
      ...attribute('content_type', '"snippets"'),
      ...attribute('datastore_id', 'var.snippets_datastore'),
      ...attribute('node_name', hclString(vm.node)),
      ...block('source_raw', [
        ...attribute('file_name', hclString(`${vm.name}-${vm.vmid}-${kind}.yaml`)),
        ...attribute('data', hclText(withId(text, id))),
      ]),
    ]),
  )

const variable = (name: string, lines: readonly string[]) =>
  block(`variable ${hclString(name)}`, ['type = string', ...lines])

const secret = 'sensitive = true'

/** In their order, each where the file names it. */
const variables: Record<string, string[]> = {
  proxmox_endpoint: ['description = "https://HOST:8006/"'],
  proxmox_api_token: ['description = "USER@REALM!ID=SECRET"', secret],
  vm_password: [secret],
  password_hash: ['description = "As mkpasswd makes it"', secret],
  snippets_datastore: [
    'description = "A storage with the content snippets; the provider writes to it by SSH"',
    'default = "local"',
  ],
  template_datastore: ['description = "The storage that the disks of the template are on"'],
}

export const asTerraform = (deployment: ExportedDeployment): string => {
  const vms = deployment.vms.map(wantedVm)
  const head = [
    ...headLines(deployment, 'Terraform').map(comment),
    comment("Waiting for the agent, reading addresses and checking ports are the deployer's own."),
  ]
  const body = [
    block('terraform', [
      ...block('required_providers', [
        'proxmox = {',
        '  source  = "bpg/proxmox"',
        '  version = ">= 0.80.0"',
        '}',
      ]),
    ]),
    block('provider "proxmox"', [
      'endpoint  = var.proxmox_endpoint',
      'api_token = var.proxmox_api_token',
    ]),
    ...vms.flatMap((vm) => [
      ...documentResources(vm, deployment.id),
      vmResource(vm, deployment.id),
    ]),
  ].map((lines) => lines.join('\n'))
  const isNamed = (name: string) => body.some((part) => part.includes(`var.${name}`))
  const declared = Object.entries(variables)
    .filter(([name]) => isNamed(name))
    .map(([name, lines]) => variable(name, lines).join('\n'))
  return `${[head.join('\n'), ...declared, ...body].join('\n\n')}\n`
}
