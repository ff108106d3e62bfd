import type { Call, Handlers } from '../call.ts'
import type { Json } from '../json.ts'
import { cpuModelsOf } from '../schema/words.ts'
import { atLeast } from '../version.ts'

const vendorOf = (model: string) => {
  if (/^(EPYC|Opteron|phenom|athlon)/.test(model)) return 'AuthenticAMD'
  return /^(host|kvm|max|qemu|x86-64)/.test(model) ? 'default' : 'GenuineIntel'
}

const isAbstract = (model: string) => model.startsWith('x86-64-')

const cpus = ({ cluster: { version } }: Call): Json =>
  cpuModelsOf(version).map((name) => ({
    name,
    custom: 0,
    vendor: vendorOf(name),
    ...(isAbstract(name) && atLeast(version, 9.2) ? { abstract: 1 } : {}),
  }))

const machineVersions = ({ cluster }: Call) => {
  const newest = Number(cluster.world.qemuVersion.split('.')[0])
  return Array.from({ length: newest - 5 }, (_, index) => newest - index).flatMap((major) =>
    [2, 1, 0]
      .map((minor) => `${major}.${minor}`)
      .filter((version) => Number(version) <= Number.parseFloat(cluster.world.qemuVersion)),
  )
}

const machines = (call: Call): Json =>
  machineVersions(call).flatMap((version) => [
    { id: `pc-i440fx-${version}`, type: 'i440fx', version },
    { id: `pc-q35-${version}`, type: 'q35', version },
  ])

export const capabilityCalls: Handlers = {
  'GET /nodes/{node}/capabilities/qemu/cpu': cpus,
  'GET /nodes/{node}/capabilities/qemu/machines': machines,
}
