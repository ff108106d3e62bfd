import { readFileSync } from 'node:fs'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { AgentError, AgentInterface, Calls, Flag } from './generated/calls.ts'

type Parameter = { type?: string; optional?: boolean | number }
type Method = { method: string; path: string; parameters: Record<string, Parameter> }
type Schema = { version: string; methods: Method[] }

const text = (name: string) => readFileSync(new URL(`./generated/${name}`, import.meta.url), 'utf8')
const schema = (version: string): Schema => JSON.parse(text(`api-${version}.json`))
const namesOf = ({ methods }: Schema) => methods.map(({ method, path }) => `${method} ${path}`)

const typedCalls = [
  ...text('calls.ts').matchAll(/^ {2}'((?:GET|POST|PUT|DELETE) [^']+)': \{$/gm),
].map((match) => match[1])
const versions = ['7.4', '8.4', '9.2']

describe('the generated schema', () => {
  it.each(versions)('of %s: every call has its types, and once', (version) => {
    const names = namesOf(schema(version))
    expect(schema(version).version).toMatch(new RegExp(`^${version.replace('.', '\\.')}`))
    expect(names.length).toBeGreaterThan(50)
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => !typedCalls.includes(name))).toEqual([])
  })

  it('every typed call exists in one of the versions', () => {
    const known = new Set(versions.flatMap((version) => namesOf(schema(version))))
    expect(typedCalls.filter((name) => name === undefined || !known.has(name))).toEqual([])
  })

  it.each(versions)('of %s: the parameters of the path are required parameters', (version) => {
    for (const { path, parameters } of schema(version).methods)
      for (const [, name = ''] of path.matchAll(/\{(\w+)\}/g))
        expect(parameters[name], `${path} ${name}`).toMatchObject({ type: expect.any(String) })
  })
})

it('the types say what we rely on', () => {
  type Config = Calls['PUT /nodes/{node}/qemu/{vmid}/config']['params']
  type Clone = Calls['POST /nodes/{node}/qemu/{vmid}/clone']
  type Resize = Calls['PUT /nodes/{node}/qemu/{vmid}/resize']['returns']
  type Interfaces = Calls['GET /nodes/{node}/qemu/{vmid}/agent/network-get-interfaces']['returns']
  type Read = Calls['GET /nodes/{node}/qemu/{vmid}/config']['returns']
  expectTypeOf<Calls['GET /cluster/nextid']['returns']>().toEqualTypeOf<string | number>()
  expectTypeOf<Clone['params']['newid']>().toEqualTypeOf<number>()
  expectTypeOf<Clone['params']['full']>().toEqualTypeOf<boolean | undefined>()
  expectTypeOf<Clone['returns']>().toEqualTypeOf<string>()
  expectTypeOf<Resize>().toEqualTypeOf<string | null>()
  expectTypeOf<Config['net0']>().toEqualTypeOf<string>()
  expectTypeOf<Config['ostype']>().toExtend<string | undefined>()
  expectTypeOf<Read['memory']>().toEqualTypeOf<number | string | undefined>()
  expectTypeOf<Read['template']>().toEqualTypeOf<Flag | undefined>()
  expectTypeOf<Read['digest']>().toEqualTypeOf<string>()
  expectTypeOf<Interfaces['result']>().toEqualTypeOf<AgentInterface[] | AgentError>()
})
