import * as fc from 'fast-check'
import { toBlueprint } from '@deployer/core/blueprint.ts'
import { osTypes } from '@deployer/core/hardware/request.ts'
import { createIssueLog } from '@deployer/core/issues.ts'
import { expandRequest } from '@deployer/core/specs.ts'
import { expect, test } from 'vitest'
import { saveDraft } from '../draft.ts'
import { loadDraft } from '../load-draft.ts'
import { type DeployForm, emptyForm, emptyTable } from '../form.ts'
import { fromRequest } from '../from-request.ts'
import { named, requestOf } from './fixtures.ts'
import { emptyScratch } from './state.ts'

const option = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined })

const hardware = fc.record(
  {
    cpuType: fc.constantFrom('host', 'x86-64-v3'),
    sockets: fc.constantFrom('1', '2'),
    balloon: fc.constantFrom('0', '2', '512 MiB'),
    firmware: fc.constantFrom('bios' as const, 'uefi' as const),
    secureBoot: fc.boolean(),
    tpm: fc.boolean(),
    machine: fc.constantFrom('pc', 'pc-q35-9.0'),
    display: fc.constantFrom('std' as const, 'serial0' as const),
    agent: fc.boolean(),
  },
  { requiredKeys: [] },
)

const disk = fc.record(
  {
    bus: fc.constantFrom('scsi' as const, 'sata' as const),
    discard: fc.boolean(),
    cache: fc.constantFrom('none' as const, 'writeback' as const),
  },
  { requiredKeys: [] },
)

const scratchForm: fc.Arbitrary<DeployForm> = fc
  .record({
    source: fc.constantFrom('iso' as const, 'image' as const),
    volid: fc.constantFrom('local:iso/a.iso', 'nfs:import/b.qcow2'),
    osType: fc.constantFrom(...osTypes),
    drivers: fc.constantFrom('', 'local:iso/virtio-win.iso'),
    convert: fc.boolean(),
    setup: fc.constantFrom('hand' as const, 'unattended' as const),
    answers: fc.record({
      edition: option('3', 'Windows 11 Home'),
      language: option('de-DE'),
      administratorPassword: fc.constant('correct horse'),
      productKey: option('ABCDE-12345-ABCDE-12345-ABCDE'),
      user: option({ name: 'ops', password: 'battery staple' }),
      remoteDesktop: option(false),
      commands: option(['echo one']),
    }),
    hardware,
    drives: fc.record({
      boot: disk,
      more: fc.array(
        disk.map((options) => ({ ...options, size: '20', storage: 'ceph-vm' })),
        { maxLength: 2 },
      ),
      order: fc.constantFrom('', 'scsi0, net0'),
    }),
    nic: fc.record(
      { model: fc.constant('e1000' as const), firewall: fc.boolean(), rate: fc.constant('10') },
      { requiredKeys: [] },
    ),
    storage: fc.constantFrom('', 'local-lvm'),
    bridge: fc.constantFrom('', 'vmbr1'),
    disk: fc.constantFrom('', '80'),
    size: fc.constantFrom('template', 'custom'),
    cores: fc.constantFrom('', '6'),
    start: fc.boolean(),
    ports: fc.constantFrom(null, '', '3389'),
    overrides: fc.dictionary(
      fc.constantFrom('0', '1', '2'),
      fc.record(
        {
          cores: fc.constant('8'),
          hardware: fc.constantFrom('{"cpuType":"host"}', '{"tpm":false,"display":"none"}'),
          card: fc.constantFrom('none', 'model=vmxnet3 firewall=false rateMBps=5'),
          start: fc.constantFrom('yes', 'no'),
        },
        { requiredKeys: [] },
      ),
    ),
  })
  .map(({ overrides, ...fields }) => ({
    ...named,
    ...fields,
    table: { ...emptyTable, overrides },
  }))

/** What core makes of a request, VM by VM, without where each setting stands in it. */
function meant(form: DeployForm): unknown {
  const { vms: _vms, defaults: _defaults, ...rest } = requestOf(form)
  const specs = expandRequest(requestOf(form), createIssueLog()).map(({ row: _row, ...spec }) => ({
    ...spec,
    // What is not started is not checked, whatever it inherits.
    validate: spec.start ? spec.validate : null,
    networks: spec.networks.map(({ field: _field, ...network }) => network),
  }))
  return JSON.parse(JSON.stringify({ ...rest, specs }))
}

/** Secrets are typed again after "deploy again". */
function withSecrets(form: DeployForm, secrets: DeployForm): DeployForm {
  const { askAdministratorPassword: _one, askProductKey: _two, ...answers } = form.answers
  const { administratorPassword, productKey, user } = secrets.answers
  return {
    ...form,
    answers: {
      ...answers,
      ...(form.answers.askAdministratorPassword && { administratorPassword }),
      ...(form.answers.askProductKey && { productKey }),
      ...(answers.user && { user: { name: answers.user.name, password: user?.password } }),
    },
  }
}

test('whatever the form asks for survives "deploy again", drafts and blueprints; secrets are in none of them', () => {
  const items = new Map<string, string>()
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  }
  fc.assert(
    fc.property(scratchForm, (form) => {
      const first = meant(form)
      const request = requestOf(form)
      const again = fromRequest(request)
      expect(JSON.stringify(again)).not.toMatch(/correct horse|battery|ABCDE/)
      expect(meant(withSecrets(again, form))).toEqual(first)
      const blueprint = toBlueprint(request, { name: undefined })
      // A key is for one installation, and no blueprint asks for it.
      const keyless = { ...form, answers: { ...form.answers, productKey: undefined } }
      expect(meant(withSecrets(fromRequest(blueprint), form))).toEqual(meant(keyless))
      saveDraft(storage, form, new Date())
      expect(JSON.stringify([...items])).not.toMatch(/correct horse|battery|ABCDE/)
      expect(meant(withSecrets(loadDraft(storage)?.form ?? emptyForm, form))).toEqual(first)
    }),
    { numRuns: 100 },
  )
})

test('a draft of an earlier version has no such fields, and is read', () => {
  const { source: _source, volid: _volid, ...earlier } = { ...named, ...emptyScratch }
  const text = JSON.stringify({ version: 1, savedAt: 0, form: earlier })
  const storage = { getItem: () => text, setItem: () => {}, removeItem: () => {} }
  expect(loadDraft(storage)?.form).toEqual(named)
})
