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
const cpuModels =
  '486 Broadwell Broadwell-IBRS Broadwell-noTSX Broadwell-noTSX-IBRS Cascadelake-Server ' +
  'Cascadelake-Server-noTSX Conroe EPYC EPYC-IBPB EPYC-Milan EPYC-Rome Haswell Haswell-IBRS ' +
  'Haswell-noTSX Haswell-noTSX-IBRS Icelake-Client Icelake-Client-noTSX Icelake-Server ' +
  'Icelake-Server-noTSX IvyBridge IvyBridge-IBRS KnightsMill Nehalem Nehalem-IBRS Opteron_G1 Opteron_G2 ' +
  'Opteron_G3 Opteron_G4 Opteron_G5 Penryn SandyBridge SandyBridge-IBRS Skylake-Client ' +
  'Skylake-Client-IBRS Skylake-Client-noTSX-IBRS Skylake-Server Skylake-Server-IBRS ' +
  'Skylake-Server-noTSX-IBRS Westmere Westmere-IBRS athlon core2duo coreduo host kvm32 kvm64 max ' +
  'pentium pentium2 pentium3 phenom qemu32 qemu64'

/** That came with 8.x. */
const cpuModelsSince80 =
  'Cascadelake-Server-v2 Cascadelake-Server-v4 Cascadelake-Server-v5 Cooperlake Cooperlake-v2 ' +
  'EPYC-Genoa EPYC-Milan-v2 EPYC-Rome-v2 EPYC-Rome-v3 EPYC-Rome-v4 EPYC-v3 EPYC-v4 GraniteRapids ' +
  'Icelake-Server-v3 Icelake-Server-v4 Icelake-Server-v5 Icelake-Server-v6 SapphireRapids ' +
  'SapphireRapids-v2 Skylake-Client-v4 Skylake-Server-v4 Skylake-Server-v5 x86-64-v2 x86-64-v2-AES ' +
  'x86-64-v3 x86-64-v4'

/** That came with 9.x. */
const cpuModelsSince90 =
  'ClearwaterForest EPYC-Genoa-v2 EPYC-Milan-v3 EPYC-Rome-v5 EPYC-Turin EPYC-v5 GraniteRapids-v2 ' +
  'GraniteRapids-v3 Icelake-Server-v7 SapphireRapids-v3 SapphireRapids-v4 SierraForest SierraForest-v2 ' +
  'SierraForest-v3'

/** What `capabilities/qemu/cpu` lists, and `cpu=` accepts. */
export const cpuModelsOf = (version: Version): string[] =>
  [
    cpuModels,
    ...(atLeast(version, 8) ? [cpuModelsSince80] : []),
    ...(atLeast(version, 9) ? [cpuModelsSince90] : []),
  ]
    .flatMap((names) => names.split(' '))
    .toSorted()
