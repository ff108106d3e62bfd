import { expect, test } from 'vitest'
import { madeBy, requestFor, startEngine } from './engine.ts'
test.each(['7.4', '8.4'] as const)(
  'a seed on %s',
  async (version) => {
    const engine = await startEngine({ version })
    const cloudInit = { users: [{ name: 'ada', sudo: true }], packages: ['nginx'] }
    const { id } = await engine.deploy(requestFor('old', { defaults: { start: true, cloudInit } }))
    const ended = await engine.untilEnded(id)
    expect(ended.vms[0]).toMatchObject({ error: null, validation: { outcome: 'healthy' } })
    expect(madeBy(engine.simulator, id)[0]?.running?.firstBoot?.users).toEqual(['ada'])
    expect(engine.simulator.world.volumes.filter(({ seed }) => seed)).toEqual([])
    await engine.close()
  },
  60000,
)
