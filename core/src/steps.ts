/**
 * The registry of step kinds: what each one is called, which calls it makes, how it is undone. The preview prints
 * `callsOf`, the engine sends it, so both show the same calls. A kind without an entry does not compile.
 */
import { change, configCalls, deleteVolume, fileRead, read } from './calls.ts'
import type { Call, StepKind, StepSpec } from './plan.ts'

export type SpecOf<K extends StepKind> = Extract<StepSpec, { kind: K }>

export type StepDefinition<S> = {
  title: (spec: S) => string
  /** The calls in their order. A call that only reads may be repeated until its answer is there. */
  calls: (spec: S, vmid: number) => Call[]
  /** What the calls do not say: how long they are repeated, or what is done without one. */
  note: (spec: S) => string | null
  /** How undo takes it back, or why there is nothing to take back. */
  undo: string
  documentation: string
}

const goesWithTheVm = 'Goes with the VM, which the undo of the clone destroys.'
const interfacesRead = (node: string, vmid: number) =>
  read('GET', `/nodes/${node}/qemu/${vmid}/agent/network-get-interfaces`, {})
const readsOnly = 'Nothing to undo: it only reads.'

/** Privileges and texts of these calls: qemu-server src/PVE/API2/Qemu.pm and Qemu/Agent.pm. */
const definitions: { [K in StepKind]: StepDefinition<SpecOf<K>> } = {
  'reserve-id': {
    title: () => 'Reserve the VMID',
    calls: (_spec, vmid) => [read('GET', '/cluster/nextid', { vmid })],
    note: () => null,
    undo: 'Nothing to undo on Proxmox, which knows no reservation. Our own is released.',
    documentation:
      'Asks Proxmox whether the VMID is still free: VMs that the caller may not see hold ids too. If it is taken, the VM gets the next free id.',
  },
  clone: {
    title: (spec) => (spec.full ? 'Clone the template in full' : 'Clone the template'),
    calls: (spec, vmid) => [
      change('POST', `/nodes/${spec.sourceNode}/qemu/${spec.sourceVmid}/clone`, {
        newid: vmid,
        name: spec.name,
        full: spec.full,
        ...(spec.storage !== null && { storage: spec.storage }),
        ...(spec.targetNode !== null && { target: spec.targetNode }),
        ...(spec.pool !== null && { pool: spec.pool }),
        description: spec.description,
      }),
    ],
    note: () => null,
    undo: 'Stops and destroys the VM with its disks, after reading its stamp again.',
    documentation:
      'Copies the template on the node that owns it. The description carries the stamp from the first moment, so the VM always has an owner.',
  },
  create: {
    title: () => 'Create the VM',
    calls: (spec, vmid) => [
      change('POST', `/nodes/${spec.node}/qemu`, {
        vmid,
        name: spec.name,
        ...(spec.pool !== null && { pool: spec.pool }),
        description: spec.description,
        ...spec.settings,
      }),
    ],
    note: (spec) =>
      Object.values(spec.settings).some((value) => String(value).includes('import-from='))
        ? 'The image is copied onto the new boot disk.'
        : null,
    undo: 'Stops and destroys the VM with its disks, after reading its stamp again.',
    documentation:
      'Makes a VM with new disks. The description carries the stamp from the first moment, so the VM always has an owner.',
  },
  configure: {
    title: (spec) => configureTitle(spec),
    calls: (spec, vmid) => {
      const path = `/nodes/${spec.node}/qemu/${vmid}/config`
      return [
        read('GET', path, {}),
        change('PUT', path, {
          ...spec.settings,
          ...(spec.remove.length > 0 && { delete: spec.remove.join(',') }),
          digest: '{digest}',
        }),
      ]
    },
    note: () => null,
    undo: goesWithTheVm,
    documentation:
      'Reads the config, proves by the stamp that the VM is ours, and sends all settings in one call with the digest of exactly that config: Proxmox refuses it if anyone changed the VM in between.',
  },
  'resize-disk': {
    title: (spec) => `Grow ${spec.disk} to ${spec.sizeGiB} GiB`,
    calls: (spec, vmid) => [
      change('PUT', `/nodes/${spec.node}/qemu/${vmid}/resize`, {
        disk: spec.disk,
        size: `${spec.sizeGiB}G`,
      }),
    ],
    note: () => null,
    undo: goesWithTheVm,
    documentation:
      'Sets the absolute size of the boot disk, so that doing it twice changes nothing. The file system follows inside the guest at its first boot.',
  },
  'upload-seed': {
    title: (spec) => (spec.answers === undefined ? 'Upload the seed' : 'Upload the answers'),
    calls: (spec) => [
      change('POST', `/nodes/${spec.node}/storage/${spec.storage}/upload`, {
        content: 'iso',
        'checksum-algorithm': 'sha256',
        checksum: '{checksum}',
        filename: spec.file,
      }),
    ],
    note: (spec) =>
      spec.answers === undefined
        ? `An image with ${Object.keys(spec.documents).join(', ')} for cloud-init.`
        : 'An image with the answers for Windows setup. Its passwords are in it alone.',
    undo: 'Removes the image, where the caller may.',
    documentation:
      'Puts the cloud-init documents on a small ISO image (NoCloud, label cidata) and uploads it. Its name carries deployment and VM, so doing it twice leaves one image. It holds no plain password, but whoever may see the storage can read it until it is removed. The answers for Windows setup go the same way, and hold the passwords that setup is to set.',
  },
  'attach-seed': {
    title: (spec) => `Attach the ${spec.answers === true ? 'answers' : 'seed'}`,
    calls: (spec, vmid) =>
      configCalls(spec.node, vmid, { [spec.drive]: `${spec.volume},media=cdrom` }),
    note: (spec) =>
      spec.replaces === null
        ? null
        : "In place of Proxmox's own cloud-init drive: a guest reads one of them only.",
    undo: goesWithTheVm,
    documentation:
      "Puts the image into the VM's CD drive. Where the template has a cloud-init drive of Proxmox's, the image takes its place.",
  },
  'write-snippet': {
    title: () => 'Write the snippet',
    calls: () => [],
    note: (spec) =>
      `Writes ${Object.keys(spec.files).join(' and ')} by SFTP into ${spec.places[0]?.folder ?? ''} of ${spec.places.map(({ node }) => node).join(', ')}, readable for root alone. No call to Proxmox, which has none for it.`,
    undo: 'Removes the files from all nodes.',
    documentation:
      'Writes the cloud-init documents onto the nodes, each file whole or not at all. Proxmox reads them at every cold start of the VM, so they stay as long as it does.',
  },
  'convert-to-template': {
    title: () => 'Convert to a template',
    calls: (spec, vmid) => [change('POST', `/nodes/${spec.node}/qemu/${vmid}/template`, {})],
    note: () => null,
    undo: goesWithTheVm,
    documentation:
      'Makes the VM a template: its disks become read only, and it never starts again.',
  },
  start: {
    title: () => 'Start',
    calls: (spec, vmid) => [change('POST', `/nodes/${spec.node}/qemu/${vmid}/status/start`, {})],
    note: () => null,
    undo: 'Stops the VM before it is destroyed.',
    documentation: 'Starts the VM and waits until Proxmox reports it running.',
  },
  'send-keys': {
    title: () => 'Press a key for the installer',
    calls: (spec, vmid) => [
      change('PUT', `/nodes/${spec.node}/qemu/${vmid}/sendkey`, { key: spec.key }),
    ],
    note: (spec) => `Repeated for ${seconds(spec.seconds)}.`,
    undo: 'Nothing to take back.',
    documentation:
      'Installers of Windows wait a few seconds for a key before they start from the CD. Nobody can see when, so the key is pressed again and again after the start.',
  },
  'wait-for-agent': {
    title: () => 'Wait for the guest agent',
    calls: (spec, vmid) => [
      spec.interfaces === true
        ? interfacesRead(spec.node, vmid)
        : read('POST', `/nodes/${spec.node}/qemu/${vmid}/agent/ping`, {}),
    ],
    note: (spec) =>
      `Repeated until the agent answers, for at most ${seconds(spec.timeoutSeconds)}.`,
    undo: readsOnly,
    documentation:
      'Asks the QEMU guest agent until the guest has booted far enough to answer: for its interfaces where the address is read next, which saves a call, else by a ping. The first question comes when other guests of the same template had answered.',
  },
  'read-address': {
    title: () => 'Read the address',
    calls: (spec, vmid) => [interfacesRead(spec.node, vmid)],
    note: (spec) =>
      `Repeated until there is an address, for at most ${seconds(spec.timeoutSeconds)}.`,
    undo: readsOnly,
    documentation:
      "Takes the address of the NIC whose MAC is in the VM's config, from the agent's first answer where it has one, and else asks the agent for the guest's interfaces again.",
  },
  'read-cloud-init': {
    title: () => "Read cloud-init's verdict",
    calls: (spec, vmid) => [
      fileRead(spec.node, vmid, '/run/cloud-init/status.json'),
      fileRead(spec.node, vmid, '/var/log/cloud-init-output.log'),
    ],
    note: (spec) =>
      `Repeated until cloud-init has finished, for at most ${seconds(spec.timeoutSeconds)}; then the end of its log.`,
    undo: readsOnly,
    documentation:
      'Reads in the guest how the first boot ended: done, degraded (errors that cloud-init recovered from) or failed, with the module that failed.',
  },
  'detach-seed': {
    title: (spec) =>
      `${spec.deletes ? 'Remove' : 'Detach'} the ${spec.answers === true ? 'answers' : 'seed'}`,
    calls: (spec, vmid) => [
      ...configCalls(spec.node, vmid, { [spec.drive]: 'none,media=cdrom' }),
      ...(spec.deletes ? [deleteVolume(spec)] : []),
    ],
    note: (spec) =>
      spec.deletes ? null : `The image stays on ${spec.storage}: you may not remove it there.`,
    undo: 'Nothing to take back: the guest has read it.',
    documentation:
      'Ejects the image once cloud-init has finished, and removes it from the storage where the caller may. The drive stays, empty.',
  },
  'check-port': {
    title: (spec) => `Check port ${spec.port}`,
    calls: () => [],
    note: (spec) =>
      `Opens a TCP connection from the server to ${spec.address ?? "the VM's address"}, port ${spec.port}, and closes it. Repeated for at most ${seconds(spec.timeoutSeconds)}. No call to Proxmox.`,
    undo: readsOnly,
    documentation: 'Proves that a service answers: a TCP connection to the port of the VM.',
  },
  stop: {
    title: () => 'Stop',
    calls: (spec, vmid) => [
      read('GET', `/nodes/${spec.node}/qemu/${vmid}/config`, {}),
      change('POST', `/nodes/${spec.node}/qemu/${vmid}/status/stop`, {}),
    ],
    note: (spec) => onlyWithStamp(spec.deployment),
    undo: 'Nothing is taken back: the VM is destroyed next.',
    documentation:
      'Reads the stamp, then switches the VM off: what runs in it is lost with its disks.',
  },
  destroy: {
    title: () => 'Destroy with its disks',
    calls: (spec, vmid) => [
      read('GET', `/nodes/${spec.node}/qemu/${vmid}/config`, {}),
      // The id can have been given to somebody else's disks before: never remove what the config does not name.
      change('DELETE', `/nodes/${spec.node}/qemu/${vmid}`, {
        purge: true,
        'destroy-unreferenced-disks': false,
      }),
    ],
    note: (spec) => onlyWithStamp(spec.deployment),
    undo: 'Cannot be taken back.',
    documentation:
      'Reads the stamp at the last moment, then destroys the VM, the disks that its config names, and its entries in backup, replication and high availability.',
  },
  'delete-seed': {
    title: () => 'Remove the seed',
    calls: (spec) => [deleteVolume(spec)],
    note: () => null,
    undo: 'Cannot be taken back.',
    documentation: 'Removes the image with the cloud-init documents of the VM from its storage.',
  },
  'delete-snippet': {
    title: () => 'Remove the snippet',
    calls: () => [],
    note: (spec) =>
      `Removes ${spec.files.join(' and ')} by SFTP from ${spec.places[0]?.folder ?? ''} of ${spec.places.map(({ node }) => node).join(', ')}. No call to Proxmox.`,
    undo: 'Cannot be taken back.',
    documentation: 'Removes the cloud-init documents of the VM from the nodes.',
  },
}

