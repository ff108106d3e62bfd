import { describe, expect, it } from 'vitest'
import { readTemplate } from './template.ts'

const storages = ['local-lvm', 'thick'].map((name) => ({
  name,
  node: 'pve1',
  type: name === 'thick' ? 'lvm' : 'lvmthin',
  shared: false,
  active: true,
  content: ['images'],
  totalGiB: 100,
  availableGiB: 50,
}))

const read = (config: Record<string, string | number>, hasFeature: 0 | 1 = 1) =>
  readTemplate(9000, 'pve1', { digest: 'x', ...config }, { hasFeature, nodes: ['pve1'] }, storages)

const reason = (config: Record<string, string>) => read(config, 0).linkedClone.reason

describe('readTemplate', () => {
  it('reads a cloud image as Proxmox hands it out', () => {
    const template = read({
      name: 'ubuntu-24.04',
      description: 'Noble',
      ostype: 'l26',
      cores: 2,
      memory: '2048',
      scsihw: 'virtio-scsi-single',
      boot: 'order=scsi0;ide2;net0',
      scsi0: 'local-lvm:base-9000-disk-0,discard=on,iothread=1,size=3584M',
      efidisk0: 'local-lvm:base-9000-disk-1,efitype=4m,pre-enrolled-keys=1,size=4M',
      ide2: 'local-lvm:vm-9000-cloudinit,media=cdrom,size=4M',
      ide0: 'local:iso/tools.iso,media=cdrom,size=350K',
      sata1: 'none,media=cdrom',
      net0: 'virtio=BC:24:11:2A:00:01,bridge=vmbr0,firewall=1,tag=20,mtu=9000',
      net10: 'model=e1000,macaddr=BC:24:11:2A:00:02,bridge=vmbr1',
      agent: 'enabled=on,fstrim_cloned_disks=1',
      tags: 'linux;ubuntu',
      ipconfig0: 'ip=dhcp',
      nameserver: '10.0.0.53',
      cipassword: '**********',
      meta: 'creation-qemu=9.0.2,ctime=1730000000',
      template: 1,
      vmgenid: 'b1c0',
    })
    expect(template).toEqual({
      vmid: 9000,
      name: 'ubuntu-24.04',
      node: 'pve1',
      description: 'Noble',
      osType: 'l26',
      cores: 2,
      sockets: 1,
      memoryMiB: 2048,
      disks: [
        {
          key: 'scsi0',
          storage: 'local-lvm',
          volid: 'local-lvm:base-9000-disk-0',
          sizeGiB: 3.5,
          boot: true,
        },
        {
          key: 'efidisk0',
          storage: 'local-lvm',
          volid: 'local-lvm:base-9000-disk-1',
          sizeGiB: 0.004,
          boot: false,
        },
      ],
      nics: [
        {
          key: 'net0',
          model: 'virtio',
          bridge: 'vmbr0',
          vlan: 20,
          firewall: true,
          options: 'mtu=9000',
        },
        { key: 'net10', model: 'e1000', bridge: 'vmbr1', vlan: null, firewall: false, options: '' },
      ],
      cloudInitDrive: 'ide2',
      cloudInitVolume: 'local-lvm:vm-9000-cloudinit',
      cdVolumes: ['local:iso/tools.iso'],
      agent: true,
      tags: ['linux', 'ubuntu'],
      lock: null,
      createdAt: '2024-10-27T03:33:20.000Z',
      // The password as Proxmox shows it.
      inherited: { cipassword: '**********', ipconfig0: 'ip=dhcp', nameserver: '10.0.0.53' },
      linkedClone: { possible: true, reason: null },
    })
  })

  it('fills in what Proxmox leaves out', () => {
    expect(read({})).toMatchObject({
      name: 'VM 9000',
      cores: 1,
      sockets: 1,
      memoryMiB: 512,
      disks: [],
      nics: [],
      agent: false,
      tags: [],
      createdAt: null,
    })
  })

  it.each([
    [
      'the old key',
      { bootdisk: 'virtio1', boot: 'cdn', virtio0: 'a:b', virtio1: 'a:c' },
      'virtio1',
    ],
    ['no order at all', { virtio0: 'a:b', scsi1: 'a:c', scsi0: 'a:d' }, 'scsi0'],
    [
      'an order that starts with the network',
      { boot: 'order=net0;virtio0', virtio0: 'a:b', scsi0: 'a:c' },
      'virtio0',
    ],
    ['an order without disks', { boot: 'order=net0', scsi0: 'a:c' }, undefined],
    ['never the EFI variables', { efidisk0: 'a:b,size=4M' }, undefined],
  ])('finds the boot disk with %s', (_name, config, key) => {
    expect(read(config).disks.find((disk) => disk.boot)?.key).toBe(key)
  })

  it.each([
    ['1', true],
    ['0', false],
    ['enabled=0,type=virtio', false],
    ['on', true],
  ])('reads agent: %s', (agent, enabled) => {
    expect(read({ agent }).agent).toBe(enabled)
  })

  it('says why linked clones are not possible', () => {
    expect(reason({ scsi0: 'local-lvm:base-9000-disk-0', scsi1: 'thick:vm-9000-disk-0' })).toBe(
      'scsi1 is on thick, and storage of type lvm makes no linked clones.',
    )
    expect(reason({ scsi0: '/dev/sdb' })).toBe('scsi0 is not on a storage of Proxmox.')
    expect(reason({ scsi0: 'local-lvm:vm-9000-disk-0' })).toBe(
      'Proxmox says that the storage of its disks makes no linked clones.',
    )
  })
})
