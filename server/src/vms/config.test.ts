import { describe, expect, it } from 'vitest'
import {
  configText,
  readCloudInit,
  readDifferences,
  readDrives,
  readHardware,
  readPending,
  readSettings,
} from './config.ts'

const config = configText({
  agent: 'enabled=1,fstrim_cloned_disks=1',
  balloon: 0,
  boot: 'order=scsi0;ide2',
  ciuser: 'ops',
  cores: 2,
  cpu: 'host,flags=+aes',
  digest: 'abc',
  efidisk0: 'ceph-vm:vm-211-disk-1,efitype=4m,size=528K',
  ide2: 'ceph-vm:vm-211-cloudinit,media=cdrom,size=4M',
  ide3: 'local:iso/virtio-win.iso,media=cdrom,size=700M',
  ipconfig0: 'ip=dhcp',
  memory: 'current=4096',
  meta: 'creation-qemu=9.0.2,ctime=1730000000',
  net0: 'virtio=BC:24:11:7F:3A:51,bridge=vmbr0,tag=20,firewall=1',
  onboot: 1,
  protection: 'yes',
  scsi0: 'ceph-vm:vm-211-disk-0,discard=on,size=20G',
  scsi1: 'local-lvm:vm-211-disk-2,size=1536M',
  serial0: 'socket',
  tags: 'web;staging',
  unused0: 'ceph-vm:vm-211-disk-9',
})

describe('a config', () => {
  it('has its drives by kind, the one that boots first', () => {
    expect(
      readDrives(config).map(({ key, kind, sizeGiB, boot }) => [key, kind, sizeGiB, boot]),
    ).toEqual([
      ['scsi0', 'disk', 20, true],
      ['efidisk0', 'efi', 0.001, false],
      ['ide2', 'cloud-init', 0.004, false],
      ['ide3', 'cd', 0.684, false],
      ['scsi1', 'disk', 1.5, false],
      ['unused0', 'unused', 0, false],
    ])
  })

  it('has size and NICs', () => {
    expect(readHardware(config)).toMatchObject({
      cores: 2,
      sockets: 1,
      cpuType: 'host',
      memoryMiB: 4096,
      balloonMiB: 0,
      bios: 'seabios',
      serialPorts: ['serial0'],
      nics: [{ key: 'net0', bridge: 'vmbr0', vlan: 20, firewall: true, mac: 'BC:24:11:7F:3A:51' }],
    })
  })

  it('has settings, with every spelling of a flag', () => {
    expect(readSettings(config)).toEqual({
      description: '',
      tags: ['web', 'staging'],
      protection: true,
      startsWithNode: true,
      agent: true,
      osType: null,
      digest: 'abc',
    })
  })

  it('may be empty', () => {
    const hardware = readHardware(configText({}))
    expect(hardware).toMatchObject({ cores: 1, memoryMiB: 512, drives: [], nics: [] })
  })
})

it('what waits for a restart is what has another value, or goes away; passwords stay hidden', () => {
  expect(
    readPending([
      { key: 'cores', value: 2, pending: 4 },
      { key: 'memory', value: '4096' },
      { key: 'tags', value: 'a', delete: 1 },
      { key: 'cipassword', value: '**********', pending: '$6$secret' },
    ]),
  ).toEqual([
    { key: 'cores', value: '2', pending: '4' },
    { key: 'tags', value: 'a', pending: null },
    { key: 'cipassword', value: '••••••••', pending: '••••••••' },
  ])
})

describe('cloud-init', () => {
  it('compares what is configured with the drive', () => {
    expect(
      readCloudInit(config, [
        { key: 'ciuser', value: 'ops', pending: 'mira' },
        { key: 'sshkeys', value: 'ssh-ed25519%20AAAA%20a%40b%0A' },
        { key: 'nameserver', delete: 1 },
      ]),
    ).toEqual({
      drive: 'ide2',
      outdated: true,
      keys: [
        { key: 'ciuser', wanted: 'mira', actual: 'ops', differs: true },
        { key: 'ipconfig0', wanted: 'ip=dhcp', actual: 'ip=dhcp', differs: false },
        { key: 'nameserver', wanted: null, actual: null, differs: true },
        {
          key: 'sshkeys',
          wanted: 'ssh-ed25519 AAAA a@b',
          actual: 'ssh-ed25519 AAAA a@b',
          differs: false,
        },
      ],
    })
  })

  it('is none without its drive', () =>
    expect(readCloudInit(configText({ scsi0: 'local:vm-1-disk-0' }), [])).toBeNull())
})

it.each([
  [{ cores: 2, memory: '4096', onboot: true, agent: '1' }, []],
  [{ cores: 4 }, [{ key: 'cores', wanted: '4', actual: '2' }]],
  [{ onboot: 0 }, [{ key: 'onboot', wanted: '0', actual: '1' }]],
  [{ nameserver: '10.0.0.1' }, [{ key: 'nameserver', wanted: '10.0.0.1', actual: null }]],
  // Those of which it says nothing, and those that were filled in at the time.
  [{ tags: 'other', net0: 'virtio,bridge=x', ipconfig0: '{address}' }, []],
] as const)('of what a deployment set, %j, other now: %j', (wanted, expected) => {
  const plain = new Map([...config, ['memory', '4096'], ['agent', 'yes']])
  expect(readDifferences(wanted, plain)).toEqual(expected)
})
