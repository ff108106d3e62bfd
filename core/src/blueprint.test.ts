import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { answers, drivers, image, installer, scratchCluster } from './scratch/fixtures.ts'
import { exampleBlueprints } from './blueprint-examples.ts'
import { fileOf } from './blueprint-file.ts'
import { outlineOf } from './blueprint-outline.ts'
import {
  blueprintFileSchema,
  type BlueprintRequest,
  blueprintRequestSchema,
  matchTemplate,
  toBlueprint,
  toStart,
} from './blueprint.ts'
import { cluster, planFor, sharedTemplate } from './fixtures.ts'
import { deploymentRequestSchema, type DeploymentRequest } from './request.ts'

const request: DeploymentRequest = {
  name: 'web tier',
  source: { kind: 'template', vmid: 9000, clone: 'linked' },
  defaults: { cores: 2, networks: [{ bridge: 'vmbr0', ip: 'dhcp' }] },
  vms: [
    { name: 'web-{01..03}', vmid: 300 },
    { name: 'db', memoryMiB: 8192 },
  ],
}

describe('what is kept of a request', () => {
  test('all but VMIDs, with the name of its template', () => {
    expect(toBlueprint(request, { name: 'ubuntu-24.04' })).toEqual({
      ...request,
      source: { kind: 'template', vmid: 9000, name: 'ubuntu-24.04', clone: 'linked' },
      vms: [{ name: 'web-{01..03}' }, { name: 'db', memoryMiB: 8192 }],
    })
  })

  test('the VMID alone where the name is not known', () => {
    expect(toBlueprint(request, { name: undefined }).source).toEqual(request.source)
  })

  const passwordHash = '$6$salt$abcdefghijklmnop'
  const cloudInit = {
    users: [
      { name: 'ops', password: 'hunter2', sudo: true },
      { name: 'ci', passwordHash },
      { name: 'keys', sshKeys: [] },
    ],
    packages: ['nginx'],
  }
  const withPasswords: DeploymentRequest = {
    ...request,
    defaults: { cores: 2, cloudInit },
    vms: [
      { name: 'web' },
      { name: 'own', cloudInit: { defaultUser: { password: 'hunter3' } } },
      { name: 'win', cloudInit: { adminPassword: 'hunter4', defaultUser: 'none' } },
      { name: 'again', cloudInit: { users: [{ name: 'ops', passwordHash }] } },
    ],
  }

  test('no password, and no hash of one', () => {
    const kept = toBlueprint(withPasswords, null)
    expect(JSON.stringify(kept)).not.toMatch(/hunter|[$]6[$]/)
    expect(blueprintRequestSchema.parse(kept)).toEqual(kept)
    expect(kept.defaults?.cloudInit).toEqual({
      users: [
        { name: 'ops', sudo: true, askPassword: true },
        { name: 'ci', askPassword: true },
        { name: 'keys', sshKeys: [] },
      ],
      packages: ['nginx'],
    })
  })

  test('but that passwords are to be asked for again', () => {
    const { request: again, passwords } = toStart(toBlueprint(withPasswords, null))
    expect(passwords).toEqual(['ops', 'ci', 'the image’s own user', 'Administrator'])
    const { source, name } = request
    expect(deploymentRequestSchema.parse({ ...again, source })).toEqual({
      name,
      source,
      defaults: {
        cores: 2,
        cloudInit: {
          users: [{ name: 'ops', sudo: true }, { name: 'ci' }, { name: 'keys', sshKeys: [] }],
          packages: ['nginx'],
        },
      },
      vms: [
        { name: 'web' },
        { name: 'own', cloudInit: { defaultUser: {} } },
        { name: 'win', cloudInit: { defaultUser: 'none' } },
        { name: 'again', cloudInit: { users: [{ name: 'ops' }] } },
      ],
    })
  })

  test('no template where it is to be chosen each time', () => {
    expect(toBlueprint(request, null).source).toEqual({ kind: 'template', clone: 'linked' })
  })
})

