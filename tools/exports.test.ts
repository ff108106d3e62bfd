import { assert, dictionary, property, string } from 'fast-check'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, parseDocument } from 'yaml'
import { MASKED } from '@deployer/core/cloud-init/passwords.ts'
import { planFor, requestWith } from '@deployer/core/fixtures.ts'
import type { Inventory } from '@deployer/core/inventory.ts'
import { maskedPlan } from '@deployer/core/masked-plan.ts'
import type { Call } from '@deployer/core/plan.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import {
  fromImage,
  fromIso,
  scratchCluster,
  unattendedWindows,
} from '@deployer/core/scratch/fixtures.ts'
import { callsOf } from '@deployer/core/steps.ts'
import { callCommand } from '@deployer/core/export/curl.ts'
import type { ExportedDeployment } from '@deployer/core/export/deployment.ts'
import { exportAs } from '@deployer/core/export/exports.ts'
import { hclString } from '@deployer/core/export/hcl.ts'
import { formValue, quoted } from '@deployer/core/export/shell.ts'

const id = 'd-7f3a'

const exported = (request: DeploymentRequest, inventory?: Inventory): ExportedDeployment => {
  const plan = maskedPlan(planFor(request, inventory))
  expect(plan.blockers).toEqual([])
  return {
    id,
    name: "Mira's lab",
    createdAt: '2026-11-23T14:00:00.000Z',
    isUndo: false,
    request,
    vms: plan.vms.map(({ name, vmid, node, steps }) => ({
      name,
      vmid,
      node,
      steps: steps.map(({ spec }) => spec),
    })),
  }
}

const awkward = `it's "$(touch /tmp/owned)" \`id\` \${HOME} %{if} {{ jinja }} \\ back; & | > <\nsecond line #`

const clones = exported(
  requestWith({
    source: { kind: 'template', vmid: 9000, clone: 'full' },
    pool: 'lab',
    defaults: {
      cores: 4,
      memoryMiB: 4096,
      diskGiB: 40,
      storage: 'ceph-vm',
      description: awkward,
      tags: ['web'],
      onBoot: true,
      networks: [
        {
          bridge: 'vmbr0',
          vlan: 20,
          ip: '10.0.0.{20..22}/24',
          gateway: '10.0.0.1',
          nameservers: ['10.0.0.53'],
        },
      ],
      validate: { ports: [22] },
    },
  }),
)

const firstBoot = exported(
  requestWith({
    defaults: {
      cloudInit: {
        users: [
          {
            name: 'ops',
            sshKeys: [
              'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJr2vI9n8O5oWqAHRcJZx8xSmtTjCwQy3zGfGkq1nT0a mira',
            ],
            passwordHash: '$6$salt$abcdefghijklmnopqrstuvwxyz0123456789',
          },
        ],
        packages: ['nginx'],
        commands: [awkward],
      },
    },
  }),
)

