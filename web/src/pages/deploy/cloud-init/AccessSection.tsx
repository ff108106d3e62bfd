import { AdjustmentsHorizontalIcon, CodeBracketIcon } from '@heroicons/react/16/solid'
import { isWindows } from '@deployer/core/names.ts'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Message } from '../../../ui/Message.tsx'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import { Password } from '../../../ui/TextInput.tsx'
import { controlId, useDeploy } from '../deploy-context.ts'
import {
  type FirstBoot,
  FirstBootContext,
  firstBootId,
  plannedProblems,
  problemAt,
  setting,
  typedProblems,
  useFirstBoot,
} from './context.ts'
import { BootField, ListText } from './fields.tsx'
import { commandLines, words } from './lists.ts'
import { More } from './More.tsx'
import { Presets } from './Presets.tsx'
import type { CloudInitForm } from './state.ts'
import { Users } from './Users.tsx'

/** The editor is heavy, and comes when somebody writes a document. */
const DocumentEditor = lazy(async () => ({
  default: (await import('./DocumentEditor.tsx')).DocumentEditor,
}))
const Preview = lazy(async () => ({ default: (await import('./Preview.tsx')).Preview }))

/** Users, packages and commands: what the guests set up at their first boot. */
export function AccessSection() {
  const { template } = useDeploy()
  const firstBoot = useValue()
  return (
    <FirstBootContext value={firstBoot}>
      <div id={controlId('cloudInit')} className="flex flex-col gap-4">
        {isWindows(template?.osType ?? null) ? <WindowsFields /> : <LinuxFields />}
      </div>
    </FirstBootContext>
  )
}

function useValue(): FirstBoot {
  const { form, change, errorOf, plan } = useDeploy()
  const value = form.cloudInit
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const replace = (cloudInit: CloudInitForm) => change({ cloudInit })
  const typed = typedProblems(value)
  const planned = plannedProblems(plan.plan?.blockers ?? [])
  // Deploy was pressed, so that everything shows what is wrong with it.
  const revealed = typed.size > 0 && errorOf('cloudInit') !== null
  return {
    value,
    replace,
    set: setting(value, replace),
    touch: (path) => {
      if (!touched.has(path)) setTouched(new Set(touched).add(path))
    },
    errorOf: (path) => {
      const items = listAt(value, path)
      const own = revealed || touched.has(path) ? problemAt(typed, path, items) : null
      return own ?? problemAt(planned, path, items)
    },
  }
}

function listAt(value: CloudInitForm, path: string): readonly unknown[] | undefined {
  if (path === 'packages' || path === 'commands') return value[path]
  return undefined
}

type Mode = NonNullable<CloudInitForm['userData']>['mode']

function LinuxFields() {
  const { form } = useDeploy()
  const { value } = useFirstBoot()
  const [written, setWritten] = useState<'form' | 'yaml'>(
    value.userData?.mode === 'replace' ? 'yaml' : 'form',
  )
  const [mode, setMode] = useState<Mode>(value.userData?.mode ?? 'extend')
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <SegmentedControl
          label="Write it as"
          value={written}
          onChange={setWritten}
          options={[
            { value: 'form', label: 'Form', icon: AdjustmentsHorizontalIcon },
            { value: 'yaml', label: 'YAML', icon: CodeBracketIcon },
          ]}
        />
        <p className="min-w-0 flex-1 text-xs text-muted">
          {written === 'form'
            ? `Left empty, guests start as the ${form.source} has them`
            : 'A user-data document of your own, for what the form has no field for'}
        </p>
      </div>
      {written === 'form' ? (
        <FormFields onYaml={() => setWritten('yaml')} />
      ) : (
        <Suspense fallback={<Spinner>Opening the editor</Spinner>}>
          <DocumentEditor mode={mode} onMode={setMode} />
        </Suspense>
      )}
      <Fold title="What the VM will get">
        <Suspense fallback={<Spinner>Making the documents</Spinner>}>
          <Preview />
        </Suspense>
      </Fold>
    </>
  )
}

function FormFields({ onYaml }: { onYaml: () => void }) {
  const { value, set, errorOf } = useFirstBoot()
  return (
    <>
      {errorOf('userData') !== null && (
        <Message
          tone="bad"
          title="The document under YAML has something wrong in it"
          action={
            <button type="button" className="link" onClick={onYaml}>
              Go to it
            </button>
          }
        >
          {errorOf('userData')}
        </Message>
      )}
      <OfOtherSystems />
      {value.userData?.mode === 'replace' && (
        <Message
          tone="warn"
          title="A document of your own takes the place of this form"
          action={
            <button type="button" className="link" onClick={onYaml}>
              Go to it
            </button>
          }
        >
          Users, packages and commands below are not used.
        </Message>
      )}
      <Presets />
      <Users />
      <div className="grid gap-4 border-t border-line pt-4">
        <BootField
          path="packages"
          label="Packages"
          optional
          about="Names as the guest's package manager knows them, divided by blanks or commas. The SSH server and the guest agent come by themselves."
        >
          <ListText
            as={words}
            value={value.packages ?? []}
            onChange={(packages) => set('packages', packages)}
            placeholder="nginx git"
          />
        </BootField>
        <BootField
          path="commands"
          label="Commands"
          optional
          help="One a line, run once by root, in order, after everything else"
          about="A line of sh each. A line that begins with two blanks goes on with the one above."
        >
          <ListText
            as={commandLines}
            rows={3}
            value={value.commands ?? []}
            onChange={(commands) => set('commands', commands)}
            placeholder="systemctl enable --now nginx"
          />
        </BootField>
      </div>
      <MoreFold />
    </>
  )
}

