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
