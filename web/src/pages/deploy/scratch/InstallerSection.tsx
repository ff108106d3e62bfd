import { osTypeTitles } from '@deployer/core/hardware/profiles.ts'
import { computerNameOf } from '@deployer/core/windows/checks.ts'
import { GUEST_TOOLS, isWindowsOsType, type WindowsOsType } from '@deployer/core/windows/drivers.ts'
import { keyboards, languages, timeZones } from '@deployer/core/windows/places.ts'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Field } from '../../../ui/Field.tsx'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { Select } from '../../../ui/Select.tsx'
import { Password, TextInput } from '../../../ui/TextInput.tsx'
import { ListText } from '../cloud-init/fields.tsx'
import { withSetting } from '../cloud-init/state.ts'
import { DeployField } from '../DeployField.tsx'
import { useDeploy } from '../deploy-context.ts'
import { DriverGuide, LoadedDrivers } from './DriverGuide.tsx'
import { defaultEdition, editions } from './editions.ts'
import { Part, PartsOf } from './parts.tsx'
import type { AnswersForm } from './state.ts'

/** Who answers the questions of the installer, and how. */
export function InstallerSection() {
  const { form } = useDeploy()
  if (form.osType === null) {
    return <p className="text-xs text-muted">Choose the operating system first.</p>
  }
  return isWindowsOsType(form.osType) ? (
    <WindowsFields osType={form.osType} />
  ) : (
    <p className="text-xs text-muted">
      The installer asks its questions on the console of each VM. When the system is installed it
      starts from the disk; the ISO stays in the drive until somebody takes it out.
    </p>
  )
}

const setupHelp = {
  unattended: 'Answers every question of setup, and installs the drivers and the guest agent.',
  hand: 'Setup waits at the console of each VM, with the driver folders to pick below.',
} as const

function WindowsFields({ osType }: { osType: WindowsOsType }) {
  const { form, change } = useDeploy()
  return (
    <div className="flex flex-col gap-4">
      <DeployField
        name="setup"
        label="Windows setup"
        about="Unattended: an answer file is made for each VM, put in a third CD drive, and removed as soon as the guest agent answers. By hand: you click through setup yourself."
      >
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <SegmentedControl
            label="Windows setup"
            value={form.setup}
            onChange={(setup) => change({ setup })}
            options={[
              { value: 'unattended', label: 'Unattended' },
              { value: 'hand', label: 'By hand' },
            ]}
          />
          <span className="min-w-0 flex-1 basis-60 text-xs text-muted">
            {setupHelp[form.setup]}
          </span>
        </span>
      </DeployField>
      {form.setup === 'unattended' ? (
        <Answers osType={osType} />
      ) : (
        <DriverGuide osType={osType} bus={form.drives.boot.bus} />
      )}
    </div>
  )
}

function Answers({ osType }: { osType: WindowsOsType }) {
  const { form, change } = useDeploy()
  const { answers } = form
  const set = <Key extends keyof AnswersForm>(key: Key, value: AnswersForm[Key] | undefined) =>
    change({ answers: withSetting(answers, key, value) })
  return (
    <PartsOf field="answers">
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        <EditionField
          osType={osType}
          value={answers.edition}
          onChange={(next) => set('edition', next)}
        />
        <Part
          path="language"
          label="Language"
          about="Of setup and of Windows. It must be on the ISO: most have one language."
        >
          <Select
            value={answers.language ?? 'en-US'}
            onChange={(next) => set('language', next === 'en-US' ? undefined : next)}
            options={withOwn(languages, answers.language)}
          />
        </Part>
        <Part path="keyboard" label="Keyboard" about="Layout of the keyboard.">
          <Select
            value={answers.keyboard ?? SAME}
            onChange={(next) => set('keyboard', next === SAME ? undefined : next)}
            options={[
              { value: SAME, label: 'As the language' },
              ...withOwn(keyboards, answers.keyboard),
            ]}
          />
        </Part>
        <Part path="timeZone" label="Time zone" about="Where the clock of the guest stands.">
          <Select
            value={answers.timeZone ?? 'UTC'}
            onChange={(next) => set('timeZone', next === 'UTC' ? undefined : next)}
            options={withOwn(timeZones, answers.timeZone)}
          />
        </Part>
        <ComputerName />
        <ProductKey answers={answers} change={(next) => change({ answers: next })} />
      </div>
      <Accounts answers={answers} change={(next) => change({ answers: next })} />
      <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
        <Checkbox
          checked={answers.remoteDesktop ?? true}
          onChange={(on) => set('remoteDesktop', on ? undefined : false)}
          label="Turn on Remote Desktop"
          help="With its rule in the firewall. Port 3389 is checked afterwards"
        />
        <p className="py-0.5 text-sm text-ink">
          The guest agent comes with the drivers
          <span className="block text-xs text-muted">
            <code>{GUEST_TOOLS}</code> runs at the first sign-in, from the drivers ISO
          </span>
        </p>
      </div>
      <Part
        path="commands"
        label="Commands"
        optional
        help="One a line, run by cmd.exe as Administrator, in order, when all else is done"
      >
        <ListText
          as={lines}
          rows={2}
          value={answers.commands ?? []}
          onChange={(commands) => set('commands', commands)}
          placeholder="powershell -Command Install-WindowsFeature Web-Server"
        />
      </Part>
      <LoadedDrivers osType={osType} bus={form.drives.boot.bus} />
    </PartsOf>
  )
}

