/**
 * What an account may do, feature by feature, from its own list of rights, and how to grant what is missing. The list
 * (`GET /access/permissions`) tells where a privilege is held; held nowhere, it is missing for certain. Whether it is
 * held at the very place that a deployment needs is what its plan tells.
 */
import { DEPLOYING_PRIVILEGES } from '../privileges.ts'
import { fine, type Finding, trouble } from './report.ts'

export type Permissions = { [path: string]: { [privilege: string]: number } }

export type Account = {
  /** `mira@pve`, or a token `mira@pve!ci`. */
  username: string
  permissions: Permissions
  /** Of a token: whether it has only what is granted to itself. Null where that is not known, and for people. */
  separated: boolean | null
}

type Version = { major: number; minor: number }

type Scope = 'vms' | 'storage' | 'sdn' | 'nodes'

/** Any one of the privileges will do. */
type Need = { scope: Scope; privileges: [string, ...string[]] }

type Feature = {
  id: string
  /** As a heading: `Deploy from templates`. */
  title: string
  /** After "may not": `deploy from templates`. */
  verb: string
  level: 'fail' | 'warn' | 'info'
  /** What follows where it is missing. */
  follows: string
  needs: Need[]
}

const on = (scope: Scope, ...privileges: string[]): Need[] =>
  privileges.map((privilege) => ({ scope, privileges: [privilege] }))

/** Names of privileges changed with 8.0, 8.2 and 9.0 (pve-access-control src/PVE/AccessControl.pm). */
function features({ major, minor }: Version): Feature[] {
  const agent = (privilege: string): Need => ({
    scope: 'vms',
    privileges:
      major >= 9 ? [`VM.GuestAgent.${privilege}`, 'VM.GuestAgent.Unrestricted'] : ['VM.Monitor'],
  })
  const fetches: Need =
    major > 8 || (major === 8 && minor >= 2)
      ? { scope: 'nodes', privileges: ['Sys.AccessNetwork', 'Sys.Modify'] }
      : { scope: 'nodes', privileges: ['Sys.Modify'] }
  return [
    {
      id: 'deploy',
      title: 'Deploy from templates',
      verb: 'deploy from templates',
      level: 'fail',
      follows: 'Every plan is blocked.',
      needs: [
        ...on('vms', ...DEPLOYING_PRIVILEGES),
        ...on('storage', 'Datastore.AllocateSpace'),
        ...(major >= 8 ? on('sdn', 'SDN.Use') : []),
      ],
    },
    {
      id: 'check',
      title: 'Ask guest agents',
      verb: 'ask guest agents',
      level: 'warn',
      follows: 'Whether VMs come up, and their addresses, stay unknown.',
      needs: [agent('Audit')],
    },
    {
      id: 'lists',
      title: 'See storages and load',
      verb: 'see storages and the load of nodes',
      level: 'warn',
      follows: 'Free space and memory are not known when VMs are placed.',
      needs: [...on('storage', 'Datastore.Audit'), ...on('nodes', 'Sys.Audit')],
    },
    {
      id: 'first-boot',
      title: "Read cloud-init's verdict",
      verb: "read cloud-init's verdict",
      level: 'info',
      follows: 'A first boot that failed looks like one that went well.',
      needs: [agent('FileRead')],
    },
    {
      id: 'seed',
      title: 'First-boot documents as ISO',
      verb: 'put first-boot documents on an ISO',
      level: 'info',
      follows:
        "Users, packages and commands of a first boot go only as far as Proxmox's own cloud-init drive does.",
      needs: [...on('storage', 'Datastore.AllocateTemplate'), ...on('vms', 'VM.Config.CDROM')],
    },
    {
      id: 'create',
      title: 'Create from ISOs and images',
      verb: 'create VMs from ISOs and cloud images',
      level: 'info',
      follows: 'Only templates can be deployed.',
      needs: on('vms', 'VM.Config.HWType', 'VM.Config.CDROM'),
    },
    {
      id: 'upload',
      title: 'Upload ISOs and images',
      verb: 'upload ISOs and images',
      level: 'info',
      follows: 'Those that are there can be used.',
      needs: on('storage', 'Datastore.AllocateTemplate'),
    },
    {
      id: 'download',
      title: 'Download images by URL',
      verb: 'have images downloaded by URL',
      level: 'info',
      follows: 'No template can be built from the catalogue.',
      needs: [...on('storage', 'Datastore.AllocateTemplate'), fetches],
    },
    {
      id: 'snapshots',
      title: 'Snapshots',
      verb: 'make snapshots and roll back',
      level: 'info',
      follows: 'The buttons for it say so.',
      needs: on('vms', 'VM.Snapshot', 'VM.Snapshot.Rollback'),
    },
    {
      id: 'console',
      title: 'Consoles',
      verb: 'open consoles',
      level: 'info',
      follows: 'The buttons for it say so.',
      needs: on('vms', 'VM.Console'),
    },
    {
      id: 'delete',
      title: 'Undo and delete',
      verb: 'undo deployments and delete VMs',
      level: 'info',
      follows: 'What was made has to be removed by somebody else.',
      needs: on('vms', 'VM.Allocate', 'VM.PowerMgmt'),
    },
    {
      id: 'remove-images',
      title: 'Remove ISOs and images',
      verb: 'remove ISOs and images',
      level: 'info',
      follows: 'Seeds are left on the storage.',
      needs: on('storage', 'Datastore.Allocate'),
    },
    {
      id: 'commands',
      title: 'Commands in guests',
      verb: 'run commands in guests',
      level: 'info',
      follows: 'Validations leave such checks out.',
      needs: [agent('Unrestricted')],
    },
  ]
}

