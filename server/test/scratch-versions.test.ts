/** VMs from ISOs and images on the versions of Proxmox that are still about. */
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { expect, test } from 'vitest'
import { startEngine } from './engine.ts'

const windows: DeploymentRequest = {
  source: {
    kind: 'iso',
    volid: 'iso-nfs:iso/windows-server-2025.iso',
    osType: 'windows-server-2025',
    driversVolid: 'iso-nfs:iso/virtio-win-0.1.285.iso',
    unattended: { edition: { index: 2 }, administratorPassword: 'Sehr-geheim-1' },
  },
  vms: [{ name: 'win-old' }],
}

const image: DeploymentRequest = {
  source: { kind: 'image', volid: 'iso-nfs:import/debian-13-generic-amd64.qcow2' },
  defaults: { cloudInit: { users: [{ name: 'ada', sudo: true }] } },
  vms: [{ name: 'deb-old' }],
}

test.each([
  ['7.4', [windows]],
  ['8.4', [windows, image]],
] as const)(
  'on %s',
  async (version, requests) => {
    const engine = await startEngine({ version })
    for (const request of requests) {
      const { id } = await engine.deploy(request)
      const { vms } = await engine.untilEnded(id)
      expect(vms).toEqual([
        expect.objectContaining({
          status: 'succeeded',
          error: null,
          validation: expect.objectContaining({ outcome: 'healthy' }),
        }),
      ])
    }
    expect(engine.simulator.world.volumes.filter(({ seed }) => seed)).toEqual([])
    await engine.close()
  },
  60_000,
)
