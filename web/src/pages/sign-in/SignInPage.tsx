import { BeakerIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { type SignIn, useSignIn } from '../../api/session.ts'
import { toApiError } from '../../api/problem.ts'
import { healthQuery, signInQuery } from '../../api/queries.ts'
import { Logo } from '../../components/Logo.tsx'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { useTitle } from '../../components/useTitle.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { Password, TextInput } from '../../ui/TextInput.tsx'
import { ConnectionProblem, TlsLine } from './ConnectionProblem.tsx'
import { Illustration } from './Illustration.tsx'
import { SecondFactor } from './SecondFactor.tsx'

const demoUsers = ['root@pam', 'operator@pve', 'viewer@pve'] as const

/** Sign in with a Proxmox account; a second factor is asked for when the account has one. */
export function SignInPage() {
  useTitle('Sign in')
  const { data: health } = useQuery(healthQuery)
  return (
    <div className="grid min-h-dvh lg:grid-cols-2">
      <aside
        aria-label="What this is"
        className="hidden flex-col border-r border-line bg-rail px-16 py-12 lg:flex"
      >
        <div className="flex items-center gap-2.5 text-md font-semibold text-ink">
          <Logo />
          Proxmox VM Deployer
        </div>
        <div className="my-auto max-w-[520px] py-12">
          <p className="max-w-[440px] text-2xl leading-9 font-semibold tracking-[-0.02em] text-ink">
            Read the plan, deploy a hundred VMs, see that each one works.
          </p>
          <Illustration />
        </div>
        <p className="text-xs text-muted">{health?.version}</p>
      </aside>
      <main className="flex flex-col px-5 py-8 sm:items-center sm:justify-center sm:py-12">
        <div className="w-full sm:max-w-[360px]">
          <div className="mb-8 flex items-center gap-2.5 text-md font-semibold text-ink lg:hidden">
            <Logo />
            Proxmox VM Deployer
          </div>
          <SignInForm />
        </div>
      </main>
    </div>
  )
}

function SignInForm() {
  const { data: options } = useQuery(signInQuery)
  const status = options?.connection
  const realms = options?.realms
  const { to } = useSearch({ from: '/sign-in' })
  const navigate = useNavigate()
  const signIn = useSignIn()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [chosenRealm, setRealm] = useState<string | null>(null)
  const [missing, setMissing] = useState<'username' | 'password' | null>(null)
  const realm =
    chosenRealm ?? realms?.find((one) => one.default)?.realm ?? realms?.[0]?.realm ?? null

  const error = signIn.error ? toApiError(signIn.error) : null
  const otpSent = signIn.variables?.otp !== undefined
  // Stays while a code is on its way: the card must not go and come back.
  const wantsFactor =
    error?.kind === 'second-factor-required' ||
    (otpSent && (signIn.isPending || error?.status === 401))
  const factors = readFactors(error?.body)

  const send = (otp?: string) => {
    const body: SignIn = {
      ...accountOf(username, realm, realms ?? []),
      password,
      ...(otp === undefined ? {} : { otp }),
    }
    signIn.mutate(body, {
      onSuccess: () => void navigate({ href: to ?? '/', replace: true }),
    })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const empty = username.trim() === '' ? 'username' : password === '' ? 'password' : null
    setMissing(empty)
    if (empty) document.getElementById(empty)?.focus()
    else send()
  }

  return (
    <>
      <h1 className="text-xl tracking-[-0.01em]">{status ? titleOf(status) : 'Sign in'}</h1>
      <p className="mt-1 text-muted">
        With your Proxmox account. What you may do in Proxmox is what you may do here.
      </p>
      {status && !status.connected && <ConnectionProblem status={status} />}
      <form onSubmit={submit} noValidate className="mt-6 space-y-4">
        {realms && realms.length > 0 && (
          <Field label="Realm">
            <Select
              value={realm}
              onChange={setRealm}
              options={realms.map((one) => ({
                value: one.realm,
                label: one.comment ?? one.realm,
                hint: one.comment === null ? undefined : one.realm,
              }))}
            />
          </Field>
        )}
        <Field
          label="User name"
          id="username"
          error={missing === 'username' && 'Type the name of your Proxmox account'}
        >
          <TextInput
            name="username"
            autoComplete="username"
            value={username}
            onChange={setUsername}
          />
        </Field>
        <Field
          label="Password"
          id="password"
          error={missing === 'password' && 'Type the password of your Proxmox account'}
        >
          <Password name="password" value={password} onChange={setPassword} />
        </Field>
        {error && !wantsFactor && <ProblemMessage error={error} />}
        <div className="space-y-1.5 text-center">
          <Button
            type="submit"
            variant="primary"
            size="lg"
            className="w-full"
            working={signIn.isPending && 'Signing in'}
            blocked={
              status?.untrustedCertificate
                ? 'No password is sent to a certificate that nobody vouches for'
                : status?.connected === false && 'Proxmox does not answer'
            }
          >
            Sign in
          </Button>
        </div>
      </form>
      {wantsFactor && (
        <SecondFactor
          factors={factors}
          wrong={otpSent ? (error?.problem.detail ?? null) : null}
          working={signIn.isPending}
          onCode={send}
        />
      )}
      {status?.demo === true && (
        <DemoHint
          onPick={(name) => {
            const at = name.indexOf('@')
            setUsername(name.slice(0, at))
            setRealm(name.slice(at + 1))
            setPassword('demo')
            setMissing(null)
          }}
        />
      )}
      {status?.connected === true && <TlsLine status={status} />}
    </>
  )
}

const titleOf = ({ demo, host }: { demo: boolean; host: string }): string =>
  demo ? 'Sign in to the demo' : `Sign in to ${host.replace(/:\d+$/, '')}`

/** `name@realm` typed or filled in by a password manager counts more than the realm of the list. */
const accountOf = (
  username: string,
  realm: string | null,
  realms: readonly { realm: string }[],
): Pick<SignIn, 'username' | 'realm'> => {
  const named = realms.find((one) => username.endsWith(`@${one.realm}`))
  if (named) return { username: username.slice(0, -named.realm.length - 1), realm: named.realm }
  return realm === null ? { username } : { username, realm }
}

const readFactors = (body: unknown): string[] =>
  typeof body === 'object' && body !== null && 'factors' in body && Array.isArray(body.factors)
    ? body.factors.filter((factor): factor is string => typeof factor === 'string')
    : []

function DemoHint({ onPick }: { onPick: (user: string) => void }) {
  return (
    <div className="mt-5 flex gap-3 rounded-lg border border-accent-line bg-accent-soft p-4 text-xs text-body">
      <BeakerIcon className="size-5 text-accent-text" aria-hidden />
      <div className="min-w-0 flex-1">
        <p>
          <strong>This is a simulated cluster.</strong> Everyone’s password is{' '}
          <code className="text-ink">demo</code>. Fill in as
        </p>
        <div className="mt-2 flex flex-wrap gap-1.5">
          {demoUsers.map((user) => (
            <Button key={user} size="sm" onClick={() => onPick(user)}>
              {user}
            </Button>
          ))}
        </div>
      </div>
    </div>
  )
}
