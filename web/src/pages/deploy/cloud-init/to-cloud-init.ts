/** From the form to `cloudInit` of the request. */
import { type CloudInitRequest, PASSWORD_HASH } from '@deployer/core/cloud-init/request.ts'
import { type CloudInitForm, type CredentialsForm, HIDDEN } from './state.ts'

type CloudInitProblem = { path: string; message: string }

/** What the request says; undefined where nothing is set. What is missing in it is told by path. */
export function toCloudInit(form: CloudInitForm): {
  cloudInit: CloudInitRequest | undefined
  problems: CloudInitProblem[]
} {
  const { users, defaultUser, askAdminPassword, ...rest } = form
  const problems: CloudInitProblem[] = []
  const given = <Of extends CredentialsForm>(of: Of, path: string, who: string) => {
    const { password, askPassword, ...others } = of
    if (password === undefined && askPassword === true) {
      problems.push({ path: `${path}.password`, message: `Give the password of ${who} again` })
    }
    if (password === undefined) return others
    return PASSWORD_HASH.test(password)
      ? { ...others, passwordHash: password }
      : { ...others, password }
  }
  if (askAdminPassword === true && rest.adminPassword === undefined) {
    problems.push({ path: 'adminPassword', message: 'Give the password of Administrator again' })
  }
  if (rest.userData?.document.includes(HIDDEN) === true) {
    const line = rest.userData.document.split('\n').findIndex((each) => each.includes(HIDDEN)) + 1
    const message = `The password in line ${line} was not kept in this browser. Write it again.`
    problems.push({ path: 'userData.document', message })
  }
  const cloudInit: CloudInitRequest = {
    ...rest,
    ...(users && {
      users: users.map((user, index) => given(user, `users.${index}`, user.name || 'this user')),
    }),
    ...(defaultUser !== undefined && {
      defaultUser:
        typeof defaultUser === 'string'
          ? defaultUser
          : given(defaultUser, 'defaultUser', 'the image’s own user'),
    }),
  }
  return {
    cloudInit: Object.keys(cloudInit).length === 0 ? undefined : cloudInit,
    problems,
  }
}