const fromTemplate = (blueprint: BlueprintRequest) => {
  const template = blueprint.defaults?.validate?.ports?.includes(3389)
    ? { ...sharedTemplate, vmid: 9000, osType: 'win11' }
    : sharedTemplate
  const filled = deploymentRequestSchema.parse({
    ...blueprint,
    source: { kind: 'template', vmid: template.vmid, clone: 'linked' },
  })
  return planFor(filled, { ...cluster, templates: [template] })
}

/** Started with what it leaves open. */
const fromScratch = (blueprint: BlueprintRequest) => {
  const { source } = blueprint
  const { unattended } = source.kind === 'iso' ? source : {}
  const { request: rest } = toStart(blueprint)
  const chosen =
    source.kind === 'iso'
      ? {
          ...source,
          volid: installer,
          driversVolid: drivers,
          ...(unattended && { unattended: { ...unattended, ...answers } }),
        }
      : { ...source, volid: image }
  return planFor(deploymentRequestSchema.parse({ ...rest, source: chosen }), scratchCluster)
}

describe('what is kept of an ISO', () => {
  const asked: DeploymentRequest = {
    source: {
      kind: 'iso',
      volid: installer,
      osType: 'windows-11',
      unattended: {
        edition: { index: 1 },
        administratorPassword: 'hunter2',
        productKey: 'HUNTE-R2222-22222-22222-22222',
        user: { name: 'ops', password: 'hunter3', administrator: true },
      },
    },
    defaults: { networks: [{ bridge: 'vmbr0', mac: 'BC:24:11:00:00:01' }] },
    vms: [{ name: 'win-1', hardware: { tpm: true } }],
  }

  test('all but passwords, product key and MAC', () => {
    const kept = toBlueprint(asked, { name: undefined })
    expect(blueprintRequestSchema.parse(kept)).toEqual(kept)
    expect(JSON.stringify(kept)).not.toMatch(/hunte/i)
    expect(kept).toEqual({
      source: {
        kind: 'iso',
        volid: installer,
        osType: 'windows-11',
        unattended: { edition: { index: 1 }, user: { name: 'ops', administrator: true } },
      },
      defaults: { networks: [{ bridge: 'vmbr0' }] },
      vms: [{ name: 'win-1', hardware: { tpm: true } }],
    })
    expect(toStart(kept).passwords).toEqual(['Administrator', 'ops'])
  })

  test('no volume where it is to be chosen each time', () => {
    expect(toBlueprint(asked, null).source).not.toHaveProperty('volid')
    const source = { kind: 'image', volid: image, convertToTemplate: true } as const
    expect(toBlueprint({ ...asked, source }, null).source).toEqual({
      kind: 'image',
      convertToTemplate: true,
    })
  })
})

describe('a blueprint', () => {
  const file = fileOf({ name: 'web', description: null, request: toBlueprint(request, null) })

  test.each<[string, object, string]>([
    ['of another kind', { ...file, kind: 'deployment' }, 'kind'],
    ['of a later version', { ...file, version: 2 }, 'version'],
    ['without a name', { ...file, name: '  ' }, 'name'],
    ['with a name of two lines', { ...file, name: 'web\ntier' }, 'name'],
    ['with a byte that no database takes', { ...file, description: 'a\0b' }, 'description'],
    ['with a field that does not exist', { ...file, owner: 'root@pam' }, ''],
    ['with VMIDs', { ...file, request: { ...file.request, vms: request.vms } }, 'request.vms.0'],
    ['without VMs', { ...file, request: { ...file.request, vms: [] } }, 'request.vms'],
  ])('%s is refused', (_what, wrong, path) => {
    const { error } = blueprintFileSchema.safeParse(wrong)
    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path])
  })

  test('has no field that could hold a secret', () => {
    const fields: string[] = []
    JSON.stringify(z.toJSONSchema(blueprintFileSchema), (key, value: unknown) => {
      if (key === 'properties' && typeof value === 'object' && value !== null)
        fields.push(...Object.keys(value))
      return value
    })
    expect(fields).toContain('memoryMiB')
    const secrets = fields.filter((field) => /passw|secret|token|private|credential/i.test(field))
    // These say that something is to be asked for, or whether a guest takes passwords at all.
    expect(new Set(secrets)).toEqual(
      new Set(['askPassword', 'askAdminPassword', 'sshPasswordLogin']),
    )
  })
})

