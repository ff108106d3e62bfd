import { expect, it } from 'vitest'
import { durably } from './durably.ts'

const failure = (code: string) => Object.assign(new Error('of PostgreSQL'), { code })

it.each([
  ['the disk is full', '53100'],
  ['there are too many connections', '53300'],
  ['it is a standby', '25006'],
  ['it was shut down', '57P01'],
])('work goes on when the database does again: %s', async (_, code) => {
  let tries = 0
  const work = () => (++tries < 2 ? Promise.reject(failure(code)) : Promise.resolve('done'))
  expect(await durably({ isStopping: () => false }, work)).toBe('done')
})

it('a mistake of ours is not repeated', async () => {
  const error = failure('23505')
  const work = () => Promise.reject(error)
  await expect(durably({ isStopping: () => false }, work)).rejects.toBe(error)
})
