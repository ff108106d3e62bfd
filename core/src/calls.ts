/** Calls as steps are made of them. */
import type { Call } from './plan.ts'

/** Reads the config, and changes it with the digest of what was read. */
export function configCalls(node: string, vmid: number, params: Call['params']): Call[] {
  const path = `/nodes/${node}/qemu/${vmid}/config`
  return [read('GET', path, {}), change('PUT', path, { ...params, digest: '{digest}' })]
}

export function fileRead(node: string, vmid: number, file: string): Call {
  return read('GET', `/nodes/${node}/qemu/${vmid}/agent/file-read`, { file })
}

export function deleteVolume({
  node,
  storage,
  volume,
}: {
  node: string
  storage: string
  volume: string
}): Call {
  // Names have no other characters that a path would take for something else.
  const encoded = volume.replace(':', '%3A').replace('/', '%2F')
  return change('DELETE', `/nodes/${node}/storage/${storage}/content/${encoded}`, {})
}

export function read(method: Call['method'], path: string, params: Call['params']): Call {
  return { method, path, params, changes: false }
}

export function change(method: Call['method'], path: string, params: Call['params']): Call {
  return { method, path, params, changes: true }
}
