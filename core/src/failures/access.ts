/** Rights and parameters. Texts: pve-access-control src/PVE/RPCEnvironment.pm, pve-common src/PVE/JSONSchema.pm. */
import type { FailureRule } from './rule.ts'

export const accessRules: FailureRule[] = [
  {
    code: 'pool-unknown',
    class: 'fail',
    pattern: /pool '([^']+)' does not exist/,
    words: (part) => ({
      title: `There is no pool ${part(1)}`,
      cause: 'It was removed, or never there.',
      remedy: 'Choose another pool, or create it on Proxmox first.',
    }),
  },
  {
    code: 'tag-not-allowed',
    class: 'fail',
    pattern: /Permission check failed \((\S+), Sys\.Modify for modifying tag '([^']+)'\)/,
    words: (part, at) => ({
      title: `${at.user} may not use the tag ${part(2)}`,
      cause: `The cluster allows certain tags only. Proxmox asks for Sys.Modify on ${part(1)} for others.`,
      remedy:
        'Use other tags, or allow free tags under Datacenter, Options, User Tag Access: the deployer marks its VMs by a tag.',
    }),
  },
  {
    code: 'token-not-allowed',
    class: 'fail',
    pattern: /URI '([^']+)' not available with API token/,
    words: (part) => ({
      title: 'An API token cannot do this',
      cause: `Proxmox takes no token for ${part(1)}.`,
      remedy: 'Sign in with a password.',
    }),
  },
  {
    code: 'forbidden',
    class: 'fail',
    pattern: /Permission check failed \((\/[^,]*), ([^)]+)\)/,
    words: (part, at) => ({
      title: `${at.user} may not do this on ${part(1)}`,
      cause: `Proxmox asks for ${part(2).replaceAll('|', ' or ')} on ${part(1)}.`,
      remedy: 'Ask for a role with it on that path, then retry.',
    }),
  },
  {
    code: 'forbidden',
    class: 'fail',
    // Without a path where one of several rights would do; for a clone that is VM.Allocate.
    pattern: /Permission check failed/,
    words: (_part, at) => ({
      title: `${at.user} may not do this`,
      cause: `A right is missing while ${at.doing}. To create VMs, Proxmox asks for VM.Allocate on the new VMID or its pool.`,
      remedy: 'Ask for a role with it, then retry.',
    }),
  },
  {
    code: 'name-refused',
    class: 'fail',
    pattern: /name: .*value does not look like a valid DNS name/,
    words: (_part, at) => ({
      title: `Proxmox does not take the name of ${at.vm}`,
      cause: 'Names have letters, digits and hyphens, with dots between parts.',
      remedy: 'Choose another name.',
    }),
  },
  {
    code: 'parameter-unknown',
    class: 'fail',
    pattern: /([\w-]+): property is not defined in schema/,
    words: (part) => ({
      title: `This Proxmox version does not know ${part(1)}`,
      cause: 'The parameter came with a later version.',
      remedy: 'Leave the setting out, or update Proxmox.',
    }),
  },
]
