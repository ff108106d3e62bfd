/** The seed of a request, by the same parts that the product makes it with: planner, documents, image. */
import { withHashedPasswords } from '../core/src/cloud-init/passwords.ts'
import { planFor } from '../core/src/fixtures.ts'
import { buildIso } from '../core/src/iso/iso.ts'
import type { StepSpec } from '../core/src/plan.ts'
import {
  type DeploymentRequest,
  deploymentRequestSchema,
  type NetworkRequest,
} from '../core/src/request.ts'
import type { CloudInitRequest } from '../core/src/cloud-init/request.ts'

export type Asked = {
  name?: string
  cloudInit: CloudInitRequest
  networks?: NetworkRequest[]
}

export const STATIC: NetworkRequest = {
  ip: '10.0.0.5/24',
  gateway: '10.0.0.1',
  ip6: 'fd00::5/64',
  gateway6: 'fd00::1',
  nameservers: ['10.0.0.1'],
  searchDomains: ['lab.example'],
}

/** The image and the MAC addresses that the VM gets. Throws where the plan has blockers. */
export function seedOf({ name = 'web-01', cloudInit, networks = [STATIC] }: Asked) {
  const request: DeploymentRequest = deploymentRequestSchema.parse({
    source: { kind: 'template', vmid: 9000, clone: 'linked' },
    defaults: { networks, cloudInit: { ...cloudInit, delivery: 'seed' } },
    vms: [{ name }],
  })
  const plan = planFor(withHashedPasswords(request, () => 'saltsaltsaltsalt'))
  const [vm] = plan.vms
  if (vm === undefined || plan.blockers.length > 0) throw new Error(JSON.stringify(plan.blockers))
  const specs = vm.steps.map(({ spec }) => spec)
  const { documents } = specOf(specs, 'upload-seed')
  const { settings } = specOf(specs, 'configure')
  const files = Object.entries(documents).map(([file, text]) => ({
    name: file,
    content: new TextEncoder().encode(text.replaceAll('{deployment}', 'd1')),
  }))
  return {
    seed: buildIso({ label: 'cidata', files, createdAt: new Date('2026-01-01T00:00:00Z') }),
    macs: Object.entries(settings)
      .filter(([key]) => /^net\d+$/.test(key))
      .map(([, value]) => /=((?:[0-9A-F]{2}:){5}[0-9A-F]{2})/i.exec(String(value))?.[1] ?? ''),
  }
}

function specOf<K extends StepSpec['kind']>(specs: StepSpec[], kind: K) {
  const isIt = (spec: StepSpec): spec is Extract<StepSpec, { kind: K }> => spec.kind === kind
  const spec = specs.find(isIt)
  if (spec === undefined) throw new Error(`there is no ${kind}`)
  return spec
}
