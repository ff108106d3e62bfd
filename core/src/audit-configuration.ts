/**
 * What an entry of the audit log keeps of a request. Every field is named here, one by one: what is not named cannot get
 * in, and so no secret can. A setting that is new does not compile until somebody has decided about it here.
 */
import type { Json } from './audit.ts'
import {
  asksPasswords,
  type BlueprintCloudInit,
  type BlueprintUnattended,
} from './blueprint-passwords.ts'
import type { BlueprintSource, BlueprintView } from './blueprint.ts'
import type { CloudInitRequest, CloudInitUser, Credentials } from './cloud-init/request.ts'
import type { DiskOptions, ExtraDisk, Hardware } from './hardware/request.ts'
import type { PlannedVm } from './plan.ts'
import type {
  DeploymentRequest,
  NetworkRequest,
  RetryChanges,
  VmRow,
  VmSettings,
} from './request.ts'
import type { Unattended } from './windows/request.ts'

type Configuration = { [key: string]: Json }

/** All settings were picked: whoever adds one decides here whether it is shown, and must not show a secret. */
const allPicked = (_rest: Record<string, never>): void => {}

const known = (fields: { [key: string]: Json | undefined }): Configuration =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )

const network = (request: NetworkRequest): Configuration => {
  const { bridge, vlan, ip, gateway, ip6, gateway6, nameservers, searchDomains, ...more } = request
  const { model, firewall, mac, rateMBps, ...rest } = more
  allPicked(rest)
  return known({
    bridge,
    vlan,
    model,
    firewall,
    mac,
    rate_mbps: rateMBps,
    ip,
    gateway,
    ip6,
    gateway6,
    nameservers,
    search_domains: searchDomains,
  })
}

const settings = (request: VmSettings): Configuration => {
  const { cores, memoryMiB, diskGiB, storage, networks, description, ...more } = request
  const { tags, onBoot, start, validate, cloudInit: firstBoot, hardware: devices, ...rest } = more
  allPicked(rest)
  return known({
    cores,
    memory_mb: memoryMiB,
    disk_size_gb: diskGiB,
    storage,
    networks: networks?.map(network),
    description,
    tags,
    on_boot: onBoot,
    start,
    validate:
      validate &&
      known({ ports: validate.ports, agent_timeout_seconds: validate.agentTimeoutSeconds }),
    cloud_init: firstBoot && cloudInit(firstBoot),
    hardware: devices && hardware(devices),
  })
}

const diskOptions = (request: DiskOptions): Configuration => {
  const { bus, format, ssd, discard, iothread, cache, ...rest } = request
  allPicked(rest)
  return known({ bus, format, ssd, discard, iothread, cache })
}

const extraDisk = ({ sizeGiB, storage, ...options }: ExtraDisk): Configuration =>
  known({ size_gb: sizeGiB, storage, ...diskOptions(options) })

const hardware = (request: Hardware): Configuration => {
  const { cpuType, sockets, balloonMiB, firmware, secureBoot, tpm, machine, ...more } = request
  const { scsiController, display, serialConsole, agent, tablet, ...others } = more
  const { disk, disks, bootOrder, ...rest } = others
  allPicked(rest)
  return known({
    cpu_type: cpuType,
    sockets,
    balloon_mb: balloonMiB,
    firmware,
    secure_boot: secureBoot,
    tpm,
    machine,
    scsi_controller: scsiController,
    display,
    serial_console: serialConsole,
    agent,
    tablet,
    disk: disk && diskOptions(disk),
    disks: disks?.map(extraDisk),
    boot_order: bootOrder,
  })
}

/** Passwords and their hashes stay out, only that there is one is told; of a key what it is called by. */
const credentials = ({ sshKeys, password, passwordHash, ...rest }: Credentials): Configuration => {
  allPicked(rest)
  return known({
    ssh_keys: sshKeys?.map(keyName),
    has_password: password !== undefined || passwordHash !== undefined,
  })
}

