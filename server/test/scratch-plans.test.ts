/** What is planned for VMs from an ISO or an image is what Proxmox's own schema of each version takes. */
import { profileOf, type ProfileSize } from '@deployer/core/hardware/profiles.ts'
import { planFor } from '@deployer/core/fixtures.ts'
import type { Call } from '@deployer/core/plan.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import {
  fromImage,
  fromIso,
  osTypes,
  scratchClusterWith,
  unattendedWindows,
  versions,
} from '@deployer/core/scratch/fixtures.ts'
import { fillCall } from '@deployer/core/steps.ts'
import { type Errors, checkObject } from '@deployer/simulator/schema/validate.ts'
import { loadMethods } from '@deployer/simulator/schema/schema.ts'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const values = { deployment: 'd-12345678', digest: 'a'.repeat(40), checksum: 'b'.repeat(64) }

/** As the client sends it. */
const sent = (params: Call['params']) =>
  Object.fromEntries(
    Object.entries(params).map(([key, value]) => [
      key,
      typeof value === 'boolean' ? String(Number(value)) : String(value),
    ]),
  )

describe.each(['7.4', '8.4', '9.2'] as const)('on %s', (version) => {
  const methods = loadMethods(version)
  const inventory = scratchClusterWith({ version: versions[version] })

  const complaints = (request: DeploymentRequest): string[] => {
    const plan = planFor(request, inventory)
    expect(plan.blockers).toEqual([])
    const calls = plan.vms.flatMap(({ steps }) => steps.flatMap((step) => step.calls))
    return calls.flatMap((planned) => {
      const call = fillCall(planned, values)
      const found = methods.find(call.method, call.path)
      if (found === null) return [`there is no ${call.method} ${call.path}`]
      const errors: Errors = new Map()
      const params = { ...sent(call.params), ...found.pathParams }
      checkObject('', found.method.parameters, params, errors, version)
      return [...errors].map(([name, text]) => `${call.method} ${call.path} ${name}: ${text}`)
    })
  }

  test.each(osTypes)('%s from an ISO', (osType) => {
    expect(complaints(fromIso(osType))).toEqual([])
  })

  test('with everything that can be asked for', () => {
    const request = fromIso('linux', {
      defaults: {
        cores: 4,
        onBoot: true,
        tags: ['lab'],
        networks: [{ vlan: 5, model: 'e1000', mac: 'BC:24:11:00:00:01', rateMBps: 0.5 }],
        hardware: {
          cpuType: 'host',
          sockets: 2,
          balloonMiB: 512,
          secureBoot: true,
          tpm: true,
          display: 'serial0',
          disk: { bus: 'virtio', cache: 'writeback', format: 'raw' },
          disks: [
            { sizeGiB: 4, bus: 'sata' },
            { sizeGiB: 5, bus: 'ide' },
            { sizeGiB: 6, cache: 'none' },
          ],
          bootOrder: ['net0', 'virtio0', 'ide2'],
        },
      },
    })
    expect(complaints(request)).toEqual([])
  })

  test('unattended Windows', () => {
    expect(complaints(unattendedWindows())).toEqual([])
  })

  // Before 8.4 the plan is blocked.
  if (version === '7.4') return
  test('from an image, to a VM and to a template', () => {
    const source = { kind: 'image', volid: 'local:import/debian-13.qcow2' } as const
    expect(complaints(fromImage({ defaults: { cloudInit: { packages: ['nginx'] } } }))).toEqual([])
    expect(
      complaints({ source: { ...source, convertToTemplate: true }, vms: [{ name: 't' }] }),
    ).toEqual([])
  })
})

const amount = (memoryMiB: number) =>
  memoryMiB < 1024 ? `${memoryMiB} MiB` : `${memoryMiB / 1024} GiB`
const cell = ({ cores, memoryMiB, diskGiB }: ProfileSize) =>
  `${cores} / ${amount(memoryMiB)} / ${diskGiB} GiB`

test('docs/hardware.md has this table', () => {
  const page = readFileSync(new URL('../../docs/hardware.md', import.meta.url), 'utf8')
  const context = { version: { major: 9, minor: 2 }, nodes: 3 }
  for (const osType of osTypes) {
    const { title, guest, minimum, presets } = profileOf(osType, context)
    const sizes = [minimum, ...presets].map(cell).join(' | ')
    expect(page).toContain(`| ${title} | \`${osType}\` | \`${guest}\` | ${sizes} |`)
  }
  for (const osType of ['linux', 'windows-11', 'other'] as const) {
    for (const { label, value, reason } of profileOf(osType, context).rows)
      expect(page).toContain(`| ${label} | \`${value}\` | ${reason} |`)
  }
})
