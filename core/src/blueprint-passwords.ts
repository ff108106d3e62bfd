/**
 * A blueprint holds no passwords, hashed or not. Where a request had one it notes `askPassword`, so that whoever starts a
 * deployment is asked again. Files, commands and documents of one's own are kept as they were written.
 */
import { z } from 'zod'
import {
  type CloudInitRequest,
  cloudInitSchema,
  cloudInitUserSchema,
  type Credentials,
  hasPassword,
} from './cloud-init/request.ts'
import { type Unattended, unattendedSchema } from './windows/request.ts'

const askPassword = z.literal(true).optional()

export const blueprintCloudInitSchema = cloudInitSchema.omit({ adminPassword: true }).extend({
  users: z
    .array(cloudInitUserSchema.omit({ password: true, passwordHash: true }).extend({ askPassword }))
    .max(20)
    .optional()
    .describe('Users that are made. `askPassword`: whoever deploys is asked for one.'),
  defaultUser: z
    .union([
      z.enum(['keep', 'none']),
      cloudInitUserSchema.pick({ sshKeys: true }).extend({ askPassword }),
    ])
    .optional()
    .describe('The user that the image brings: kept, kept with keys and a password, or not made.'),
  askAdminPassword: z
    .literal(true)
    .optional()
    .describe("Whoever deploys is asked for the administrator's password."),
})

/** Without passwords and product key: whoever starts a deployment gives them again. */
export const blueprintUnattendedSchema = unattendedSchema
  .omit({ administratorPassword: true, productKey: true })
  .extend({
    user: unattendedSchema.shape.user
      .unwrap()
      .omit({ password: true })
      .optional()
      .describe('One more account.'),
  })

export type BlueprintUnattended = z.infer<typeof blueprintUnattendedSchema>

/** What is kept of the answers for Windows setup. */
export function withoutAnswerSecrets({
  administratorPassword: _password,
  productKey: _key,
  user,
  ...rest
}: Unattended): BlueprintUnattended {
  if (user === undefined) return rest
  const { password: _own, ...account } = user
  return { ...rest, user: account }
}

/** Whose passwords are to be given again. */
export function askedOfUnattended({ user }: BlueprintUnattended): string[] {
  return ['Administrator', ...(user === undefined ? [] : [user.name])]
}

export type BlueprintCloudInit = z.infer<typeof blueprintCloudInitSchema>

/** What is kept of it. */
export function withoutPasswords({
  adminPassword,
  users,
  defaultUser,
  ...rest
}: CloudInitRequest): BlueprintCloudInit {
  return {
    ...rest,
    ...(users !== undefined && { users: users.map(kept) }),
    ...(defaultUser !== undefined && {
      defaultUser: typeof defaultUser === 'string' ? defaultUser : kept(defaultUser),
    }),
    ...(adminPassword !== undefined && { askAdminPassword: true }),
  }
}

function kept<User extends Credentials>({ password, passwordHash, ...rest }: User) {
  return {
    ...rest,
    ...(hasPassword({ password, passwordHash }) && { askPassword: true as const }),
  }
}

export type AsksPasswords = {
  cloudInit: CloudInitRequest
  /** Whose passwords are to be given again: `ops`, `the image’s own user`, `Administrator`. */
  asked: string[]
}

/** The way back: as a request has it, and whose passwords are missing in it. */
export function asksPasswords({
  askAdminPassword,
  users,
  defaultUser,
  ...rest
}: BlueprintCloudInit): AsksPasswords {
  const asked = (users ?? []).filter((user) => user.askPassword === true).map((user) => user.name)
  const { askPassword: ownToo, ...own } =
    typeof defaultUser === 'object' ? defaultUser : { askPassword: undefined }
  return {
    cloudInit: {
      ...rest,
      ...(users !== undefined && {
        users: users.map(({ askPassword: _ask, ...user }) => user),
      }),
      ...(defaultUser !== undefined && {
        defaultUser: typeof defaultUser === 'string' ? defaultUser : own,
      }),
    },
    asked: [
      ...(ownToo === true ? ['the image’s own user'] : []),
      ...asked,
      ...(askAdminPassword === true ? ['Administrator'] : []),
    ],
  }
}
