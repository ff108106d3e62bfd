/** Signing in with a Proxmox account, with its second factor where it has one. */
import type { Connection } from '@deployer/proxmox/client.ts'
import { answeredWith } from '@deployer/proxmox/errors.ts'
import { signIn } from '@deployer/proxmox/tickets.ts'
import { ProblemError } from '../problem.ts'
import type { Caller } from './caller.ts'
import type { Sessions } from './sessions.ts'

export type SignInOutcome = { cookie: string; caller: Caller }

type Person = {
  username: string
  realm?: string | undefined
  password: string
  otp?: string | undefined
}

export function createSignIn(deps: {
  connection: Connection
  sessions: Pick<Sessions, 'create'>
  /** Notes it in the audit log; without that nobody is let in. */
  record: (caller: Pick<Caller, 'username' | 'from'>) => Promise<void>
  /** Work that waits for this person goes on. */
  signedIn: (caller: Caller) => Promise<void>
}): (person: Person, from: Caller['from']) => Promise<SignInOutcome> {
  return async ({ username, realm, password, otp }, from) => {
    const account = readAccount(username, realm)
    const outcome = await signIn(deps.connection, { ...account, password, otp }).catch(
      (error: unknown) => {
        throw answeredWith(error, 401, 400) ? refused(otp !== undefined) : error
      },
    )
    if (outcome.outcome === 'second-factor-needed') throw secondFactorRequired(outcome.factors)
    await deps.record({ username: outcome.credentials.username, ...(from && { from }) })
    const made = await deps.sessions.create(outcome.credentials)
    await deps.signedIn(made.caller)
    return made
  }
}

/** `mira` with realm `pve`, or `mira@pve`; names of directory users may hold an `@` themselves. */
function readAccount(
  username: string,
  realm: string | undefined,
): { username: string; realm: string } {
  if (realm !== undefined)
    return {
      username: username.endsWith(`@${realm}`) ? username.slice(0, -realm.length - 1) : username,
      realm,
    }
  const at = username.lastIndexOf('@')
  if (at > 0 && at < username.length - 1)
    return { username: username.slice(0, at), realm: username.slice(at + 1) }
  throw new ProblemError({
    kind: 'bad-request',
    status: 400,
    title: 'The request does not fit',
    detail: 'The realm of the account is missing.',
    hint: 'Send `realm`, or the name with its realm, such as root@pam.',
    errors: [{ path: 'realm', message: 'This field is missing.' }],
  })
}

/** Proxmox tells no more, so that nobody can find out which accounts exist. */
const refused = (withCode: boolean) =>
  new ProblemError({
    kind: 'sign-in-refused',
    status: 401,
    title: 'Sign-in refused',
    detail: withCode
      ? 'Proxmox refused the name, the password or the code.'
      : 'Proxmox refused the name or the password.',
    hint: withCode
      ? 'A code of an authenticator is good for 30 seconds, and only once.'
      : 'Check the realm as well: the same name may exist in several.',
  })

const secondFactorRequired = (factors: string[]) =>
  new ProblemError({
    kind: 'second-factor-required',
    status: 401,
    title: 'Second factor required',
    detail: 'The password is right. This account also asks for a code.',
    hint: 'Send the same again with `otp`: the code of the authenticator, or a recovery key.',
    more: { factors },
  })
