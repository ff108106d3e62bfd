/**
 * The account that does the work of all deployments, where the configuration names one: unattended, across restarts.
 * People still sign in as themselves, and their own rights decide what they may ask for.
 */
import type { Inventory } from '@deployer/core/inventory.ts'
import type { Plan } from '@deployer/core/plan.ts'
import { DEPLOYING_PRIVILEGES } from '@deployer/core/privileges.ts'
import type { Api, Connection } from '@deployer/proxmox/client.ts'
import { answeredWith } from '@deployer/proxmox/errors.ts'
import { signIn } from '@deployer/proxmox/tickets.ts'
import type { Logger } from 'pino'
import { withRights } from '../inventory/permissions.ts'
import type { Caller } from './caller.ts'

/** From the configuration. `username` with its realm: `deployer@pve`. */
export type ServiceAccountConfig =
  | { kind: 'password'; username: string; password: string }
  | { kind: 'token'; tokenId: string; secret: string }

export type ServiceAccount = {
  /** `deployer@pve`, or a token `deployer@pve!vm-deployer`. */
  username: string
  /** Signs in by itself, and again when its ticket has lapsed. A call is refused with 401 where it cannot. */
  api: Api
}

export const createServiceAccount = (
  connection: Connection,
  config: ServiceAccountConfig,
): ServiceAccount =>
  config.kind === 'token'
    ? { username: config.tokenId, api: connection.api(config) }
    : { username: config.username, api: signingIn(connection, config) }

type WithPassword = Extract<ServiceAccountConfig, { kind: 'password' }>

const signingIn = (connection: Connection, { username, password }: WithPassword): Api => {
  const at = username.lastIndexOf('@')
  const person = { username: username.slice(0, at), realm: username.slice(at + 1), password }
  let current: Promise<Api> | null = null

  const enter = async (): Promise<Api> => {
    const answer = await signIn(connection, person)
    if (answer.outcome !== 'signed-in') throw new SecondFactor(username)
    return connection.api(answer.credentials)
  }
  const entered = (): Promise<Api> => {
    if (current !== null) return current
    const entering = enter()
    current = entering
    // What failed is tried again by the next call.
    entering.catch(() => {
      if (current === entering) current = null
    })
    return entering
  }
  /** A 401 has changed nothing on Proxmox, so the call may be repeated after a new sign-in. */
  const ask = async <T>(call: (api: Api) => Promise<T>): Promise<T> => {
    const entering = entered()
    const api = await entering
    try {
      return await call(api)
    } catch (error) {
      if (!answeredWith(error, 401)) throw error
      if (current === entering) current = null
      return call(await entered())
    }
  }
  return {
    call: (name, params, options) => ask((api) => api.call(name, params, options)),
    send: (call, options) => ask((api) => api.send(call, options)),
  }
}

/** Nobody is there to type a code. */
class SecondFactor extends Error {
  override name = 'SecondFactor'
  constructor(username: string) {
    super(`${username} has a second factor, which nobody can type. Use an API token.`)
  }
}

/** Whether the account is refused, rather than Proxmox away. */
export const isRefused = (error: unknown): boolean =>
  error instanceof SecondFactor || answeredWith(error, 401)

/** Names the account that will do the work, and blocks the plan where that one cannot. */
export const withWorker = async (
  service: ServiceAccount | null,
  caller: Pick<Caller, 'username'>,
  plan: Plan,
  /** The same plan as it were with other rights. */
  planWith: (holds: Inventory['holds']) => Plan,
): Promise<Plan> => {
  if (service === null)
    return { ...plan, worker: { username: caller.username, serviceAccount: false } }
  const { username } = service
  const worker = { username, serviceAccount: true }
  const blocked = (code: string, message: string): Plan => ({
    ...plan,
    worker,
    blockers: [...plan.blockers, { code, message }],
  })
  try {
    const theirs = await withRights(service.api, planWith)
    const [first, ...others] = theirs.privileges.filter(({ granted }) => !granted)
    if (first === undefined) return { ...plan, worker }
    const more = others.length === 0 ? '' : `, and ${others.length} more`
    return blocked(
      'service-account-lacks',
      `The service account ${username} does the work, and lacks ${first.privilege} on ${first.path}${more}. Have it given.`,
    )
  } catch (error) {
    if (!isRefused(error)) throw error
    return blocked('service-account-refused', refusal(username, error))
  }
}

const refusal = (username: string, error: unknown): string =>
  error instanceof SecondFactor
    ? error.message
    : `Proxmox refuses the service account ${username}, which does the work: its password or secret is wrong, or the account is disabled. Correct it in the configuration, and restart.`

const CHECK_AGAIN_MS = 60_000

/** Says in the log whether the account can work, as soon as Proxmox is there to tell. Answers how to end that. */
export const announce = (
  { username, api }: ServiceAccount,
  logger: Pick<Logger, 'info' | 'warn' | 'error'>,
): (() => void) => {
  const stop = new AbortController()
  let again: NodeJS.Timeout | undefined
  const check = async () => {
    try {
      const lacking = await lackingEverywhere(api)
      if (lacking.length === 0)
        logger.info({ account: username }, 'Deployments are carried out by the service account')
      else
        logger.warn(
          { account: username, lacking },
          `The service account ${username} holds ${lacking.join(', ')} nowhere on the cluster: plans that need it are blocked. docs/proxmox.md has the role that it needs.`,
        )
    } catch (error) {
      if (stop.signal.aborted) return
      if (isRefused(error)) logger.error({ account: username }, refusal(username, error))
      else {
        again = setTimeout(() => void check(), CHECK_AGAIN_MS)
        again.unref()
      }
    }
  }
  void check()
  return () => {
    stop.abort()
    clearTimeout(again)
  }
}

/** What every deployment needs, or most. */
const NEEDED = [...DEPLOYING_PRIVILEGES, 'Datastore.AllocateSpace']

/** A right that is held somewhere may be enough; one that is held nowhere is missing for certain. */
const lackingEverywhere = async (api: Api): Promise<string[]> => {
  const held = await api.call('GET /access/permissions', {})
  return NEEDED.filter((privilege) =>
    Object.values(held).every((privileges) => !(privilege in privileges)),
  )
}