test.each<[string, BlueprintRequest['vms'], number]>([
  ['patterns', [{ name: 'a-{01..10}' }, { name: 'b-{n}', count: 4 }, { name: 'c' }], 15],
  ['one that cannot be read', [{ name: 'a-{' }, { name: 'b-{1..2}' }], 3],
])('%s are counted', (_what, vms, vmCount) => {
  expect(outlineOf({ source: { kind: 'template' }, vms })).toMatchObject({ vmCount })
})

const named = (vmid: number, name: string, copies: number[] = []) => ({
  vmid,
  name,
  copies: copies.map((copy) => ({ vmid: copy, node: 'pve2' })),
})

describe('the template that is meant', () => {
  const templates = [
    named(9002, 'debian-12', [9001]),
    named(9001, 'debian-12', [9002]),
    named(9000, 'ubuntu-24.04'),
    named(9003, 'rocky-9'),
    named(9004, 'rocky-9'),
  ]

  test.each<[string, Parameters<typeof matchTemplate>[0], number | null, string | null]>([
    ['left open', {}, null, null],
    ['by VMID', { vmid: 9000 }, 9000, null],
    ['by VMID and name', { vmid: 9002, name: 'debian-12' }, 9002, null],
    ['by VMID, not here', { vmid: 777 }, null, 'There is no template 777 here.'],
    ['by name', { name: 'ubuntu-24.04' }, 9000, null],
    ['by name, built anew since', { vmid: 8000, name: 'ubuntu-24.04' }, 9000, null],
    ['by name, the VMID being another one here', { vmid: 9003, name: 'ubuntu-24.04' }, 9000, null],
    ['by name, on several nodes', { name: 'debian-12' }, 9001, null],
    ['by name, not here', { name: 'arch' }, null, 'There is no template arch here.'],
    [
      'by VMID and name, renamed here or another cluster',
      { vmid: 9000, name: 'arch' },
      null,
      'There is no template arch here.',
    ],
    [
      'by a name that two have',
      { name: 'rocky-9' },
      null,
      'Several templates are called rocky-9: 9003, 9004.',
    ],
    ['by a name that two have, and VMID', { vmid: 9004, name: 'rocky-9' }, 9004, null],
  ])('%s', (_how, source, vmid, missing) => {
    expect(matchTemplate(source, templates)).toEqual({ vmid, missing })
  })
})

describe('an example', () => {
  test('has an id of its own', () => {
    expect(new Set(exampleBlueprints.map(({ id }) => id)).size).toBe(exampleBlueprints.length)
  })

  test.each(exampleBlueprints)('$name is a blueprint for any cluster', ({ name, request: own }) => {
    expect(
      blueprintFileSchema.safeParse(fileOf({ name, description: null, request: own })).error,
    ).toBeUndefined()
    expect(own.source).not.toHaveProperty('vmid')
    expect(own.source).not.toHaveProperty('volid')
    const settings = JSON.stringify([own.defaults, own.vms])
    expect(settings).not.toMatch(/"(bridge|storage|node|pool)"/)
  })

  test.each(exampleBlueprints)('$name can be deployed as it is', ({ request: own }) => {
    const plan = own.source.kind === 'template' ? fromTemplate(own) : fromScratch(own)
    expect(plan.blockers).toEqual([])
    expect(plan.vms).toHaveLength(outlineOf(own).vmCount)
  })

  test('workers come first, so that the quantity of the Deploy page counts them', () => {
    const kubernetes = exampleBlueprints.find(({ id }) => id === 'example-kubernetes')
    expect(kubernetes?.request.vms.map((row) => row.name)).toEqual(['worker-{01..03}', 'cp-{1..3}'])
    expect(blueprintRequestSchema.safeParse(kubernetes?.request).success).toBe(true)
  })
})
