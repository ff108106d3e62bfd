import { describe, expect, test } from 'vitest'
import { cluster, planFor } from '../fixtures.ts'
import type { Inventory, Storage } from '../inventory.ts'
import {
  answers,
  drivers,
  fromImage,
  fromIso,
  image,
  installer,
  scratchCluster,
  scratchClusterWith,
  unattendedWindows,
  type Case,
  hardware,
  windows,
  without,
} from './fixtures.ts'

const storagesWhere = (change: (storage: Storage) => Partial<Storage>) =>
  scratchClusterWith({
    storages: scratchCluster.storages.map((storage) => ({ ...storage, ...change(storage) })),
  })

const volumesWhere = (keep: (volume: Inventory['volumes'][number]) => boolean) =>
  scratchClusterWith({ volumes: scratchCluster.volumes.filter(keep) })

const blockers: Case[] = [
  [
    'an ISO that is gone',
    fromIso('linux'),
    volumesWhere(({ volid }) => volid !== installer),
    {
      code: 'medium-unknown',
      field: 'source.volid',
      message:
        'There is no local:iso/setup.iso: it was removed or never there. Upload it or download it to local, or choose another ISO.',
    },
  ],
  [
    'a driver ISO that is gone',
    unattendedWindows(),
    volumesWhere(({ volid }) => volid !== drivers),
    {
      code: 'medium-unknown',
      field: 'source.driversVolid',
      message:
        'There is no local:iso/virtio-win.iso: it was removed or never there. Upload it or download it to local, or choose another driver ISO.',
    },
  ],
  [
    'an ISO on a storage that takes none',
    fromIso('linux'),
    scratchClusterWith({
      volumes: [],
      storages: scratchCluster.storages.map((storage) =>
        storage.name === 'local' ? { ...storage, content: ['vztmpl'] } : storage,
      ),
    }),
    {
      code: 'storage-content',
      field: 'source.volid',
      message:
        'Storage local takes no ISOs. Run "pvesm set local --content iso,vztmpl" as root on a node.',
    },
  ],
  [
    'an image on a storage without import',
    fromImage(),
    scratchClusterWith({ volumes: [], storages: cluster.storages }),
    {
      code: 'storage-content',
      field: 'source.volid',
      message:
        'Storage local takes no images to import. Run "pvesm set local --content import,iso,vztmpl" as root on a node.',
    },
  ],
  [
    'a storage that nobody knows',
    fromIso('linux', { source: { kind: 'iso', volid: 'nas:iso/a.iso', osType: 'linux' } }),
    scratchCluster,
    {
      code: 'storage-unknown',
      field: 'source.volid',
      message: 'There is no storage nas that you may see, so nothing is known of nas:iso/a.iso.',
    },
  ],
  [
    'an ISO where an image belongs',
    fromImage({ source: { kind: 'image', volid: installer } }),
    scratchCluster,
    {
      code: 'medium-kind',
      field: 'source.volid',
      message:
        'local:iso/setup.iso is no image that can be imported. Images are on storages with the content import: STORAGE:import/NAME.qcow2.',
    },
  ],
  [
    'an ISO that another node has',
    fromIso('linux', { placement: { node: 'pve1' } }),
    volumesWhere(({ node }) => node !== 'pve1'),
    {
      code: 'medium-not-on-node',
      field: 'placement.node',
      message:
        'pve1 has no local:iso/setup.iso. Deploy to pve2 or pve3, or bring the ISO there: keep it on shared storage, or upload it to pve1 as well.',
    },
  ],
  [
    'an image before 8.4',
    fromImage(),
    scratchClusterWith({ version: { major: 7, minor: 4 } }),
    {
      code: 'import-version',
      field: 'source.volid',
      message:
        'Proxmox VE 7.4 cannot import images by itself; 8.4 and later can. Make a template from the image on a node ("qm importdisk"), and deploy from it.',
    },
  ],
  [
    'an appliance',
    fromImage({ source: { kind: 'image', volid: 'local:import/a.ova' } }),
    scratchCluster,
    {
      code: 'image-format',
      field: 'source.volid',
      message: 'Images end in .qcow2, .raw or .vmdk. Upload it under such a name.',
    },
  ],
  [
    'a disk smaller than its image',
    fromImage({ defaults: { diskGiB: 2 } }),
    scratchCluster,
    {
      code: 'disk-shrinks',
      field: 'defaults.diskGiB',
      message:
        'The image has a disk of 3 GiB, and 2 GiB are asked for. Disks grow, never shrink: ask for at least 3 GiB.',
    },
  ],
  [
    'no storage for disks',
    fromIso('linux'),
    storagesWhere(({ content }) => ({ content: content.filter((each) => each !== 'images') })),
    {
      code: 'no-disk-storage',
      field: 'vms.0.storage',
      message:
        'No node can take this VM: pve1 has no storage that takes disk images; pve2 has no storage that takes disk images; pve3 has no storage that takes disk images.',
    },
  ],
  [
    'a storage without disks',
    fromIso('linux', { defaults: { storage: 'local' }, placement: { node: 'pve1' } }),
    scratchCluster,
    {
      code: 'storage-content',
      field: 'defaults.storage',
      message:
        'local on pve1 takes no disk images. Choose another, or run "pvesm set local --content images,import,iso" as root on a node.',
    },
  ],
  [
    'an extra disk on a storage that is not there',
    hardware({ disks: [{ sizeGiB: 1, storage: 'nope' }] }, { storage: 'ceph-vm' }),
    scratchCluster,
    {
      code: 'storage-unknown',
      field: 'defaults.hardware.disks.0.storage',
      message:
        'No node can take this VM: pve1 has no storage nope, nor has any other node that you may see; pve2 has no storage nope, nor has any other node that you may see; pve3 has no storage nope, nor has any other node that you may see.',
    },
  ],
  [
    'a first boot for an installer',
    fromIso('linux', { defaults: { cloudInit: { timezone: 'UTC' } } }),
    scratchCluster,
    {
      code: 'cloud-init-with-iso',
      field: 'defaults.cloudInit',
      message:
        'An installer reads no first-boot configuration. Leave it out, or deploy from a cloud image.',
    },
  ],
  [
    'an address for an installer',
    fromIso('linux', { defaults: { networks: [{ ip: '10.0.0.5/24' }] } }),
    scratchCluster,
    {
      code: 'address-with-installer',
      field: 'defaults.networks.0.ip',
      message: 'Who sits at the installer sets the address there: Proxmox cannot. Leave it out.',
    },
  ],
  [
    'answers for Linux',
    windows({ osType: 'linux', unattended: answers }),
    scratchCluster,
    {
      code: 'unattended-without-windows',
      field: 'source.unattended',
      message:
        'Only Windows setup reads these answers. Choose the Windows that the ISO installs, or leave them out.',
    },
  ],
  [
    'answers without drivers',
    windows({ driversVolid: undefined, unattended: answers }),
    scratchCluster,
    {
      code: 'drivers-missing',
      field: 'source.driversVolid',
      message:
        'Windows setup sees no disk on scsi without its driver (vioscsi\\w11\\amd64). Download virtio-win.iso on the page Images (it is in the catalogue) and choose it as the driver ISO, or put the disk on sata.',
    },
  ],
  [
    'a computer name that is too long',
    unattendedWindows({ vms: [{ name: 'accounting-server-{1..2}' }] }),
    scratchCluster,
    {
      code: 'name-too-long-windows',
      field: 'vms.0.name',
      message: 'accounting-server-1 has 19 characters. Windows computer names have at most 15.',
    },
  ],
  [
    'answers without a storage for them',
    unattendedWindows({ placement: { node: 'pve1' } }),
    scratchClusterWith({
      storages: scratchCluster.storages.map((storage) =>
        storage.name === 'local' && storage.node === 'pve1'
          ? { ...storage, content: ['import'] }
          : storage,
      ),
    }),
    {
      code: 'no-iso-storage',
      field: 'source.unattended',
      message:
        'No storage on pve1 takes ISO images, which would carry the answers: enable that content on one (pvesm set STORAGE --content iso,…).',
    },
  ],
  [
    'a password that Windows Server refuses',
    windows({
      osType: 'windows-server-2025',
      unattended: { ...answers, administratorPassword: 'abc' },
    }),
    scratchCluster,
    {
      code: 'password',
      field: 'source.unattended.administratorPassword',
      message:
        'Windows Server refuses the password of Administrator: it needs 6 characters or more, of three kinds (small letters, capitals, digits, others).',
    },
  ],
  [
    'a first boot that no template carries',
    fromImage({
      source: { kind: 'image', volid: image, convertToTemplate: true },
      defaults: { cloudInit: { packages: ['nginx'] } },
    }),
    scratchCluster,
    {
      code: 'template-first-boot',
      field: 'defaults.cloudInit',
      message:
        "A template carries what Proxmox's own keys can say. Give the rest to the VMs that are deployed from it.",
    },
  ],
  [
    'a user who may not read the storage of the ISO',
    fromIso('linux', { defaults: { storage: 'ceph-vm' } }),
    scratchClusterWith({
      holds: (path, privilege) =>
        path !== '/storage/local' || !/^Datastore\.(AllocateSpace|Audit)$/.test(privilege),
    }),
    {
      code: 'privilege-missing',
      field: 'source.volid',
      message:
        'You may not read from this storage. Proxmox asks for Datastore.Audit on /storage/local.',
    },
  ],
]

