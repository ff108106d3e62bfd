import { Agent, request } from 'node:https'
import type { Simulator } from '../src/simulator.ts'
import { demoPassword } from '../src/worlds/demo.ts'

export type Answer = {
  status: number
  reason: string
  data: unknown
  /** By parameter, of a 400. */
  errors: Record<string, string>
  /** Since 8.4, of a failure. */
  message: string | undefined
}

export type Form = Record<string, string | number | string[]>

/** Calls as one user; the paths begin after `/api2/json`. */
export type Client = {
  call: (method: string, path: string, form?: Form) => Promise<Answer>
  /** Starts a task and waits for its end; answers its exit status. Error: the call itself failed. */
  run: (method: string, path: string, form?: Form) => Promise<string>
  ticket: string
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const encode = (form: Form) => {
  const encoded = new URLSearchParams()
  for (const [key, value] of Object.entries(form))
    for (const item of [value].flat()) encoded.append(key, String(item))
  return encoded.toString()
}

const textsOf = (errors: unknown): Record<string, string> =>
  isRecord(errors)
    ? Object.fromEntries(Object.entries(errors).map(([key, text]) => [key, String(text)]))
    : {}

const parse = (body: string): Pick<Answer, 'data' | 'errors' | 'message'> => {
  const value: unknown = body.startsWith('{') ? JSON.parse(body) : undefined
  if (!isRecord(value)) return { data: body, errors: {}, message: undefined }
  const message = typeof value['message'] === 'string' ? value['message'] : undefined
  return { data: value['data'], errors: textsOf(value['errors']), message }
}

export const send = (
  simulator: Pick<Simulator, 'url' | 'caPem'>,
  method: string,
  path: string,
  {
    form = {},
    headers = {},
    agent = new Agent({ keepAlive: false }),
  }: { form?: Form; headers?: Record<string, string>; agent?: Agent } = {},
): Promise<Answer> => {
  const hasBody = method === 'POST' || method === 'PUT'
  const encoded = encode(form)
  const query = hasBody || encoded === '' ? '' : `?${encoded}`
  const body = hasBody ? encoded : undefined
  return new Promise((resolve, reject) => {
    const sent = request(
      `${simulator.url}/api2/json${path}${query}`,
      {
        method,
        ca: simulator.caPem,
        agent,
        headers: {
          ...(body === undefined
            ? {}
            : {
                'Content-Type': 'application/x-www-form-urlencoded',
                'Content-Length': String(Buffer.byteLength(body)),
              }),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const { statusCode: status = 0, statusMessage: reason = '' } = response
          resolve({ status, reason, ...parse(Buffer.concat(chunks).toString('utf8')) })
        })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

const taskEnd = async (simulator: Simulator, upid: unknown): Promise<string> => {
  if (typeof upid !== 'string' || !upid.startsWith('UPID:')) return 'OK'
  while (simulator.tasks.isRunning(upid)) await new Promise((resolve) => setTimeout(resolve, 2))
  return simulator.tasks.find(upid)?.exitstatus ?? 'unknown'
}

/** Signs in with the password of the demo. Error: it is not accepted. */
export const signIn = async (simulator: Simulator, username: string): Promise<Client> => {
  const answer = await send(simulator, 'POST', '/access/ticket', {
    form: { username, password: demoPassword },
  })
  if (!isRecord(answer.data)) throw new Error(`${answer.status} ${answer.reason}`)
  return clientWith(
    simulator,
    String(answer.data['ticket']),
    String(answer.data['CSRFPreventionToken']),
  )
}

export const clientWith = (simulator: Simulator, ticket: string, csrf: string): Client => {
  const agent = new Agent({ keepAlive: true })
  const call: Client['call'] = (method, path, form = {}) =>
    send(simulator, method, path, {
      form,
      agent,
      headers: {
        Cookie: `PVEAuthCookie=${encodeURIComponent(ticket)}`,
        ...(method === 'GET' ? {} : { CSRFPreventionToken: csrf }),
      },
    })
  return {
    ticket,
    call,
    run: async (method, path, form) => {
      const { status, reason, errors, data } = await call(method, path, form)
      if (status !== 200)
        throw new Error(`${method} ${path}: ${status} ${reason} ${JSON.stringify(errors)}`)
      return taskEnd(simulator, data)
    },
  }
}