const all: [string, ExportedDeployment][] = [
  ['clones', clones],
  ['clones with a first boot', firstBoot],
  ['VMs from an ISO', exported(fromIso('linux'), scratchCluster)],
  ['VMs from an image', exported(fromImage(), scratchCluster)],
  ['Windows that installs itself', exported(unattendedWindows(), scratchCluster)],
]

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'export-test-'))
  const answers = `#!/bin/sh
cat >/dev/null
printf '%s\\0' "$@" >>${quoted(join(folder, 'calls'))}
printf '\\0' >>${quoted(join(folder, 'calls'))}
printf '%s' '{"data":{"digest":"abc123","status":"stopped","exitstatus":"OK"}}'
`
  const stubs = {
    curl: answers,
    genisoimage: '#!/bin/sh\nprintf x >"$3"\n',
    ssh: '#!/bin/sh\ncat >/dev/null\n',
    sleep: '#!/bin/sh\n',
  }
  for (const [name, text] of Object.entries(stubs)) {
    writeFileSync(join(folder, name), text)
    chmodSync(join(folder, name), 0o755)
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a script with a curl that only writes down how it was called. */
const run = (script: string): string[][] => {
  const calls = join(folder, 'calls')
  writeFileSync(calls, '')
  execFileSync('sh', ['-c', script], {
    env: {
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
      PROXMOX_URL: 'https://pve1:8006',
      PROXMOX_TOKEN: 'root@pam!ci=secret-of-the-token',
      CIPASSWORD: 'secret of the VMs',
      PASSWORD_HASH: '$6$of$the$environment',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  return readFileSync(calls, 'utf8')
    .split('\0\0')
    .filter((call) => call !== '')
    .map((call) => call.split('\0'))
}

/** No word of a shell holds a NUL, and Proxmox refuses it. */
const clean = (text: string) => text.replaceAll('\0', '').toWellFormed()

const after = (words: string[], option: string) =>
  words.flatMap((word, index) => (words[index - 1] === option ? [word] : []))

const sentBy = (words: string[]) => ({
  method: after(words, '--request')[0],
  path: words.at(-1)?.replace('https://pve1:8006/api2/json', ''),
  params: after(words, '--data-urlencode'),
})

const expectedOf = ({ method, path, params }: Call) => ({
  method,
  path: path.replaceAll('{deployment}', id),
  params: Object.entries(params).map(([name, value]) => {
    if (name === 'digest') return 'digest=abc123'
    if (name === 'cipassword') return 'cipassword=secret of the VMs'
    return `${name}=${formValue(value).replaceAll('{deployment}', id)}`
  }),
})

/** A curl that answers as `cases` say, by its words, and tells what it changes. */
const curlOf = (cases: string) =>
  `curl() { cat >/dev/null; case "$*" in ${cases} esac; [ "$7" = GET ] || echo "sent $7" >&2; printf '%s' "$answer"; }\n`

const withDescription = (text: string) => curlOf(`*) answer='{"data":{"description":"${text}"}}';;`)

/** What a script says that fails. */
const complaintOf = (script: string): string => {
  try {
    run(script)
  } catch (error) {
    if (error instanceof Error && 'stderr' in error) return String(error.stderr)
    throw error
  }
  throw new Error('The script did not fail')
}

describe('curl', () => {
  it.each(all)('makes every call of the plan of %s, in its order', (_, deployment) => {
    const calls = run(exportAs('curl', deployment)).map(sentBy)
    const wanted = deployment.vms.flatMap((vm) =>
      vm.steps.flatMap((spec) => {
        // Answers for Windows cannot be told, a key is pressed again and again.
        if (spec.kind === 'upload-seed' && spec.answers !== undefined) return []
        const own = callsOf(spec, vm).map(expectedOf)
        if (spec.kind === 'upload-seed') return own.map((call) => ({ ...call, params: [] }))
        return spec.kind === 'send-keys' ? Array(spec.seconds).fill(own).flat() : own
      }),
    )
    expect(calls).toEqual(wanted)
  })

  it('brings every parameter through a shell as it is', () => {
    assert(
      property(
        dictionary(string({ unit: 'grapheme' }), string({ unit: 'binary' }), { maxKeys: 4 }),
        (raw) => {
          const params = Object.fromEntries(
            Object.entries(raw).map(([name, value]) => [`k${clean(name)}`, clean(value)]),
          )
          const call = { method: 'POST' as const, path: '/x', params, changes: true }
          const command = callCommand(call, { id, vmid: 100 })
          const out = execFileSync('sh', ['-c', `task() { printf '%s\\0' "$@"; }\n${command}`], {
            encoding: 'utf8',
          })
          const words = out.split('\0').slice(0, -1)
          expect(after(words, '--data-urlencode')).toEqual(
            Object.entries(params).map(
              ([name, value]) => `${name}=${value.replaceAll('{deployment}', id)}`,
            ),
          )
        },
      ),
      { numRuns: 60 },
    )
  })

  it('asks for what is secret, and stops where a task fails', () => {
    const script = exportAs('curl', clones)
    expect(() => run(`unset PROXMOX_TOKEN\n${script}`)).toThrow('Set it to USER@REALM!ID=SECRET')
    expect(run(script).flat().join(' ')).not.toContain('secret-of-the-token')
    const failing = `curl() { cat >/dev/null; printf '%s' '{"data":"UPID:pve1:1:2:3:qmclone:9000:root@pam:","status":"stopped","exitstatus":"boom"}'; }\n`
    expect(() => run(failing + script)).toThrow('exitstatus')
  })

  it('stops at the first call that Proxmox refuses: what follows would change the VM of somebody else', () => {
    const refused = curlOf(`*'request POST'*) echo refused >&2; return 22;; *) answer='{}';;`)
    const output = complaintOf(refused + exportAs('curl', clones))
    expect(output.match(/refused/g)).toHaveLength(1)
    expect(output).not.toContain('sent PUT')
  })

  it('takes back only what carries the stamp', () => {
    const deployment = 'd-5b21'
    const undo: ExportedDeployment = {
      ...clones,
      isUndo: true,
      vms: [
        {
          name: 'web-01',
          vmid: 105,
          node: 'pve1',
          steps: [
            { kind: 'stop', node: 'pve1', deployment },
            { kind: 'destroy', node: 'pve1', deployment },
          ],
        },
      ],
    }
    const script = exportAs('curl', undo)
    const foreign = String.raw`mine\nvm-deployer d-5b2 web-01\n`
    const complaint = complaintOf(withDescription(foreign) + script)
    expect(complaint).toContain('/nodes/pve1/qemu/105/config lacks "vm-deployer d-5b21 "')
    expect(complaint).not.toContain('sent')
    const ours = String.raw`vm-deployer d-5b21 web-01\n`
    expect(() => run(withDescription(ours) + script)).not.toThrow()
  })
})

describe('terraform', () => {
  it('has what the plan has', () => {
    const text = exportAs('terraform', clones)
    const [first] = clones.vms
    for (const line of [
      `resource "proxmox_virtual_environment_vm" "web-01-${first?.vmid}" {`,
      'cores = 4',
      'dedicated = 4096',
      'vlan_id = 20',
      'address = "10.0.0.20/24"',
      'gateway = "10.0.0.1"',
      'servers = ["10.0.0.53"]',
      'pool_id = "lab"',
      'on_boot = true',
      'tags = ["web"]',
      'size = 40',
      'full = true',
    ])
      expect(text).toContain(line)
    expect(text).not.toContain('Not expressed')
  })

  it.each(all)('of %s has as many brackets opened as closed', (_, deployment) => {
    const bare = exportAs('terraform', deployment)
      .replaceAll(/^\s*#.*$/gm, '')
      .replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')
    for (const [open, close] of ['{}', '[]', '()'])
      expect(bare.split(open ?? '').length).toBe(bare.split(close ?? '').length)
  })

  it.each(all)('of %s declares the variables that it names, and no others', (_, deployment) => {
    const text = exportAs('terraform', deployment)
    const found = (pattern: RegExp) => new Set([...text.matchAll(pattern)].map(([, name]) => name))
    expect(found(/\bvar\.(\w+)/g)).toEqual(found(/^variable "(\w+)"/gm))
  })

  it('takes a text for what it is', () => {
    assert(
      property(string({ unit: 'grapheme' }), (text) => {
        const written = hclString(text)
        expect(written).not.toMatch(/(?:^|[^$])(?:\$\$)*\$\{/)
        const plain = written.replaceAll('$${', '${').replaceAll('%%{', '%{')
        expect(text.includes(MASKED) ? text : JSON.parse(plain)).toBe(text)
      }),
    )
  })

  it.each([
    ['${a}', '"$${a}"'],
    ['%{ if }', '"%%{ if }"'],
    ['a"b\\', String.raw`"a\"b\\"`],
    ['\b\f', String.raw`"\u0008\u000c"`],
    [`x ${MASKED}`, '"x ${var.password_hash}"'],
  ])('writes %j as %s', (text, hcl) => {
    expect(hclString(text)).toBe(hcl)
  })
})

describe('ansible', () => {
  it.each(all)('of %s is YAML with the tasks of each VM', (_, deployment) => {
    const text = exportAs('ansible', deployment)
    expect(parseDocument(text).errors).toEqual([])
    const [play] = parse(text, { logLevel: 'silent' })
    const names: string[] = play.tasks.map(({ name }: { name: string }) => name)
    for (const { name } of deployment.vms)
      expect(names.filter((task) => task.includes(name)).length).toBeGreaterThanOrEqual(1)
  })

  it('has nothing that PyYAML takes for a line break, or does not read', () => {
    const breaks = 'a\u2028- hosts: localhost\u0085\u0080\uFEFFb'
    const [vm] = firstBoot.vms
    if (vm === undefined) throw new Error('There is no VM')
    const named = (steps: typeof vm.steps) =>
      steps.map((spec) => (spec.kind === 'clone' ? { ...spec, description: breaks } : spec))
    const deployment = { ...firstBoot, name: breaks, vms: [{ ...vm, steps: named(vm.steps) }] }
    const text = exportAs('ansible', deployment)
    expect(text).not.toMatch(/[\u007F-\u009F\u2028\u2029\uFEFF]/)
    const tasks = JSON.stringify(parse(text, { logLevel: 'silent' })[0].tasks)
    expect(tasks).toContain(JSON.stringify(breaks).slice(1, -1))
  })

  it('has what the plan has, and text for Jinja only where it is meant', () => {
    const text = exportAs('ansible', clones)
    const [play] = parse(text, { logLevel: 'silent' })
    const [clone, setUp, grow, start] = play.tasks
    const [first] = clones.vms
    expect(clone['community.proxmox.proxmox_kvm']).toMatchObject({
      vmid: 9000,
      newid: first?.vmid,
      full: true,
      storage: 'ceph-vm',
      pool: 'lab',
    })
    expect(setUp['community.proxmox.proxmox_kvm']).toMatchObject({
      cores: 4,
      memory: 4096,
      tags: ['web'],
      ipconfig: { ipconfig0: 'ip=10.0.0.20/24,gw=10.0.0.1' },
      nameservers: ['10.0.0.53'],
      onboot: true,
      description: expect.stringContaining('{{ jinja }}'),
    })
    expect(grow['community.proxmox.proxmox_disk']).toMatchObject({ disk: 'scsi0', size: '40G' })
    expect(start['community.proxmox.proxmox_kvm']).toMatchObject({ state: 'started' })
    expect(text).toMatch(/description: !unsafe ".*\{\{ jinja \}\}/)
  })
})

it.each(['curl', 'terraform', 'ansible'] as const)(
  '%s holds no secret and says what it lacks',
  (format) => {
    for (const [, deployment] of all) {
      const text = exportAs(format, deployment)
      expect(text).not.toMatch(/\$6\$|Sehr-geheim|\*{8}/)
      expect(text.endsWith('\n')).toBe(true)
    }
    const windows = exportAs(format, exported(unattendedWindows(), scratchCluster))
    expect(windows).toMatch(/(Cannot be|Not) expressed here.*answers for Windows setup/)
  },
)

it.each(['terraform', 'ansible'] as const)('VMs made by %s do not carry the stamp', (format) => {
  for (const [, deployment] of all) {
    const text = exportAs(format, deployment)
    expect(text).not.toMatch(/vm-deployer \S+ \S+/)
    expect(text).not.toContain('{deployment}')
  }
})

it('json is the request', () => {
  expect(JSON.parse(exportAs('json', clones))).toEqual(clones.request)
})
