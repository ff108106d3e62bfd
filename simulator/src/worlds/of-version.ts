import { cpuModelsOf } from '../schema/words.ts'
import { atLeast, type Version } from '../version.ts'
import type { Config, World } from '../world.ts'

/** QEMU as it came with a version. */
const qemuVersions: Record<Version, string> = { '7.4': '7.2.0', '8.4': '9.2.0', '9.2': '10.1.2' }

const machineOf = (machine: string, qemu: string) =>
  machine.replace(/-\d+\.\d+$/, `-${qemu.split('.').slice(0, 2).join('.')}`)

/** Machines and CPUs that the version does not have become its own. */
const configOf = (config: Config, version: Version): Config => {
  const { cpu, machine } = config
  const qemu = qemuVersions[version]
  const isKnown = cpu === undefined || cpuModelsOf(version).includes(cpu)
  return {
    ...config,
    ...(isKnown ? {} : { cpu: 'kvm64' }),
    ...(machine === undefined ? {} : { machine: machineOf(machine, qemu) }),
  }
}

/** A world as it would stand on an older version: content type `import` came with 8.3. */
export const worldOfVersion = (world: World, version: Version): World => ({
  ...world,
  qemuVersion: qemuVersions[version],
  guests: world.guests.map((guest) => ({
    ...guest,
    config: configOf(guest.config, version),
    ...(guest.running
      ? { running: { ...guest.running, config: configOf(guest.running.config, version) } }
      : {}),
  })),
  ...(atLeast(version, 8.3)
    ? {}
    : {
        storages: world.storages.map((storage) => ({
          ...storage,
          content: storage.content.filter((content) => content !== 'import'),
        })),
        volumes: world.volumes.filter(({ content }) => content !== 'import'),
      }),
})
