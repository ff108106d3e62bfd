import { TrashIcon } from '@heroicons/react/16/solid'
import { IconButton } from '../../../ui/Button.tsx'
import { Switch } from '../../../ui/Checkbox.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { useFirstBoot } from './context.ts'
import { KeyPicker, PasswordField } from './Credentials.tsx'
import { BootField, ListText } from './fields.tsx'
import { words } from './lists.ts'
import { type UserForm, withSetting } from './state.ts'

/** One user: name and ways in at once, the rest folded. */
export function UserCard({
  index,
  user,
  onChange,
  onRemove,
}: {
  index: number
  user: UserForm
  onChange: (user: UserForm) => void
  onRemove: () => void
}) {
  const { errorOf } = useFirstBoot()
  const path = `users.${index}`
  const who = user.name === '' ? 'this user' : user.name
  const set = <Key extends keyof UserForm>(key: Key, value: UserForm[Key] | undefined) =>
    onChange(withSetting(user, key, value))
  const rest = (['groups', 'shell', 'gecos'] as const).filter((key) => user[key] !== undefined)
  const wrong = (['groups', 'shell', 'gecos'] as const).some(
    (key) => errorOf(`${path}.${key}`) !== null,
  )
  return (
    <fieldset className="flex min-w-0 flex-col gap-4 rounded-md border border-line p-3 sm:p-4">
      <legend className="sr-only">User {who}</legend>
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-2 gap-y-4 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] sm:gap-x-4">
        <BootField
          className="max-sm:order-1"
          path={`${path}.name`}
          label="User name"
          about="A user that is made at the first boot. One that the image has already gets these keys and this password as well."
        >
          <TextInput
            value={user.name}
            placeholder="ops"
            maxLength={32}
            onChange={(name) => onChange({ ...user, name })}
          />
        </BootField>
        <PasswordField
          className="max-sm:order-3 max-sm:col-span-2"
          path={`${path}.password`}
          who={who}
          value={user}
          onChange={(credentials) => onChange(withCredentials(user, credentials))}
        />
        <IconButton
          icon={TrashIcon}
          label={`Remove ${who}`}
          className="mt-6.5 max-sm:order-2"
          onClick={onRemove}
        />
      </div>
      <KeyPicker
        path={`${path}.sshKeys`}
        who={who}
        value={user}
        onChange={(credentials) => onChange(withCredentials(user, credentials))}
      />
      <Switch
        checked={user.sudo === true}
        onChange={(on) => set('sudo', on ? true : undefined)}
        label="All rights by sudo, without a password"
      />
      <details open={wrong || undefined}>
        <summary className="w-fit text-xs text-muted">
          Groups, shell, full name{rest.length === 0 ? '' : `: ${rest.length} set`}
        </summary>
        <div className="grid gap-4 pt-3 sm:grid-cols-3">
          <BootField
            path={`${path}.groups`}
            label="Groups"
            optional
            about="Besides the user's own. Those that do not exist are made."
          >
            <ListText
              as={words}
              value={user.groups ?? []}
              onChange={(groups) => set('groups', groups)}
              placeholder="docker"
            />
          </BootField>
          <BootField
            path={`${path}.shell`}
            label="Shell"
            optional
            about="Left empty, a new user gets /bin/bash."
          >
            <TextInput
              mono
              value={user.shell ?? ''}
              placeholder="/bin/bash"
              onChange={(shell) => set('shell', shell)}
            />
          </BootField>
          <BootField path={`${path}.gecos`} label="Full name" optional>
            <TextInput value={user.gecos ?? ''} onChange={(gecos) => set('gecos', gecos)} />
          </BootField>
        </div>
      </details>
    </fieldset>
  )
}

function withCredentials(
  {
    sshKeys: _keys,
    password: _password,
    passwordHash: _hash,
    askPassword: _ask,
    ...user
  }: UserForm,
  {
    sshKeys,
    password,
    passwordHash,
    askPassword,
  }: Pick<UserForm, 'sshKeys' | 'password' | 'passwordHash' | 'askPassword'>,
): UserForm {
  return {
    ...user,
    ...(sshKeys !== undefined && { sshKeys }),
    ...(password !== undefined && { password }),
    ...(passwordHash !== undefined && { passwordHash }),
    ...(askPassword === true && { askPassword }),
  }
}
