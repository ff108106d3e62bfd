/** What the VMs have while nothing is set: as the chosen template has it, or as the profile of the chosen system says. */
import type { Profile } from '@deployer/core/hardware/profiles.ts'
import type { Template } from '@deployer/core/inventory.ts'

export type Basis = Pick<
  Template,
  | 'name'
  | 'description'
  | 'osType'
  | 'cores'
  | 'sockets'
  | 'memoryMiB'
  | 'disks'
  | 'nics'
  | 'cloudInitDrive'
  | 'agent'
  | 'tags'
  | 'linkedClone'
> & {
  /** Set where it is no template. Badges say its title. */
  profile?: Profile
  /** Nothing sets the guest up, so that nothing in it answers until somebody has been at the console. */
  byHand?: boolean
}

/** For the names of VMs: the computer's name is the VM's only where something in the guest takes it over. */
export function namedSystem(basis: Pick<Basis, 'osType' | 'byHand'> | null): string | null {
  return basis === null || basis.byHand === true ? null : basis.osType
}