/** `ssh-ed25519 …Q4fPw= mira@laptop`: kind, end and comment tell keys apart. */
const keyName = (line: string): string => {
  const [kind = '', key = '', ...comment] = line.trim().split(/\s+/)
  return [kind, `…${key.slice(-12)}`, ...comment].join(' ').slice(0, 200)
}

const user = (request: CloudInitUser): Configuration => {
  const { name, sshKeys, password, passwordHash, sudo, groups, shell, gecos, ...rest } = request
  allPicked(rest)
  return {
    ...known({ name, sudo, groups, shell, gecos }),
    ...credentials({ sshKeys, password, passwordHash }),
  }
}

/** Commands, files and documents of one's own can hold anything, tokens too: how many and how long, not what. */
const cloudInit = (request: CloudInitRequest): Configuration => {
  const { delivery, inherited, users, defaultUser, sshPasswordLogin, adminPassword, ...more } =
    request
  const { hostname, domain, timezone, locale, packages, packageUpdate, ...others } = more
  const { packageUpgrade, agent, openssh, writeFiles, commands, userData, ...rest } = others
  allPicked(rest)
  return known({
    delivery,
    inherited,
    users: users?.map(user),
    default_user: typeof defaultUser === 'object' ? credentials(defaultUser) : defaultUser,
    ssh_password_login: sshPasswordLogin,
    has_admin_password: adminPassword === undefined ? undefined : true,
    hostname,
    domain,
    timezone,
    locale,
    packages,
    package_update: packageUpdate,
    package_upgrade: packageUpgrade,
    agent,
    openssh,
    files: writeFiles?.map(({ path, owner, permissions, content }) =>
      known({ path, owner, permissions, characters: content.length }),
    ),
    commands: commands?.length,
    user_data: userData && { mode: userData.mode, characters: userData.document.length },
  })
}

const row = (request: VmRow): Configuration => {
  const { name, count, vmid, node, ...rest } = request
  return known({ name, count, vm_id: vmid, node, ...settings(rest) })
}

/** Of a retry. */
export function changesConfiguration({ node, ...rest }: RetryChanges): Configuration {
  return known({ node, ...settings(rest) })
}

/** What a deployment is called, begun or refused. */
export const deploymentOperation = ({
  source,
}: Pick<DeploymentRequest, 'source'>): 'batch_clone' | 'batch_create' =>
  source.kind === 'template' ? 'batch_clone' : 'batch_create'

/** Of a whole deployment: the request as it was made, patterns included. */
export function requestConfiguration(request: DeploymentRequest): Configuration {
  const { source, defaults, placement, pool, vms } = request
  return known({
    source: sourceConfiguration(source),
    placement: placement && placementConfiguration(placement),
    pool,
    defaults: defaults && settings(defaults),
    vms: vms.map(row),
  })
}

const placementConfiguration = (placement: NonNullable<DeploymentRequest['placement']>): Json =>
  'node' in placement ? { node: placement.node } : placement.strategy

const sourceConfiguration = (source: DeploymentRequest['source']): Configuration => {
  if (source.kind !== 'iso') return openSource(source)
  const { unattended: answers, ...open } = source
  return openSource(open, answers && unattended(answers))
}

const blueprintSource = (source: BlueprintSource): Configuration => {
  if (source.kind !== 'iso') return openSource(source)
  const { unattended: answers, ...open } = source
  return openSource(open, answers && openAnswers(answers))
}

type OpenSource =
  | Exclude<BlueprintSource, { kind: 'iso' }>
  | Omit<Extract<BlueprintSource, { kind: 'iso' }>, 'unattended'>

