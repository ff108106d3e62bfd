/** Acts and looks on the simulated cluster itself, without the deployer. */
import { once } from 'node:events'
import { request } from 'node:https'
import { text } from 'node:stream/consumers'
import { expect } from 'vitest'
import type { Cluster } from './deployer.ts'

/** The simulated cluster's token; it has no secrets. */
export const authorization = 'PVEAPIToken=root@pam!demo=de300000-0000-4000-8000-000000000000'

/** One call; answers its `data`. */
export async function onProxmox(
  cluster: Cluster,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  params: Record<string, string> = {},
): Promise<unknown> {
  const body = method === 'GET' || method === 'DELETE' ? '' : new URLSearchParams(params).toString()
  const asked = request(`https://${cluster.environment.PROXMOX_HOST}/api2/json${path}`, {
    method,
    rejectUnauthorized: false,
    headers: {
      authorization,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
    },
  })
  asked.end(body)
  const [answer] = await once(asked, 'response')
  expect(answer.statusCode).toBe(200)
  const told: unknown = JSON.parse(await text(answer))
  return typeof told === 'object' && told !== null && 'data' in told ? told.data : undefined
}
