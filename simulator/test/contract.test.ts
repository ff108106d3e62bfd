import { describe, expect, test } from 'vitest'
import { handlers } from '../src/calls/all.ts'
import { loadMethods, type Method, type Schema } from '../src/schema/schema.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import type { Version } from '../src/version.ts'
import type { Task } from '../src/world.ts'
import { createCertificate } from '../src/wire/certificate.ts'
import { signIn, type Answer, type Client, type Form } from './client.ts'
import { complaintsAbout } from './contract/returns.ts'
import { validCalls } from './contract/valid-calls.ts'

const versions: Version[] = ['7.4', '8.4', '9.2']
const certificate = createCertificate('127.0.0.1')

type Trial = { method: Method; path: Record<string, string>; form: Form }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const lastOf = ({ data }: Answer) => String(isRecord(data) ? data['pid'] : data)

/** Nobody comes to these consoles. */
const isLonely = ({ type, exitstatus }: Task) =>
  type === 'vncproxy' && exitstatus === 'connection timed out'

const inDemo = async (
  version: Version,
  body: (root: Client, simulator: Simulator) => Promise<void>,
) => {
  const simulator = await startSimulator({
    version,
    speed: 200,
    certificate: await certificate,
    pvestatdSeconds: 1e6,
  })
  try {
    await body(await signIn(simulator, 'root@pam'), simulator)
  } finally {
    await simulator.close()
  }
}

/** Does what has to be done before the call, and fills in what came of it. */
const prepare = async (root: Client, simulator: Simulator, method: Method): Promise<Trial> => {
  const { path = {}, form = {}, before = [] } = validCalls[`${method.method} ${method.path}`] ?? {}
  const known: Record<string, string> = {}
  for (const [verb, where, sent] of before) {
    const answer = await root.call(verb, where, sent)
    known['{last}'] = lastOf(answer)
    const { data } = answer
    if (isRecord(data) && typeof data['port'] === 'string') {
      known['{port}'] = data['port']
      known['{ticket}'] = typeof data['ticket'] === 'string' ? data['ticket'] : ''
    } else await simulator.tasks.settled()
  }
  const fill = <T extends Record<string, unknown>>(values: T): T => {
    for (const key of Object.keys(values)) {
      const value = known[String(values[key])]
      if (value !== undefined) Reflect.set(values, key, value)
    }
    return values
  }
  return { method, path: fill({ node: 'pve1', vmid: '104', ...path }), form: fill({ ...form }) }
}

const send = (root: Client, { method, path, form }: Trial): Promise<Answer> =>
  root.call(
    method.method,
    method.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? '')),
    form,
  )

const inPath = ({ path }: Method, name: string) => path.includes(`{${name}}`)

/** A value that a parameter cannot have. */
const wrongValue = (schema: Schema): string | undefined => {
  if (schema.type === 'integer' || schema.type === 'number' || schema.type === 'boolean')
    return 'no-such-value'
  return schema.enum ? 'no-such-value' : undefined
}

const wrongTrials = (trial: Trial): { name: string; trial: Trial }[] =>
  Object.entries(trial.method.parameters).flatMap(([name, schema]) => {
    const value = wrongValue(schema)
    if (value === undefined || name.endsWith('[n]')) return []
    const changed = inPath(trial.method, name)
      ? { ...trial, path: { ...trial.path, [name]: value } }
      : { ...trial, form: { ...trial.form, [name]: value } }
    return [{ name, trial: changed }]
  })

const required = ({ method }: Trial) =>
  Object.entries(method.parameters)
    .filter(([name, schema]) => !schema.optional && !inPath(method, name))
    .map(([name]) => name)

const without = (trial: Trial, name: string): Trial => ({
  ...trial,
  form: Object.fromEntries(Object.entries(trial.form).filter(([key]) => key !== name)),
})

test('every call that is implemented has a valid example', () => {
  expect(Object.keys(validCalls).toSorted()).toEqual(Object.keys(handlers).toSorted())
})

describe.each(versions)('on %s', (version) => {
  const published = loadMethods(version).all.filter(
    ({ method, path }) => handlers[`${method} ${path}`],
  )
  const rows = published.map((method) => [`${method.method} ${method.path}`, method] as const)

  test.for(rows)('%s answers what its schema says, and its task succeeds', async ([, method]) => {
    await inDemo(version, async (root, simulator) => {
      const trial = await prepare(root, simulator, method)
      const { status, reason, errors, data } = await send(root, trial)
      expect({ status, reason, errors }).toEqual({ status: 200, reason: 'OK', errors: {} })
      expect(complaintsAbout(method.returns, data)).toEqual([])
      simulator.clock.finish()
      await simulator.tasks.settled()
      const failed = simulator.world.tasks.filter(({ exitstatus }) => exitstatus !== 'OK')
      expect(failed.filter((task) => !isLonely(task))).toEqual([])
    })
  })

  test.for(rows)('%s refuses wrong parameters by name', async ([, method]) => {
    await inDemo(version, async (root, simulator) => {
      const trial = await prepare(root, simulator, method)
      const unknown = await send(root, { ...trial, form: { ...trial.form, nonsense: '1' } })
      expect(unknown).toMatchObject({ status: 400, reason: 'Parameter verification failed.' })
      expect(unknown.errors['nonsense']).toBe(
        'property is not defined in schema and the schema does not allow additional properties',
      )
      for (const name of required(trial)) {
        const missing = await send(root, without(trial, name))
        expect(missing.status).toBe(400)
        expect(missing.errors[name]).toBe('property is missing and it is not optional')
      }
      for (const { name, trial: wrong } of wrongTrials(trial)) {
        const answer = await send(root, wrong)
        expect({ name, status: answer.status }).toEqual({ name, status: 400 })
        expect(Object.keys(answer.errors)).toContain(name)
      }
    })
  })
})
