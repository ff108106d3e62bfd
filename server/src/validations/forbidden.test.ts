import { expect, it } from 'vitest'
import { createForbidden } from './forbidden.ts'

it.each([
  ['127.0.0.1:8006', '127.0.0.1'],
  ['[fd00::1]:8006', 'fd00::1'],
  ['[fd00::1]', 'fd00::1'],
])('never connects to the host %s of the cluster', async (host, address) => {
  expect(await createForbidden({ hosts: [host], proxied: true })()).toEqual([address])
})
