import type { Plan, PlannedVm } from '@deployer/core/plan.ts'
import { planUndo } from '@deployer/core/undo.ts'
import { expect, test } from 'vitest'
import { undoConfirmation, undoSentence } from './undo.ts'

const planned: PlannedVm = {
  name: 'web',
  row: 0,
  vmid: 211,
  node: 'pve1',
  placementReason: '',
  storage: 'local-lvm',
  cores: 1,
  memoryMiB: 512,
  diskGiB: 8,
  allocations: [],
  ip: null,
  cloudInit: null,
  steps: [],
}
const planOf = (...running: boolean[]): Plan =>
  planUndo(
    {
      id: 'd-7f3a',
      vms: running.map((each, index) => ({
        name: `web-${index}`,
        vmid: 211 + index,
        planned,
        expected: true,
        seen: { kind: 'ours', node: 'pve1', running: each, pool: null, protected: false },
      })),
    },
    () => true,
  )

test.each([
  [
    planOf(true, false),
    'It would stop and destroy 2 VMs with their disks, all stamped d-7f3a. Nothing else is touched.',
  ],
  [planOf(false), 'It would destroy 1 VM with its disks, stamped d-7f3a. Nothing else is touched.'],
  [planOf(), 'No VM that could be destroyed carries the stamp of d-7f3a. Nothing is left to undo.'],
])('an undo says what it would do', (plan, sentence) => {
  expect(undoSentence(plan, 'd-7f3a')).toBe(sentence)
})

test('the typed word counts the VMs', () => {
  expect(undoConfirmation(3)).toBe('delete 3')
})