const moreSettings = [
  'agent',
  'openssh',
  'packageUpgrade',
  'packageUpdate',
  'sshPasswordLogin',
  'domain',
  'hostname',
  'timezone',
  'locale',
  'writeFiles',
  'delivery',
  'inherited',
] as const

/** Opens by itself where something in it is wrong. */
function MoreFold() {
  const { value, errorOf } = useFirstBoot()
  const set = moreSettings.filter((key) => value[key] !== undefined).length
  const wrong = moreSettings.some((key) => errorOf(key) !== null)
  return (
    <Fold title="More" note={set === 0 ? undefined : `${set} set`} open={wrong}>
      <More />
    </Fold>
  )
}

function Fold({
  title,
  note,
  open = false,
  children,
}: {
  title: string
  note?: string | undefined
  open?: boolean | undefined
  children: ReactNode
}) {
  const [shown, setShown] = useState(open)
  const [before, setBefore] = useState(open)
  if (open !== before) {
    setBefore(open)
    if (open) setShown(true)
  }
  return (
    <details
      open={shown}
      onToggle={(event) => setShown(event.currentTarget.open)}
      className="border-t border-line pt-3"
    >
      <summary className="w-fit text-sm font-medium text-ink">
        {title}
        {note !== undefined && <span className="ml-2 text-xs font-normal text-muted">{note}</span>}
      </summary>
      {shown && <div className="pt-3">{children}</div>}
    </details>
  )
}

const windowsSettings = ['adminPassword', 'askAdminPassword'] as const
const sharedSettings = ['inherited', 'delivery', 'hostname', 'domain'] as const

/** What was set for guests of another kind, before another template was chosen. */
function OfOtherSystems({ windows = false }: { windows?: boolean }) {
  const { value, replace } = useFirstBoot()
  const own = new Set<string>(windowsSettings)
  const shared = new Set<string>(sharedSettings)
  const fits = (key: string) => shared.has(key) || own.has(key) === windows
  const entries = Object.entries(value)
  if (entries.every(([key]) => fits(key))) return null
  const takeOut = () => replace(Object.fromEntries(entries.filter(([key]) => fits(key))))
  return (
    <Message
      tone="warn"
      title={
        windows
          ? 'The form has users, packages or other settings for Linux guests'
          : 'The form has an administrator’s password, which is for Windows guests'
      }
      action={
        <Button size="sm" onClick={takeOut}>
          {windows ? 'Take them out' : 'Take it out'}
        </Button>
      }
    >
      {windows ? 'They were' : 'It was'} set before this template was chosen.
    </Message>
  )
}

/** Cloudbase-Init sets the name and the administrator's password; it runs no cloud-config here. */
function WindowsFields() {
  const { value, set, replace, errorOf, touch } = useFirstBoot()
  const asked = value.askAdminPassword === true && value.adminPassword === undefined
  const doWithout = () => {
    const { askAdminPassword: _ask, ...rest } = value
    replace(rest)
  }
  return (
    <>
      <OfOtherSystems windows />
      <p className="text-xs text-muted">
        Windows guests read this by Cloudbase-Init, which must be in the template. The host name is
        the VM’s name.
      </p>
      <div onBlur={() => touch('adminPassword')} className="max-w-md">
        <Field
          id={firstBootId('adminPassword')}
          label="Administrator’s password"
          optional={!asked}
          about="Cloudbase-Init takes no hash, so the password stands in the clear in the configuration of the VM, where everybody with VM.Audit on it can read it. Change it after the first sign-in."
          help="Stands in the clear in the VM’s configuration"
          error={
            errorOf('adminPassword') ?? (asked ? 'Give the password of Administrator again' : null)
          }
          errorAction={
            asked ? (
              <button type="button" className="link flex-none" onClick={doWithout}>
                Do without
              </button>
            ) : undefined
          }
        >
          <Password
            autoComplete="new-password"
            value={value.adminPassword ?? ''}
            onChange={(password) => set('adminPassword', password)}
          />
        </Field>
      </div>
    </>
  )
}