const roots: Record<Scope, RegExp> = {
  vms: /^\/(vms|pool)(\/|$)/,
  storage: /^\/(storage|pool)(\/|$)/,
  sdn: /^\/sdn(\/|$)/,
  nodes: /^\/nodes(\/|$)/,
}

/** Held at `/` it counts where it goes on to what is below; its value says so. */
const isHeld = (permissions: Permissions, { scope, privileges }: Need): boolean =>
  Object.entries(permissions).some(([path, held]) =>
    privileges.some((privilege) =>
      path === '/' ? held[privilege] === 1 : roots[scope].test(path) && privilege in held,
    ),
  )

export function featureFindings(account: Account, version: Version): Finding[] {
  const { permissions, username } = account
  const findings = features(version).map((feature): Finding => {
    const missing = feature.needs.filter((need) => !isHeld(permissions, need))
    const id = `feature ${feature.id}`
    if (missing.length === 0) {
      const count = feature.needs.length
      return fine(id, feature.title, `${count} ${count === 1 ? 'privilege' : 'privileges'}`)
    }
    const names = missing.map(({ privileges }) => [...new Set(privileges)].join(' or '))
    return trouble(feature.level, {
      id,
      title: `${username} may not ${feature.verb}`,
      found: `It holds ${sentence(names)} nowhere. ${feature.follows}`,
      remedy: 'An administrator can grant it, in a shell on any node:',
      commands: grants(account, feature, missing, version).map((text) => ({
        where: 'node' as const,
        text,
      })),
      subject: username,
    })
  })
  return [...findings, ...tokenFindings(account)]
}

const sentence = (names: string[]): string => {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}

/** docs/proxmox.md has the same role; unknown names would fail all of it, so it follows the version. */
export function smallestRole({ major }: Version): string[] {
  return [
    ...DEPLOYING_PRIVILEGES,
    'Datastore.Audit',
    'Datastore.AllocateSpace',
    'Pool.Audit',
    'Sys.Audit',
    ...(major >= 8 ? ['SDN.Use'] : []),
    major >= 9 ? 'VM.GuestAgent.Audit' : 'VM.Monitor',
  ]
}

/** Who has hardly anything gets the whole role; otherwise a role of its own, beside those that are held already. */
function grants(account: Account, feature: Feature, missing: Need[], version: Version): string[] {
  const whole = feature.id === 'deploy' && missing.length > feature.needs.length / 2
  const role = whole ? 'VMDeployer' : `VMDeployer-${feature.id}`
  const privileges = whole ? smallestRole(version) : missing.map((need) => need.privileges[0])
  const scopes = new Set(missing.map(({ scope }) => scope))
  const paths = whole
    ? ['/']
    : [...new Set([...scopes].flatMap((scope) => placesFor(account.permissions, scope)))]
  return [
    `pveum role add ${role} --privs "${privileges.join(' ')}"`,
    ...paths.map((path) => `pveum acl modify ${path} ${whoOf(account)} --roles ${role}`),
  ]
}

/** A token without privilege separation has what its user has. */
function whoOf({ username, separated }: Account): string {
  return username.includes('!') && separated !== false
    ? `--tokens '${username}'`
    : `--users ${username.split('!')[0]}`
}

const MOST_PLACES = 3
const tops: Record<Scope, string> = {
  vms: '/vms',
  storage: '/storage',
  sdn: '/sdn',
  nodes: '/nodes',
}

/**
 * Where a grant helps: an entry on a deeper path replaces what comes from above, so it has to stand where the account has
 * entries already (pve-access-control src/PVE/AccessControl.pm, roles). Otherwise on `/`.
 */
function placesFor(permissions: Permissions, scope: Scope): string[] {
  const root = Object.keys(permissions['/'] ?? {})
  const differs = (path: string): boolean => {
    const held = Object.keys(permissions[path] ?? {})
    return held.length > 0 && held.toSorted().join() !== root.toSorted().join()
  }
  const own = Object.keys(permissions).filter(
    (path) => path !== '/' && roots[scope].test(path) && differs(path),
  )
  if (own.length === 0) return ['/']
  if (own.includes(tops[scope])) return [tops[scope]]
  // Whoever has a pool works in it, and single VMs are mostly templates to clone; storages are seldom in a pool.
  const usual = own.filter((path) => path.startsWith('/pool/') === (scope === 'vms'))
  return (usual.length > 0 ? usual : own).slice(0, MOST_PLACES)
}

function tokenFindings({ username, separated, permissions }: Account): Finding[] {
  if (!username.includes('!')) return []
  const id = 'token'
  const [user = '', name = ''] = username.split('!')
  if (separated === false) return [fine(id, 'Token', `has all rights of ${user}`)]
  const nothing = Object.values(permissions).every((held) => Object.keys(held).length === 0)
  if (separated === null && !nothing) return []
  return [
    trouble(nothing ? 'fail' : 'info', {
      id,
      title: `The token ${username} has only what is granted to itself`,
      found: nothing
        ? `Privilege separation is on, and nothing is granted to it: whatever ${user} may do, the token may not.`
        : `Privilege separation is on: it may do what is granted to it, and to ${user} as well.`,
      remedy: nothing
        ? `Grant a role to the token itself, or turn the separation off: then it has all rights of ${user}.`
        : 'That is the safer way. To let it do all that its user may, turn the separation off:',
      commands: [
        ...(nothing
          ? [
              {
                where: 'node' as const,
                text: `pveum acl modify / --tokens '${username}' --roles VMDeployer`,
              },
            ]
          : []),
        { where: 'node' as const, text: `pveum user token modify ${user} ${name} --privsep 0` },
      ],
      subject: username,
    }),
  ]
}
