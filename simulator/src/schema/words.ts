import { atLeast, type Version } from '../version.ts'

const common = [
  ['Datastore', 'Allocate AllocateSpace AllocateTemplate Audit'],
  ['Group', 'Allocate'],
  ['Permissions', 'Modify'],
  ['Pool', 'Allocate Audit'],
  ['Realm', 'Allocate AllocateUser'],
  ['SDN', 'Allocate Audit'],
  ['Sys', 'Audit Console Incoming Modify PowerMgmt Syslog'],
  ['User', 'Modify'],
  ['VM', 'Allocate Audit Backup Clone Console Migrate PowerMgmt Snapshot Snapshot.Rollback'],
  ['VM.Config', 'CDROM CPU Cloudinit Disk HWType Memory Network Options'],
]
const until84 = [['VM', 'Monitor']]
const since80 = [
  ['Mapping', 'Audit Modify Use'],
  ['SDN', 'Use'],
  ['Sys', 'AccessNetwork'],
]
const since90 = [
  ['VM.GuestAgent', 'Audit FileRead FileSystemMgmt FileWrite Unrestricted'],
  ['VM', 'Replicate'],
]

/** The privileges that a version knows (pve-access-control src/PVE/AccessControl.pm); naming another is a 400. */
export const privilegesOf = (version: Version): string[] =>
  [...common, ...(atLeast(version, 8) ? since80 : []), ...(atLeast(version, 9) ? since90 : until84)]
    .flatMap(([group, names = '']) => names.split(' ').map((name) => `${group}.${name}`))
    .toSorted()

/** Built-in CPU models (qemu-server src/PVE/QemuServer/CPUConfig.pm). */
export const cpuModels = (
  '486 host kvm32 kvm64 max qemu32 qemu64 coreduo core2duo pentium pentium2 pentium3 athlon phenom ' +
  'x86-64-v2 x86-64-v2-AES x86-64-v3 x86-64-v4 Conroe Penryn Nehalem Nehalem-IBRS Westmere Westmere-IBRS ' +
  'SandyBridge SandyBridge-IBRS IvyBridge IvyBridge-IBRS Haswell Haswell-IBRS Haswell-noTSX Broadwell ' +
  'Broadwell-IBRS Broadwell-noTSX Skylake-Client Skylake-Server Skylake-Server-v5 Cascadelake-Server ' +
  'Cascadelake-Server-v5 Cooperlake Icelake-Client Icelake-Server SapphireRapids GraniteRapids KnightsMill ' +
  'Opteron_G1 Opteron_G2 Opteron_G3 Opteron_G4 Opteron_G5 EPYC EPYC-IBPB EPYC-Rome EPYC-Rome-v2 EPYC-Milan ' +
  'EPYC-Milan-v2 EPYC-Genoa'
).split(' ')
