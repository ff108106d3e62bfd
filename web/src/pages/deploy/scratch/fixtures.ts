/** For the tests of VMs from ISOs and images: forms, and what they ask for. */
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { type DeployForm, emptyForm } from '../form.ts'
import { toRequest } from '../request.ts'
import { basisOf } from './profile.ts'

export const context = { version: { major: 9, minor: 2 }, nodes: 3 }

export const named: DeployForm = { ...emptyForm, namePattern: 'vm-{01..03}' }

export const windows: DeployForm = {
  ...named,
  source: 'iso',
  volid: 'local:iso/Win11_24H2_English_x64.iso',
  osType: 'windows-11',
  drivers: 'local:iso/virtio-win-0.1.285.iso',
}

export const unattended: DeployForm = {
  ...windows,
  setup: 'unattended',
  answers: { administratorPassword: 'correct horse' },
}

export const image: DeployForm = {
  ...named,
  source: 'image',
  volid: 'local:import/debian-13.qcow2',
}

export const parsedOf = (form: DeployForm) => toRequest(form, basisOf(form, context))

export function requestOf(form: DeployForm): DeploymentRequest {
  const parsed = parsedOf(form)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.request
}

/** As it is sent. */
export const sent = (form: DeployForm): unknown => JSON.parse(JSON.stringify(requestOf(form)))
