import { expect, test } from 'vitest'
import type { Call, PlannedVm } from '@deployer/core/plan.ts'
import { callText, curlOfVm, splitPlaceholders } from './curl.ts'

const clone: Call = {
  method: 'POST',
  path: '/nodes/pve1/qemu/9000/clone',
  params: { newid: 211, name: 'web-01', full: false, description: "it's {deployment}" },
  changes: true,
}

const read: Call = {
  method: 'GET',
  path: '/nodes/pve1/qemu/211/config',
  params: { current: true },
  changes: false,
}

const vm: PlannedVm = {
  name: 'web-01',
  row: 0,
  vmid: 211,
  node: 'pve1',
  placementReason: '',
  storage: 'local-lvm',
  cores: 2,
  memoryMiB: 2048,
  diskGiB: 20,
  allocations: [],
  ip: null,
  cloudInit: null,
  steps: [
    {
      id: 'clone',
      kind: 'clone',
      title: 'Clone template',
      note: null,
      calls: [clone, read],
      slots: [],
      spec: { kind: 'reserve-id' },
    },
    {
      id: 'check-port-22',
      kind: 'check-port',
      title: 'Check port 22',
      note: 'Connects to the address',
      calls: [],
      slots: [],
      spec: { kind: 'reserve-id' },
    },
  ],
}

test('a VM as curl: one command a call, parameters as Proxmox takes them, quoted for the shell', () => {
  expect(curlOfVm(vm)).toBe(`# web-01, Clone template
curl -fsS -X POST -H "Authorization: PVEAPIToken=$PVE_TOKEN" \\
  "$PVE/api2/json/nodes/pve1/qemu/9000/clone" \\
  --data-urlencode newid=211 \\
  --data-urlencode name=web-01 \\
  --data-urlencode full=0 \\
  --data-urlencode 'description=it'\\''s {deployment}'
curl -fsS -X GET -G -H "Authorization: PVEAPIToken=$PVE_TOKEN" \\
  "$PVE/api2/json/nodes/pve1/qemu/211/config" \\
  --data-urlencode current=1

# web-01, Check port 22
# Connects to the address`)
})

test('a call as text', () => {
  expect(callText(clone)).toBe(`POST /nodes/pve1/qemu/9000/clone
  newid=211
  name=web-01
  full=0
  description=it's {deployment}`)
})

test.each([
  ['plain', [{ text: 'plain', placeholder: false }]],
  ['', []],
  [
    'vm-deployer {deployment} web-01',
    [
      { text: 'vm-deployer ', placeholder: false },
      { text: '{deployment}', placeholder: true },
      { text: ' web-01', placeholder: false },
    ],
  ],
  ['{digest}', [{ text: '{digest}', placeholder: true }]],
  ['{n}', [{ text: '{n}', placeholder: false }]],
])('%j is cut at its placeholders', (text, parts) => {
  expect(splitPlaceholders(text)).toEqual(parts)
})
