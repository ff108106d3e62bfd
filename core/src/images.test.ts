import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fileNameProblem,
  imagesOf,
  imageSchema,
  type ListedFile,
  plainFileName,
  storageNameOf,
} from './images.ts'
import { recogniseOs } from './images/recognise.ts'

/** Names as publishers give them. */
const isos: [name: string, os: string | null, osType: string | null][] = [
  ['Win11_24H2_English_x64.iso', 'Windows 11', 'windows-11'],
  ['Win10_22H2_German_x64v1.iso', 'Windows 10', 'windows-10'],
  ['windows-server-2025.iso', 'Windows Server 2025', 'windows-server-2025'],
  [
    '26100.1742.240906-0331.ge_release_svc_refresh_SERVER_EVAL_x64FRE_en-us.iso',
    'Windows Server 2025',
    'windows-server-2025',
  ],
  ['SERVER_EVAL_x64FRE_en-us.iso', 'Windows Server 2022', 'windows-server-2022'],
  ['en-us_windows_server_2022_x64_dvd_620d7eac.iso', 'Windows Server 2022', 'windows-server-2022'],
  ['WinServer2019.iso', 'Windows Server 2019', 'windows-server-2019'],
  [
    'Windows_Server_2016_Datacenter_EVAL_en-us_14393_refresh.ISO',
    'Windows Server 2016',
    'windows-server-2016',
  ],
  [
    '22631.2428.231001-0608.23H2_NI_RELEASE_SVC_REFRESH_CLIENTENTERPRISEEVAL.iso',
    'Windows 11',
    'windows-11',
  ],
  ['debian-13.1.0-amd64-netinst.iso', 'Debian 13', 'linux'],
  ['debian-live-12.5.0-amd64-gnome.iso', 'Debian 12', 'linux'],
  ['ubuntu-24.04.3-live-server-amd64.iso', 'Ubuntu 24.04', 'linux'],
  ['Rocky-9.5-x86_64-minimal.iso', 'Rocky Linux 9', 'linux'],
  ['AlmaLinux-9-latest-x86_64-dvd.iso', 'AlmaLinux 9', 'linux'],
  ['Fedora-Server-dvd-x86_64-43-1.6.iso', null, null],
  ['rhel-9.4-x86_64-dvd.iso', 'Red Hat Enterprise Linux 9', 'linux'],
  ['openSUSE-Leap-15.6-DVD-x86_64-Media.iso', 'openSUSE Leap 15.6', 'linux'],
  ['alpine-virt-3.21.0-x86_64.iso', 'Alpine Linux 3.21', 'linux'],
  ['archlinux-2026.10.01-x86_64.iso', 'Arch Linux', 'linux'],
  ['proxmox-ve_9.1-1.iso', 'Proxmox VE', 'linux'],
  ['proxmox-backup-server_4.0-1.iso', 'Proxmox backup server', 'linux'],
  ['OPNsense-25.7-dvd-amd64.iso', 'OPNsense 25.7', 'other'],
  ['memtest86plus-7.20.iso', null, null],
  ['darwin-10.iso', null, null],
]

describe('an ISO is told by its name', () => {
  it.each(isos)('%s', (name, os, osType) => {
    expect(recogniseOs(name, 'iso')).toEqual({
      kind: 'iso',
      os: os === null ? null : { name: os, osType },
    })
  })

  it.each([
    ['virtio-win-0.1.285.iso', 'VirtIO drivers 0.1.285'],
    ['virtio-win.iso', 'VirtIO drivers'],
    ['virtio_win_0.1.262.iso', 'VirtIO drivers 0.1.262'],
  ])('%s holds drivers', (name, os) => {
    expect(recogniseOs(name, 'iso')).toEqual({ kind: 'drivers', os: { name: os, osType: null } })
  })

  it('one that a deployment made is a seed', () => {
    expect(recogniseOs('d-7f3a09c2d1-web-01.iso', 'iso')).toEqual({ kind: 'seed', os: null })
  })
})

it.each([
  ['noble-server-cloudimg-amd64.qcow2', 'Ubuntu 24.04'],
  ['resolute-server-cloudimg-amd64.qcow2', 'Ubuntu 26.04'],
  ['debian-13-generic-amd64.qcow2', 'Debian 13'],
  ['Rocky-9-GenericCloud-Base.latest.x86_64.qcow2', 'Rocky Linux 9'],
  ['AlmaLinux-9-GenericCloud-latest.x86_64.qcow2', 'AlmaLinux 9'],
  ['CentOS-Stream-GenericCloud-9-latest.x86_64.qcow2', 'CentOS Stream 9'],
  ['Fedora-Cloud-Base-Generic-44-1.7.x86_64.qcow2', 'Fedora 44'],
])('the cloud image %s is %s', (name, os) => {
  expect(recogniseOs(name, 'import')).toEqual({ kind: 'image', os: { name: os, osType: 'linux' } })
})

