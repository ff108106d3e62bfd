import { describe, expect, test } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { createCertificate } from '../src/wire/certificate.ts'
import { labWorld } from './replay/lab-world.ts'
import { operations, runOperations, setRole, setScene } from './replay/operations.ts'
import {
  expandCase,
  loadArea,
  recordedVersions,
  transcriptsExist,
  type Case,
  type RecordedVersion,
} from './replay/transcripts.ts'

const certificate = createCertificate('127.0.0.1')
const cases = transcriptsExist ? loadArea('deployer') : []

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const recordOf = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {})
const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

const findCase = (id: string): Case =>
  cases.find((found) => found.id === id) ?? {
    id,
    area: 'deployer',
    setup: [],
    exchanges: [],
    versions: { '8.4': {}, '9.2': {} },
  }

/** One recorded observation of a matrix. */
const observed = (id: string, version: RecordedVersion, exchange: number) =>
  recordOf(expandCase(findCase(id), version).find((each) => each.exchange === exchange)?.item)

/** Counts of rows are only compared where rows are what the operation is about. */
const known = (results: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(recordOf(results))
      .filter(([name]) => operations[name])
      .map(([name, text]) => [
        name,
        name.startsWith('list: ') ? String(text) : String(text).replace(/^ok \d+ rows$/, 'ok'),
      ]),
  )

const deniedText = (texts: unknown, privilege: string) => {
  const text = recordOf(texts)[privilege]
  return typeof text === 'string' ? text : undefined
}

const inLab = async (
  version: RecordedVersion,
  body: (simulator: Simulator) => Promise<Record<string, string>>,
) => {
  const simulator = await startSimulator({
    version,
    speed: 1000,
    certificate: await certificate,
    world: labWorld(version),
    pvestatdSeconds: 1e6,
  })
  try {
    return await body(simulator)
  } finally {
    await simulator.close()
  }
}

/** What the user can do whose role on `/` has exactly these privileges. */
const withRole = (version: RecordedVersion, privileges: string[], names: string[]) =>
  inLab(version, async (simulator) => {
    const scene = await setScene(simulator, version, findCase('leave-one-out'))
    await setRole(scene, 'RecDep', privileges)
    return runOperations(scene, names)
  })

const zone = '/sdn/zones/localnetwork'

/** `bridgeOnly`: the right to the network is one to a bridge, not to its zone. */
const withNarrowAcls = (version: RecordedVersion, names: string[], bridgeOnly = false) =>
  inLab(version, async (simulator) => {
    const scene = await setScene(simulator, version, findCase('split-acl'))
    const grant = { roles: 'RecDepN', users: 'dep@pve' }
    if (bridgeOnly) {
      await scene.root.run('PUT', '/access/acl', { ...grant, path: zone, delete: 1 })
      await scene.root.run('PUT', '/access/acl', { ...grant, path: `${zone}/vmbr0` })
    }
    return runOperations(scene, names)
  })

describe.runIf(transcriptsExist).each(recordedVersions)('a deployer on %s', (version) => {
  const full = observed('leave-one-out', version, 0)
  const role = listOf(full['role'])
  const allowed = known(full['results'])
  const names = Object.keys(allowed)
  const denied = recordOf(observed('leave-one-out', version, 1)['results'])

  test('with the whole role can do everything', async () => {
    expect(await withRole(version, role, names)).toEqual(allowed)
  })

  test.for(role)('without %s lacks what was recorded', async (privilege) => {
    const expected = Object.fromEntries(
      names.map((name) => [name, deniedText(denied[name], privilege) ?? allowed[name]]),
    )
    const rest = role.filter((each) => each !== privilege)
    expect(await withRole(version, rest, names)).toEqual(expected)
  })

  test('with the least role can do what is needed', async () => {
    const least = observed('leave-one-out', version, 3)
    expect(await withRole(version, listOf(least['minimalRole']), names)).toEqual(
      known(least['resultsWithMinimalRole']),
    )
  })

  test('with roles on the template, the pool, the storage and the zone only', async () => {
    const expected = known(observed('split-acl', version, 0)['results'])
    expect(await withNarrowAcls(version, Object.keys(expected))).toEqual(expected)
  })

  test('with the right to a bridge instead of its zone', async () => {
    const expected = known(observed('split-acl', version, 4)['results'])
    expect(await withNarrowAcls(version, Object.keys(expected), true)).toEqual(expected)
  })
})
