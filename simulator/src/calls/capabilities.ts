import type { Call, Handlers } from '../call.ts'
import type { Json } from '../json.ts'
import { cpuModels } from '../schema/words.ts'

const vendorOf = (model: string) => {
  if (/^(EPYC|Opteron|phenom|athlon)/.test(model)) return 'AuthenticAMD'
  return /^(host|kvm|max|qemu|x86-64)/.test(model) ? 'default' : 'GenuineIntel'
}

const cpus = (): Json => cpuModels.map((name) => ({ name, custom: 0, vendor: vendorOf(name) }))

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
