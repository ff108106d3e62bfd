/** Uses the REST API as a script would that does not give up: a call that gets no answer is made again. */
import { messageOf } from '@deployer/proxmox/caught.ts'
import {
  deploymentHeadSchema,
  deploymentViewSchema,
  type DeploymentHead,
  type DeploymentView,
} from '@deployer/core/deployment.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { demoTokenSecret } from '@deployer/simulator/worlds/demo.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'

const authorization = `PVEAPIToken=root@pam!demo=${demoTokenSecret}`
const AGAIN_MS = 200
const PATIENCE_SECONDS = 120

const listSchema = z.object({ deployments: z.array(deploymentHeadSchema) })

export type Client = {
  /** The idempotency key makes it one deployment, however often it is sent. */
  deploy: (request: DeploymentRequest, key: string) => Promise<DeploymentView>
  get: (id: string) => Promise<DeploymentView>
  cancel: (id: string) => Promise<void>
  list: () => Promise<DeploymentHead[]>
}

/** `api`: the address of the server, null while it does not run. `refused` hears of every try that failed. */
export const createClient = (api: () => string | null, refused: (why: string) => void): Client => {
  const once = async (path: string, init: RequestInit) => {
    const address = api()
    if (address === null) throw new Error('the server does not run')
    const answer = await fetch(`${address}${path}`, {
      ...init,
      signal: AbortSignal.timeout(30_000),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text.slice(0, 1000)}`)
    const body: unknown = JSON.parse(text)
    return body
  }
  const call = async (path: string, init: RequestInit) => {
    const deadline = performance.now() + PATIENCE_SECONDS * 1000
    for (;;) {
      try {
        return await once(path, init)
      } catch (error) {
        if (performance.now() > deadline) throw error
        refused(messageOf(error))
        await delay(AGAIN_MS)
      }
    }
  }
  return {
    deploy: async (request, key) =>
      deploymentViewSchema.parse(
        await call('/deployments', {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/json', 'idempotency-key': key },
          body: JSON.stringify({ request }),
        }),
      ),
    cancel: async (id) => {
      await call(`/deployments/${id}/cancel`, { method: 'POST', headers: { authorization } })
    },
    get: async (id) =>
      deploymentViewSchema.parse(await call(`/deployments/${id}`, { headers: { authorization } })),
    list: async () =>
      listSchema.parse(await call('/deployments?limit=100', { headers: { authorization } }))
        .deployments,
  }
}
