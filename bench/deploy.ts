/** Deploys as a script does: one call of the REST API, then server-sent events until it is over. */
import {
  deploymentEventSchema,
  deploymentViewSchema,
  type DeploymentView,
} from '@deployer/core/deployment.ts'
import { type Plan, planSchema } from '@deployer/core/plan.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { demoTokenSecret } from '@deployer/simulator/worlds/demo.ts'

export const token = { tokenId: 'root@pam!demo', secret: demoTokenSecret }
const authorization = `PVEAPIToken=${token.tokenId}=${token.secret}`

async function call(address: string, body?: object): Promise<unknown> {
  const answer = await fetch(address, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${text.slice(0, 2000)}`)
  return JSON.parse(text)
}

export const planOf = async (api: string, request: DeploymentRequest): Promise<Plan> =>
  planSchema.parse(await call(`${api}/plans`, request))

export type Deployed = { seconds: number; view: DeploymentView }

/** `seconds`: from the moment the request is sent until the event arrives that says that all is over. */
export async function deploy(api: string, request: DeploymentRequest): Promise<Deployed> {
  const begin = performance.now()
  const accepted = deploymentViewSchema.parse(await call(`${api}/deployments`, { request }))
  const { id } = accepted
  for await (const event of events(`${api}/deployments/${id}/events`, accepted.lastEventId)) {
    const parsed = deploymentEventSchema.parse(JSON.parse(event))
    if (parsed.type === 'deployment' && parsed.deployment.finishedAt !== null) break
  }
  const seconds = (performance.now() - begin) / 1000
  return { seconds, view: deploymentViewSchema.parse(await call(`${api}/deployments/${id}`)) }
}

/** The data of each event after the given id. */
async function* events(address: string, after: string): AsyncGenerator<string> {
  const ended = new AbortController()
  const answer = await fetch(address, {
    headers: { authorization, 'last-event-id': after },
    signal: ended.signal,
  })
  if (answer.body === null) throw new Error(`${address}: no stream`)
  let rest = ''
  try {
    for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const data = /^data: ?(.*)$/m.exec(block)?.[1]
        if (data !== undefined) yield data
      }
    }
    throw new Error(`${address}: the stream ended`)
  } finally {
    ended.abort()
  }
}