/** `answers`: of an installation without a hand on it, as they may be told. */
const openSource = (source: OpenSource, answers?: Configuration): Configuration => {
  switch (source.kind) {
    case 'template': {
      const { kind, vmid, name, clone, ...rest } = source
      allPicked(rest)
      return known({
        kind,
        template_id: vmid,
        template_name: name,
        full_clone: clone && clone === 'full',
      })
    }
    case 'iso': {
      const { kind, volid, osType, driversVolid, ...rest } = source
      allPicked(rest)
      return known({
        kind,
        volume: volid,
        os_type: osType,
        drivers_volume: driversVolid,
        unattended: answers,
      })
    }
    case 'image': {
      const { kind, volid, osType, convertToTemplate, ...rest } = source
      allPicked(rest)
      return known({ kind, volume: volid, os_type: osType, convert_to_template: convertToTemplate })
    }
  }
}

/** Passwords and the product key stay out. */
const unattended = ({
  productKey,
  administratorPassword,
  ...answers
}: Unattended): Configuration => ({
  ...openAnswers(answers),
  has_product_key: productKey !== undefined,
  has_admin_password: administratorPassword !== undefined,
})

/** Commands can hold anything: how many, not what. */
const openAnswers = (request: BlueprintUnattended): Configuration => {
  const { edition, language, keyboard, timeZone, ...more } = request
  const { user: account, remoteDesktop, commands, ...rest } = more
  allPicked(rest)
  return known({
    edition: 'index' in edition ? edition.index : edition.name,
    language,
    keyboard,
    time_zone: timeZone,
    user: account && known({ name: account.name, administrator: account.administrator }),
    remote_desktop: remoteDesktop,
    commands: commands?.length,
  })
}

/** Of one VM: what it was to become, with the names that entries of clones and creations have always had. */
export function vmConfiguration(request: DeploymentRequest, vm: PlannedVm): Configuration {
  const { name: _name, count: _count, vmid: _vmid, node: _node, ...own } = request.vms[vm.row] ?? {}
  const { start, ...asked } = settings({ ...request.defaults, ...own })
  return {
    ...asked,
    cores: vm.cores,
    memory_mb: vm.memoryMiB,
    disk_size_gb: vm.diskGiB,
    storage: vm.storage,
    ...madeFrom(request.source, start ?? true),
    tags: asked['tags'] ?? [],
    ...known({ ip: vm.ip ?? undefined, pool: request.pool }),
  }
}

const madeFrom = (source: DeploymentRequest['source'], start: Json): Configuration => {
  switch (source.kind) {
    case 'template':
      return { full_clone: source.clone === 'full', start_after_clone: start }
    case 'iso':
      return known({
        os_type: source.osType,
        iso: source.volid,
        virtio_iso: source.driversVolid,
        unattended: source.unattended !== undefined,
        start,
      })
    case 'image': {
      const { osType = 'linux', volid, convertToTemplate = false } = source
      return { os_type: osType, image: volid, convert_to_template: convertToTemplate, start }
    }
  }
}

/** Of a blueprint, as its owner edits it. */
export function blueprintConfiguration(
  blueprint: Pick<BlueprintView, 'name' | 'description' | 'shared' | 'request'>,
): Configuration {
  const { name, description, shared } = blueprint
  const {
    name: deploymentName,
    source,
    defaults,
    placement,
    pool,
    vms,
    ...rest
  } = blueprint.request
  allPicked(rest)
  return known({
    name,
    description,
    shared,
    deployment_name: deploymentName,
    source: blueprintSource(source),
    placement: placement && placementConfiguration(placement),
    pool,
    defaults: defaults && keptSettings(defaults),
    vms: vms.map(({ name: pattern, count, node, ...own }) =>
      known({ name: pattern, count, node, ...keptSettings(own) }),
    ),
  })
}

type KeptSettings = Omit<VmSettings, 'cloudInit'> & { cloudInit?: BlueprintCloudInit | undefined }

const keptSettings = ({ cloudInit: kept, ...rest }: KeptSettings): Configuration => {
  if (kept === undefined) return settings(rest)
  const { cloudInit: request, asked } = asksPasswords(kept)
  return { ...settings({ ...rest, cloudInit: request }), asks_passwords_of: asked }
}