const onlyWithStamp = (deployment: string) =>
  `Only if the config still carries the stamp of ${deployment}.`

/** The entry of a kind: for its undo and documentation. */
export function definitionOf<K extends StepKind>(kind: K): StepDefinition<SpecOf<K>> {
  return definitions[kind]
}

/** The exact calls of a step on a VM, in order, with the placeholders of `fillCall` in them. */
export function callsOf<K extends StepKind>(spec: SpecOf<K>, vm: { vmid: number }): Call[] {
  return definitionOf<K>(spec.kind).calls(spec, vm.vmid)
}

export function titleOf<K extends StepKind>(spec: SpecOf<K>): string {
  return definitionOf<K>(spec.kind).title(spec)
}

export function noteOf<K extends StepKind>(spec: SpecOf<K>): string | null {
  return definitionOf<K>(spec.kind).note(spec)
}

/**
 * A call with its placeholders filled in: `{deployment}` wherever it stands, `{digest}` only as the whole value of the
 * parameter `digest`, and so on. Throws where a call needs one that is not known, which is a mistake in the engine.
 */
export function fillCall(call: Call, values: CallValues): Call {
  const whole: Record<string, string | undefined> = {
    '{digest}': values.digest,
    '{checksum}': values.checksum,
    '{adminPassword}': values.adminPassword,
  }
  const fill = (key: string, value: Call['params'][string]): Call['params'][string] => {
    if (typeof value !== 'string') return value
    if (!WHOLE_VALUES[key]?.includes(value))
      return value.replaceAll('{deployment}', values.deployment)
    const known = whole[value]
    if (known === undefined)
      throw new Error(`${call.method} ${call.path} needs a ${value.slice(1, -1)}`)
    return known
  }
  const params = Object.entries(call.params).map(([key, value]) => [key, fill(key, value)])
  const path = call.path.replaceAll('{deployment}', values.deployment)
  return { ...call, path, params: Object.fromEntries(params) }
}

export type CallValues = {
  deployment: string
  digest?: string | undefined
  checksum?: string | undefined
  adminPassword?: string | undefined
}

/** Placeholders that are the whole value of these parameters and stand nowhere else: people may write braces. */
const WHOLE_VALUES: Record<string, string[]> = {
  digest: ['{digest}'],
  checksum: ['{checksum}'],
  cipassword: ['{adminPassword}'],
}

/** What is set besides the stamp's tag, in three words at most. */
function configureTitle(spec: SpecOf<'configure'>): string {
  const keys = Object.keys(spec.settings)
  const has = (pattern: RegExp) => keys.some((key) => pattern.test(key))
  const parts = [
    has(/^(cores|memory)$/) ? 'size' : null,
    has(/^net\d+$/) ? 'NIC' : null,
    has(/^(ipconfig\d+|nameserver)$/) ? 'address' : null,
    has(/^(ciuser|cipassword|sshkeys|cicustom)$/) ? 'first boot' : null,
    'tags',
  ].filter((part) => part !== null)
  const last = parts.at(-1) ?? ''
  return `Set ${parts.length === 1 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`}`
}

function seconds(count: number): string {
  return count % 60 === 0 ? `${count / 60} min` : `${count} s`
}