describe('what cannot be done is told with its field and its cure', () => {
  test.each(blockers)('%s', (_what, request, inventory, issue) => {
    const plan = planFor(request, inventory)
    expect(plan.blockers).toContainEqual(expect.objectContaining(issue))
  })
})

const warnings: Case[] = [
  [
    'Windows by hand without drivers',
    windows({ driversVolid: undefined }),
    scratchCluster,
    {
      code: 'drivers-missing',
      field: 'source.driversVolid',
      message:
        'Windows setup sees no disk on scsi without its driver (vioscsi\\w11\\amd64). Download virtio-win.iso on the page Images (it is in the catalogue) and choose it as the driver ISO, or put the disk on sata.',
    },
  ],
  [
    'answers that nobody may remove',
    unattendedWindows(),
    scratchClusterWith({ holds: without('Datastore.Allocate') }),
    {
      code: 'answers-stay',
      field: 'source.unattended',
      message:
        'You may not remove images from local: Proxmox asks for Datastore.Allocate. The images with the answers are detached after setup and stay there with the passwords, readable for everybody who may see the storage. Change the passwords then, or have the images removed.',
    },
  ],
  [
    'answers that are not read',
    unattendedWindows({ defaults: { start: false } }),
    scratchCluster,
    {
      code: 'answers-stay',
      field: 'source.unattended',
      message:
        'A VM that is not started does not read its answers: their image, which has the passwords, stays attached to it.',
    },
  ],
  [
    'checks of templates',
    fromImage({
      source: { kind: 'image', volid: image, convertToTemplate: true },
      defaults: { validate: {} },
    }),
    scratchCluster,
    {
      code: 'not-started',
      field: 'source.convertToTemplate',
      message: 'Templates are not started, so nothing in them is checked.',
    },
  ],
]

describe('what is doubtful is told, and done', () => {
  test.each(warnings)('%s', (_what, request, inventory, issue) => {
    const plan = planFor(request, inventory)
    expect(plan.warnings).toContainEqual(expect.objectContaining(issue))
    expect(plan.blockers).toEqual([])
  })
})