const file = (volid: string, changes: Partial<ListedFile> = {}): ListedFile => ({
  volid,
  content: 'iso',
  sizeBytes: 1000,
  ctime: 1_700_000_000,
  storage: storageNameOf(volid),
  node: 'pve1',
  shared: false,
  ...changes,
})

describe('the list', () => {
  it('has drivers first, the newest of them preferred, and seeds last', () => {
    const images = imagesOf([
      file('local:iso/d-7f3a09c2d1-web-01.iso'),
      file('local:iso/debian-13.iso'),
      file('local:import/noble-server-cloudimg-amd64.qcow2', { content: 'import' }),
      file('local:iso/debian-9.iso'),
      file('local:iso/virtio-win-0.1.99.iso'),
      file('local:iso/virtio-win-0.1.285.iso'),
    ])
    expect(images.map(({ name, kind, preferred }) => [name, kind, preferred])).toEqual([
      ['virtio-win-0.1.285.iso', 'drivers', true],
      ['virtio-win-0.1.99.iso', 'drivers', false],
      ['debian-9.iso', 'iso', false],
      ['debian-13.iso', 'iso', false],
      ['noble-server-cloudimg-amd64.qcow2', 'image', false],
      ['d-7f3a09c2d1-web-01.iso', 'seed', false],
    ])
  })

  it('prefers drivers that came last where a name says no version', () => {
    const images = imagesOf([
      file('local:iso/virtio-win-0.1.240.iso', { ctime: 1000 }),
      file('local:iso/virtio-win.iso', { ctime: 2000 }),
    ])
    expect(images.find(({ preferred }) => preferred)?.name).toBe('virtio-win.iso')
  })

  it('counts a file on a shared storage once, whoever listed it', () => {
    const images = imagesOf([
      file('nfs:iso/a.iso', { shared: true }),
      file('nfs:iso/a.iso', { shared: true, node: 'pve2' }),
    ])
    expect(images).toMatchObject([{ volid: 'nfs:iso/a.iso', nodes: ['pve1', 'pve2'] }])
  })

  it('takes files of one name on local storages for the same only with the same size', () => {
    const images = imagesOf([
      file('local:iso/a.iso', { node: 'pve2' }),
      file('local:iso/a.iso'),
      file('local:iso/a.iso', { node: 'pve3', sizeBytes: 1001 }),
    ])
    expect(images.map(({ nodes }) => nodes)).toEqual([['pve1', 'pve2'], ['pve3']])
  })

  it('holds whatever names there are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 30 })), (names) => {
        const images = imagesOf(names.map((name) => file(`local:iso/${name}`)))
        for (const image of images) imageSchema.parse(image)
        expect(images).toHaveLength(new Set(names).size)
        expect(images.filter(({ preferred }) => preferred).length).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('a file that is to come', () => {
  it.each([
    ['debian-13.iso', 'iso', null],
    ['memtest.img', 'iso', null],
    ['noble.qcow2', 'import', null],
    ['machine.ova', 'import', null],
    ['', 'iso', 'A file needs a name.'],
    ['noble.img', 'import', expect.stringMatching(/\.img is qcow2/)],
    ['noble.qcow2', 'iso', expect.stringMatching(/ends in \.iso/)],
    ['a b.iso', 'iso', expect.stringMatching(/Only letters/)],
    ['../../etc/passwd.iso', 'iso', expect.stringMatching(/starts with/)],
    ['a/b.iso', 'iso', expect.stringMatching(/Only letters/)],
    ['.hidden.iso', 'iso', expect.stringMatching(/starts with/)],
    [`${'x'.repeat(200)}.iso`, 'iso', expect.stringMatching(/200/)],
  ] as const)('%s as %s', (name, content, problem) => {
    expect(fileNameProblem(name, content)).toEqual(problem)
  })

  it('gets a name that Proxmox takes', () => {
    expect(plainFileName('noble server (1).img', 'import')).toBe('noble-server-1.qcow2')
    expect(plainFileName('Bücher.iso', 'iso')).toBe('Bucher.iso')
    expect(plainFileName('memtest.img', 'iso')).toBe('memtest.img')
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(fileNameProblem(plainFileName(`a${name}.iso`, 'iso'), 'iso')).toBeNull()
      }),
    )
  })
})
