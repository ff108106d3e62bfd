import { copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSimulator } from '../src/simulator.ts'
import { signIn } from './client.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

test('a cluster that was closed goes on where it was, with the same certificate', async () => {
  const stateFile = join(folder, 'closed.json')
  const first = await startSimulator({ speed: 200, stateFile })
  const before = await signIn(first, 'root@pam')
  expect(await before.run('POST', '/nodes/pve1/qemu/9000/clone', { newid: 700 })).toBe('OK')
  expect(await before.run('POST', '/nodes/pve1/qemu/700/status/start')).toBe('OK')
  const pool = await before.call('POST', '/pools', { poolid: 'new' })
  expect(pool.status).toBe(200)
  await first.close()
  expect(statSync(stateFile).mode & 0o777).toBe(0o600)

  const second = await startSimulator({ speed: 200, stateFile })
  expect(second.fingerprint).toBe(first.fingerprint)
  const after = await signIn(second, 'root@pam')
  expect((await after.call('GET', '/pools/new')).status).toBe(200)
  expect((await after.call('GET', '/nodes/pve1/qemu/700/status/current')).data).toMatchObject({
    status: 'running',
  })
  const tasks = await after.call('GET', '/cluster/tasks')
  expect(tasks.data).toContainEqual(expect.objectContaining({ type: 'qmclone', status: 'OK' }))
  await second.close()
})

test('a ticket of before is still good after the restart', async () => {
  const stateFile = join(folder, 'ticket.json')
  const first = await startSimulator({ stateFile })
  const { ticket } = await signIn(first, 'viewer@pve')
  await first.close()
  const second = await startSimulator({ stateFile })
  const renewed = second.cluster.tickets.verify(ticket)
  await second.close()
  expect(renewed).toEqual({ kind: 'full', userid: 'viewer@pve' })
})

test('a task that runs when the process dies has failed afterwards, and left nothing', async () => {
  const stateFile = join(folder, 'crashed.json')
  const first = await startSimulator({ stateFile })
  const before = await signIn(first, 'root@pam')
  const form = { newid: 700, full: 1, storage: 'local-lvm' }
  const { data } = await before.call('POST', '/nodes/pve1/qemu/9010/clone', form)
  await pause(1500)
  const copy = join(folder, 'copy.json')
  copyFileSync(stateFile, copy)
  await first.close()

  const second = await startSimulator({ stateFile: copy })
  expect(second.world.guests.some(({ vmid }) => vmid === 700)).toBe(false)
  expect(second.world.volumes.some(({ vmid }) => vmid === 700)).toBe(false)
  expect(second.tasks.find(String(data))?.exitstatus).toBe('clone failed: interrupted by signal')
  await second.close()
})

test('a file of something else is not taken for a cluster', async () => {
  const stateFile = join(folder, 'other.json')
  writeFileSync(stateFile, '{"format": 1}')
  await expect(startSimulator({ stateFile })).rejects.toThrow('is not the state of a simulated')
})
