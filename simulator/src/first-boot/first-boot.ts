import type { Cluster } from '../cluster.ts'
import type { Image } from '../guests/images.ts'
import type { FirstBoot, Guest } from '../world.ts'
import { type Configured, readUserData } from './cloud-config.ts'
import { type Documents, documentsOf } from './documents.ts'
import { readNetwork } from './network.ts'

/** Simulated seconds of what cloud-init does after the network is up. */
const seconds = { atLeast: 2, packages: 4, eachPackage: 0.5, upgrade: 15, eachCommand: 0.2 }

/** The simulated mirrors have every package whose name does not say otherwise. */
const isMissing = (name: string) =>
  !/^[a-z0-9@][a-zA-Z0-9+._=:@/~*-]*$/.test(name) || /nonexist|no-such|not-exist/i.test(name)

const exitOf = (command: string | string[]) => {
  const line = typeof command === 'string' ? command : command.join(' ')
  const exit = /(?:^|[;&|]\s*)exit\s+(\d+)\s*$/.exec(line)?.[1]
  if (exit !== undefined) return { ends: true, fails: exit !== '0' }
  return { ends: false, fails: /(?:^|[;&|]\s*|\/)false\s*$/.test(line) }
}

/** A shell that stops at `exit`, and fails as its last command does. */
const failsIn = (commands: Configured['commands']): boolean => {
  let failed = false
  for (const command of commands) {
    const { ends, fails } = exitOf(command)
    failed = fails
    if (ends) break
  }
  return failed
}

const packagesError = (missing: string[]) =>
  `('package_update_upgrade_install', PackageInstallerError("Failed to install the following packages: {${missing.map((name) => `'${name}'`).join(', ')}}. See associated package manager logs for more details."))`

const commandError =
  "('scripts_user', RuntimeError('Runparts: 1 failures (runcmd) in 1 attempted commands'))"

const packageLines = (packages: string[], missing: string[]) =>
  packages.length === 0
    ? []
    : [
        'Reading package lists...',
        'Building dependency tree...',
        ...missing.map((name) => `E: Unable to locate package ${name}`),
        ...(missing.length > 0 ? [] : packages.map((name) => `Setting up ${name} ...`)),
      ]

type Network = { plans: FirstBoot['network']; errors: string[] }

const networkOf = ({ networkConfig }: Documents): Network => {
  if (networkConfig === undefined) return { plans: undefined, errors: [] }
  try {
    return { plans: Object.fromEntries(readNetwork(networkConfig)), errors: [] }
  } catch {
    const text = "('network-config', RuntimeError('the network configuration cannot be read'))"
    return { plans: {}, errors: [text] }
  }
}

const ownUser = (image: Image) => image.osInfo['id'] ?? 'cloud'

const durationOf = ({ packages, upgrades, commands }: Configured): number =>
  seconds.atLeast +
  (packages.length === 0 ? 0 : seconds.packages + seconds.eachPackage * packages.length) +
  (upgrades ? seconds.upgrade : 0) +
  seconds.eachCommand * commands.length

/**
 * What cloud-init of the guest makes of the documents that it finds; undefined where it finds none, and then does not
 * run. `from`: when the network is up.
 */
export const firstBootOf = (
  cluster: Cluster,
  guest: Guest,
  image: Image,
  from: number,
): FirstBoot | undefined => {
  const documents = image.cloudInit ? documentsOf(cluster, guest) : undefined
  if (!documents) return undefined
  const own = readUserData(documents.userData)
  const vendor = readUserData(documents.vendorData ?? '')
  const packages = [...own.packages, ...vendor.packages]
  const commands = [...own.commands, ...vendor.commands]
  const all: Configured = { ...own, packages, commands }
  const missing = packages.filter(isMissing)
  const { plans, errors: networkErrors } = networkOf(documents)
  const warnings = [...own.warnings, ...vendor.warnings]
  const errors = [
    ...own.errors,
    ...networkErrors,
    ...(missing.length > 0 ? [packagesError(missing)] : []),
    ...(failsIn(commands) ? [commandError] : []),
    ...(image.cloudInitError === undefined ? [] : [image.cloudInitError]),
  ]
  const users = (own.users ?? ['default']).map((name) =>
    name === 'default' ? ownUser(image) : name,
  )
  return {
    doneAt: from + cluster.clock.after(durationOf(all)) - cluster.clock.now(),
    datasource: documents.datasource,
    ...(own.hostname === undefined ? {} : { hostname: own.hostname }),
    users,
    ...(plans === undefined ? {} : { network: plans }),
    hasAgent: missing.length === 0 && packages.some((name) => name.startsWith('qemu-guest-agent')),
    errors,
    warnings: warnings.length > 0 ? [schemaWarning] : [],
    output: [
      "Cloud-init v. 25.1.4 running 'modules:final'",
      ...warnings,
      ...packageLines(packages, missing),
      ...commands.map(
        (command) => `+ ${typeof command === 'string' ? command : command.join(' ')}`,
      ),
      ...errors.map((text) => `Failed: ${text}`),
      `Cloud-init v. 25.1.4 finished. Datasource ${documents.datasource}`,
    ],
  }
}

const schemaWarning =
  "cloud-config failed schema validation! You may run 'sudo cloud-init schema --system' to check the errors."

const noErrors = { errors: [], recoverable_errors: {} }

const at = (milliseconds: number) => milliseconds / 1000

/** `/run/cloud-init/status.json` at a time. */
export const statusOf = (boot: FirstBoot, startedAt: number, now: number): string => {
  const done = boot.doneAt <= now
  const early = { ...noErrors, start: at(startedAt), finished: at(startedAt) }
  return `${JSON.stringify(
    {
      v1: {
        datasource: boot.datasource,
        'init-local': early,
        init: early,
        'modules-config': early,
        'modules-final': {
          start: at(startedAt),
          finished: done ? at(boot.doneAt) : null,
          errors: done ? boot.errors : [],
          recoverable_errors: done && boot.warnings.length > 0 ? { WARNING: boot.warnings } : {},
        },
        stage: done ? null : 'modules-final',
      },
    },
    null,
    1,
  )}\n`
}

export const resultOf = (boot: FirstBoot): string =>
  `${JSON.stringify({ v1: { datasource: boot.datasource, errors: boot.errors } }, null, 1)}\n`
