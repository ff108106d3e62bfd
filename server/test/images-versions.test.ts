/** Lists, uploads and downloads against each version of Proxmox VE, without a server of ours around them. */
import { createConnection } from '@deployer/proxmox/client.ts'
import { signIn } from '@deployer/proxmox/tickets.ts'
import { startSimulator } from '@deployer/simulator/simulator.ts'
import { expect, it } from 'vitest'
import { createImageList } from '../src/images/list.ts'
import { createSending } from '../src/images/send.ts'
import { createInventory } from '../src/inventory/inventory.ts'

const DRIVERS =
  'https://fedorapeople.org/groups/virt/virtio-win/direct-downloads/stable-virtio/virtio-win.iso'

async function startVersion(version: '7.4' | '8.4' | '9.2') {
  const simulator = await startSimulator({ speed: 100, version })
  const connection = createConnection({
    hosts: [simulator.host],
    tls: { kind: 'pinned', fingerprints: [simulator.fingerprint] },
  })
  const entered = await signIn(connection, { username: 'root', realm: 'pam', password: 'demo' })
  if (entered.outcome !== 'signed-in') throw new Error(entered.outcome)
  const { credentials } = entered
  const inventory = createInventory({
    connection,
    vmids: { min: 100, max: 999 },
    reservedVmids: async () => [],
    pendingVms: async () => [],
    snippets: null,
    logger: { warn: () => {} },
  })
  const images = createImageList({ connection, inventory })
  return {
    simulator,
    caller: { username: 'root@pam', credentials, expiresAt: null },
    inventory,
    images,
    connection,
    sending: createSending({ connection, images, maxUploadGiB: 1 }),
    [Symbol.asyncDispose]: async () => {
      await connection.close()
      await simulator.close()
    },
  }
}

async function* bytes() {
  yield Buffer.from('abc')
}

const file = { storage: 'local', content: 'iso' as const, checksum: null }

it.each(['7.4', '8.4', '9.2'] as const)('with Proxmox VE %s', async (version) => {
  await using all = await startVersion(version)
  const { caller, images, sending, simulator } = all
  const contents = (await images.targets(caller)).map(({ content }) => content)
  expect(contents.includes('import')).toBe(version !== '7.4')
  expect((await images.list(caller)).unread).toEqual([])
  await sending.upload(caller, {
    ...file,
    node: 'pve1',
    fileName: 'sent.iso',
    sizeBytes: 3,
    bytes: bytes(),
    overwrite: false,
  })
  await sending.download(caller, {
    ...file,
    node: 'pve2',
    fileName: 'fetched.iso',
    url: DRIVERS,
    verifyCertificates: true,
  })
  await simulator.tasks.settled()
  const { images: after } = await images.list(caller, { fresh: true })
  expect(after).toContainEqual(expect.objectContaining({ name: 'sent.iso', nodes: ['pve1'] }))
  expect(after).toContainEqual(expect.objectContaining({ name: 'fetched.iso', nodes: ['pve2'] }))
})

it('disk images are refused where Proxmox does not take them yet', async () => {
  await using all = await startVersion('8.4')
  const { caller, connection, inventory } = all
  const state = await inventory.state(caller)
  const images = createImageList({
    connection,
    inventory: { ...inventory, state: async () => ({ ...state, version: '8.3.5' }) },
  })
  const targets = await images.targets(caller)
  for (const { content, upload } of targets)
    expect(upload).toBe(
      content === 'iso'
        ? null
        : 'Proxmox VE takes disk images since 8.4, and this cluster has 8.3.5. Use a template that was made on a node.',
    )
  const sending = createSending({ connection, images, maxUploadGiB: 1 })
  const refused = sending.upload(caller, {
    ...file,
    content: 'import',
    node: 'pve1',
    fileName: 'noble.qcow2',
    sizeBytes: 3,
    bytes: bytes(),
    overwrite: false,
  })
  await expect(refused).rejects.toMatchObject({ fields: { status: 422, kind: 'version-too-old' } })
})
