import { PlusIcon } from '@heroicons/react/16/solid'
import { useQuery } from '@tanstack/react-query'
import { sshKeysQuery } from '../../../api/sshKeys.ts'
import { Button } from '../../../ui/Button.tsx'
import { HelpMark } from '../../../ui/HelpMark.tsx'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { useFirstBoot } from './context.ts'
import { KeyPicker, PasswordField } from './Credentials.tsx'
import type { UserForm } from './state.ts'
import { UserCard } from './UserCard.tsx'

const MOST_USERS = 20

/** Who gets in: users of one's own, and the one that the image brings. */
export function Users() {
  const { value, set } = useFirstBoot()
  const { data: library = [], isPending } = useQuery(sshKeysQuery)
  const users = value.users ?? []
  const put = (next: UserForm[]) => set('users', next)
  const keys = library.map(({ publicKey }) => publicKey)
  return (
    <div className="flex flex-col gap-3">
      <div className="flex min-h-7 flex-wrap items-center gap-2">
        <h3 className="text-sm font-medium">Users</h3>
        {users.length === 0 && <span className="text-xs text-muted">None of your own yet</span>}
        <Button
          size="sm"
          icon={PlusIcon}
          className="ml-auto"
          // They are given to the new user.
          working={isPending && 'Reading your keys'}
          blocked={users.length >= MOST_USERS ? `At most ${MOST_USERS} users` : null}
          onClick={() =>
            put([...users, { name: '', sudo: true, ...(keys.length > 0 && { sshKeys: keys }) }])
          }
        >
          Add a user
        </Button>
      </div>
      {users.map((user, index) => (
        <UserCard
          // Users have no id; their order changes only by removal.
          key={`${index} of ${users.length}`}
          index={index}
          user={user}
          onChange={(next) => put(users.map((each, at) => (at === index ? next : each)))}
          onRemove={() => put(users.filter((_each, at) => at !== index))}
        />
      ))}
      <ImageUser />
    </div>
  )
}

/** The user that the image brings (debian, ubuntu, cloud-user …). */
function ImageUser() {
  const { value, set } = useFirstBoot()
  const { defaultUser, users = [] } = value
  const given = users.length === 0 ? 'keep' : 'none'
  const chosen = typeof defaultUser === 'object' ? 'access' : (defaultUser ?? given)
  const choose = (next: 'keep' | 'access' | 'none') => {
    if (next === 'access') set('defaultUser', {})
    else set('defaultUser', next === given ? undefined : next)
  }
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-3">
      <div className="flex flex-wrap items-center gap-2">
        <span className="flex min-w-40 items-center gap-1.5 text-sm font-medium text-ink">
          The image’s own user
          <HelpMark about="The image's own user">
            Cloud images bring a user: debian, ubuntu, cloud-user, rocky … Kept, it has no way in
            unless it gets a key or a password here. Without it, only the users above exist.
          </HelpMark>
        </span>
        <SegmentedControl
          label="The image's own user"
          className="ml-auto"
          value={chosen}
          onChange={choose}
          options={[
            { value: 'keep', label: 'Kept' },
            { value: 'access', label: 'With keys' },
            { value: 'none', label: 'Not made' },
          ]}
        />
      </div>
      {typeof defaultUser === 'object' && (
        <div className="grid items-start gap-4 rounded-md border border-line p-3 sm:grid-cols-2 sm:p-4">
          <KeyPicker
            path="defaultUser.sshKeys"
            who="the image’s own user"
            value={defaultUser}
            onChange={(next) => set('defaultUser', next)}
          />
          <PasswordField
            path="defaultUser.password"
            who="the image’s own user"
            value={defaultUser}
            onChange={(next) => set('defaultUser', next)}
          />
        </div>
      )}
    </div>
  )
}
