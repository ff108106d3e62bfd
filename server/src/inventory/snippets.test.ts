import type { Storage } from '@deployer/core/inventory.ts'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSshd, type TestSshd } from '../../test/sshd.ts'
import { createSnippetStore } from '../snippets/snippets.ts'
import type { SshSettings } from '../snippets/ssh.ts'
import { createSnippetAccess } from './snippets.ts'

let sshd: TestSshd
beforeAll(async () => {
  sshd = await startSshd()
})
afterAll(() => sshd.close())

const storage = (node: string, changes: Partial<Storage> = {}): Storage => ({
  name: 'local',
  node,
  type: 'dir',
  shared: false,
  active: true,
  content: ['snippets'],
  totalGiB: null,
  availableGiB: null,
  ...changes,
})

const access = (settings: Partial<SshSettings>, storages: Storage[], path?: string) =>
  createSnippetAccess({
    storage: 'local',
    store: createSnippetStore({ ...sshd.settings, ...settings }, { retryMs: 10 }),
  })(storages, path === undefined ? [] : [{ storage: 'local', path }], null, true)

const both = [storage('pve1'), storage('pve2')]

describe('the way to snippets', () => {
  test('is open where the folder of the storage can be reached, on each node', async () => {
    const root = join(sshd.folder, '..')
    expect(await access({}, both, root)).toEqual({
      storage: 'local',
      places: ['pve1', 'pve2'].map((node) => ({
        node,
        address: null,
        folder: sshd.folder,
        problem: null,
      })),
    })
    const shared = both.map((each) => ({ ...each, shared: true }))
    expect((await access({}, shared, root)).places).toHaveLength(1)
  })

  test('leaves out nodes that take no snippets or are down', async () => {
    const others = [storage('pve1', { content: ['iso'] }), storage('pve2', { active: false })]
    expect((await access({}, others)).places).toEqual([])
  })

  test('tells a host key that is not pinned, with the line to add', async () => {
    const { places } = await access({ hostKeys: [] }, [storage('pve1')])
    expect(places[0]?.problem).toContain(sshd.settings.hostKeys[0])
    expect(places[0]?.problem).toContain('add it to PROXMOX_SSH_HOST_KEYS')
  })

  test('tells a key that is not taken, and a folder that is not there', async () => {
    const refused = await access({ privateKey: sshd.otherKey }, [storage('pve1')])
    expect(refused.places[0]?.problem).toContain('pve1 does not let this server in by SSH')
    const missing = await access({}, [storage('pve1')], '/nowhere')
    expect(missing.places[0]?.problem).toContain('pve1 has no folder /nowhere/snippets')
  })
})
