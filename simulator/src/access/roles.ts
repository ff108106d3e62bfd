import { privilegesOf } from '../schema/words.ts'
import type { Version } from '../version.ts'
import type { World } from '../world.ts'

/** Privileges that no built-in role but Administrator (and, for some, PVEAdmin) has (pve-access-control src/PVE/AccessControl.pm). */
const rootPrivileges = [
  'Sys.PowerMgmt',
  'Sys.Modify',
  'Sys.Incoming',
  'Sys.AccessNetwork',
  'Realm.Allocate',
  'Permissions.Modify',
  'Mapping.Modify',
]

const userRoles: Record<string, RegExp> = {
  PVEAuditor: /\.Audit$/,
  PVEVMAdmin: /^VM\./,
  PVEVMUser:
    /^VM\.(Audit|Backup|Config\.CDROM|Config\.Cloudinit|Console|PowerMgmt|GuestAgent\.(Audit|File.*))$/,
  PVETemplateUser: /^VM\.(Audit|Clone)$/,
  PVEDatastoreAdmin: /^Datastore\./,
  PVEDatastoreUser: /^Datastore\.(AllocateSpace|Audit)$/,
  PVEPoolAdmin: /^Pool\./,
  PVEPoolUser: /^Pool\.Audit$/,
  PVESysAdmin: /^Sys\.(Audit|Console|Syslog)$/,
  PVEUserAdmin: /^(Group\.Allocate|Realm\.AllocateUser|User\.Modify)$/,
}
const rolesSince80: Record<string, RegExp> = {
  PVESDNAdmin: /^SDN\./,
  PVESDNUser: /^SDN\.(Audit|Use)$/,
  PVEMappingAdmin: /^Mapping\./,
  PVEMappingUser: /^Mapping\.(Audit|Use)$/,
}

export type Role = { roleid: string; privs: string[]; special: boolean }

const builtIn = (version: Version): Role[] => {
  const all = privilegesOf(version)
  const patterns = { ...userRoles, ...(version === '7.4' ? {} : rolesSince80) }
  return [
    { roleid: 'Administrator', privs: all, special: true },
    { roleid: 'NoAccess', privs: [], special: true },
    {
      roleid: 'PVEAdmin',
      privs: all.filter((privilege) => !rootPrivileges.includes(privilege)),
      special: true,
    },
    ...Object.entries(patterns).map(([roleid, pattern]) => ({
      roleid,
      privs: all.filter((privilege) => pattern.test(privilege)),
      special: true,
    })),
  ]
}

/** Built-in roles first, then those of the world. */
export const allRoles = (world: World, version: Version): Role[] => [
  ...builtIn(version),
  ...world.roles.map(({ roleid, privs }) => ({
    roleid,
    privs: privs.filter((privilege) => privilegesOf(version).includes(privilege)),
    special: false,
  })),
]