const lines = {
  write: (commands: string[]) => commands.join('\n'),
  read: (text: string) => text.split('\n').filter((line) => line.trim() !== ''),
}

/** No keyboard can be called this. */
const SAME = '(language)'

/** A value that came with an earlier request and is in no list. */
function withOwn(choices: readonly { value: string; label: string }[], own: string | undefined) {
  return own === undefined || choices.some(({ value }) => value === own)
    ? choices
    : [{ value: own, label: own }, ...choices]
}

/** No image can be called this. */
const OTHER = '(other)'

function EditionField({
  osType,
  value,
  onChange,
}: {
  osType: WindowsOsType
  value: string | undefined
  onChange: (edition: string | undefined) => void
}) {
  const usual = defaultEdition(osType)
  const chosen = value ?? usual
  const known = editions[osType].some((edition) => edition.value === chosen)
  return (
    <Part
      path="edition"
      label="Edition"
      about={`What of the ISO is installed. Media for volume licences and for evaluation have other names than those listed: give the name as it stands in the ISO, or the number of the image, from 1.`}
    >
      <span className="flex flex-col gap-1.5">
        <Select
          value={known ? chosen : OTHER}
          onChange={(next) => onChange(next === OTHER ? '1' : next === usual ? undefined : next)}
          options={[...editions[osType], { value: OTHER, label: 'By name or number' }]}
        />
        {!known && (
          <TextInput
            aria-label="Name or number of the edition"
            value={chosen}
            placeholder={`${osTypeTitles[osType]} Enterprise Evaluation`}
            onChange={onChange}
          />
        )}
      </span>
    </Part>
  )
}

/** NetBIOS: what is longer, Windows cuts. */
const LONGEST = 15

function ComputerName() {
  const { form, names } = useDeploy()
  const longest = Math.max(0, ...names.names.map((name) => computerNameOf(name).length))
  return (
    <Field
      label="Computer name"
      about="The computer is called as its VM, up to the first dot."
      help={longest === 0 ? 'The VM’s name' : `${longest} of at most ${LONGEST} characters`}
    >
      <TextInput readOnly mono value={form.namePattern || 'as the VM'} onChange={() => {}} />
    </Field>
  )
}

type OfAnswers = { answers: AnswersForm; change: (answers: AnswersForm) => void }

function ProductKey({ answers, change }: OfAnswers) {
  const asked = answers.askProductKey === true && answers.productKey === undefined
  return (
    <Part
      path="productKey"
      label="Product key"
      optional={!asked}
      about="Not kept in drafts, blueprints and links. Left empty, setup goes on, and Windows is activated later."
      help={asked ? 'Give it again, or do without' : 'Left empty, activate Windows later'}
    >
      <TextInput
        mono
        value={answers.productKey ?? ''}
        placeholder="XXXXX-XXXXX-XXXXX-XXXXX-XXXXX"
        onChange={(key) => change(withSetting(answers, 'productKey', key))}
        action={
          asked ? (
            <button
              type="button"
              className="link flex-none px-2 text-xs"
              onClick={() => change(withSetting(answers, 'askProductKey', undefined))}
            >
              Do without
            </button>
          ) : undefined
        }
      />
    </Part>
  )
}

/** Administrator, and one more. */
function Accounts({ answers, change }: OfAnswers) {
  const { user } = answers
  return (
    <div className="grid gap-4 border-t border-line pt-4 sm:grid-cols-2 xl:grid-cols-3">
      <Part
        path="administratorPassword"
        label="Administrator’s password"
        about="Stands in the answer file of each VM, which is removed when the guest agent answers. Stored encrypted until then. Not kept in drafts, blueprints and links."
        help="Kept only until setup is done"
      >
        <Password
          autoComplete="new-password"
          value={answers.administratorPassword ?? ''}
          onChange={(password) => change(withSetting(answers, 'administratorPassword', password))}
        />
      </Part>
      {user === undefined ? (
        <div className="flex items-end">
          <button
            type="button"
            className="link min-h-8 text-sm"
            onClick={() => change({ ...answers, user: { name: '' } })}
          >
            Add another account
          </button>
        </div>
      ) : (
        <>
          <Part
            path="user.name"
            label="Another account"
            about="A local account beside Administrator."
          >
            <TextInput
              value={user.name}
              placeholder="ops"
              onChange={(name) => change({ ...answers, user: { ...user, name } })}
            />
          </Part>
          <div className="flex flex-col gap-1.5">
            <Part path="user.password" label="Its password">
              <Password
                autoComplete="new-password"
                value={user.password ?? ''}
                onChange={(password) =>
                  change({ ...answers, user: withSetting(user, 'password', password) })
                }
              />
            </Part>
            <div className="flex items-start gap-3">
              <Checkbox
                className="flex-1"
                checked={user.administrator ?? false}
                onChange={(on) =>
                  change({
                    ...answers,
                    user: withSetting(user, 'administrator', on ? true : undefined),
                  })
                }
                label="Is an administrator"
              />
              <button
                type="button"
                className="link min-h-6 flex-none text-xs"
                onClick={() => change(withSetting(answers, 'user', undefined))}
              >
                Leave it out
              </button>
            </div>
          </div>
        </>
      )}
    </div>
  )
}
