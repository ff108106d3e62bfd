/** What the cluster has, as far as the account may see it: version, quorum, nodes, storages, bridges, templates. */
import type { Bridge, Node, SnippetAccess, Storage, Template } from '../inventory.ts'
import { type Command, fine, type Finding, trouble } from './report.ts'

export type ClusterFacts = {
  version: string
  /** Null where the account may not know. */
  quorate: boolean | null
  nodes: Node[]
  storages: Storage[]
  bridges: Bridge[]
  /** Null where there are too many to look at each; `templateCount` says how many there are. */
  templates: Template[] | null
  templateCount: number
  /** Null where this server has no way onto the nodes. */
  snippets: SnippetAccess | null
  vmids: { min: number; max: number; used: number }
}

export function clusterFindings(facts: ClusterFacts): Finding[] {
  return [
    version(facts.version),
    ...quorum(facts),
    ...nodes(facts.nodes),
    ...storages(facts),
    ...snippets(facts),
    ...bridges(facts),
    ...templates(facts),
    ...vmids(facts.vmids),
  ]
}

const TESTED_MAJOR = 9

function version(text: string): Finding {
  const [major = 0, minor = 0] = text.split('.').map((part) => Number.parseInt(part, 10))
  const id = 'version'
  if (major < 7 || (major === 7 && minor < 4))
    return trouble('fail', {
      id,
      title: `Proxmox VE ${text} is too old`,
      found: 'The deployer works with 7.4 and later.',
      remedy: 'Update the nodes, one after the other.',
      commands: [{ where: 'node', text: 'apt update && apt full-upgrade' }],
    })
  if (major > TESTED_MAJOR)
    return trouble('info', {
      id,
      title: `Proxmox VE ${text} is newer than this program`,
      found: `It was tried with versions up to ${TESTED_MAJOR}. Most will work.`,
      remedy: 'Look for a newer version of the deployer.',
    })
  return fine(id, 'Version', `Proxmox VE ${text}`)
}

function quorum({ quorate, nodes: all }: ClusterFacts): Finding[] {
  const id = 'quorum'
  if (quorate === null)
    return [
      trouble('info', {
        id,
        title: 'Quorum cannot be seen',
        found: 'Proxmox asks for Sys.Audit on /. Without quorum every change fails.',
      }),
    ]
  if (quorate) return [fine(id, 'Quorum', all.length === 1 ? 'a single node' : 'quorate')]
  return [
    trouble('fail', {
      id,
      title: 'The cluster has no quorum',
      found:
        'Fewer than half of its votes are there, so Proxmox writes nothing: plans are blocked.',
      remedy: 'Bring enough nodes back. This shows which are missing:',
      commands: [{ where: 'node', text: 'pvecm status' }],
    }),
  ]
}

function nodes(all: Node[]): Finding[] {
  const away = all.filter(({ online }) => !online)
  const present = fine('nodes', 'Nodes', `${all.length - away.length} of ${all.length} online`)
  if (all.length === 0)
    return [
      trouble('fail', {
        id: 'nodes',
        title: 'No node can be seen',
        found: 'Proxmox shows this account no node of the cluster.',
        remedy: 'See its rights below.',
      }),
    ]
  return [
    ...(away.length < all.length ? [present] : []),
    ...away.map(({ name }) =>
      trouble('warn', {
        id: `node ${name}`,
        title: `${name} is offline`,
        found: 'Nothing is placed there, and what lies on its own storage cannot be cloned.',
        remedy: 'See on another node what the cluster says of it.',
        commands: [{ where: 'node' as const, text: 'pvecm status' }],
        subject: name,
      }),
    ),
  ]
}

/** A storage with all its nodes. */
type Whole = { name: string; rows: Storage[]; first: Storage }

function storages({ storages: rows, nodes: all }: ClusterFacts): Finding[] {
  const wholes = [...Map.groupBy(rows, ({ name }) => name)].flatMap(([name, those]): Whole[] => {
    const [first] = those
    return first === undefined ? [] : [{ name, rows: those, first }]
  })
  const online = all.filter((node) => node.online).map(({ name }) => name)
  if (wholes.length === 0)
    return [
      trouble('fail', {
        id: 'storages',
        title: 'No storage can be seen',
        found: 'Disks need a storage, and Proxmox shows this account none.',
        remedy:
          'It needs Datastore.Audit and Datastore.AllocateSpace on the storages that it shall use.',
      }),
    ]
  return [
    ...wholes.map((whole) => storage(whole)),
    ...disks(wholes, online),
    ...content(wholes, 'iso', {
      title: 'No storage takes ISOs',
      found: 'First-boot documents cannot go as an ISO, and no VM can be installed from one.',
    }),
  ]
}

const FULL = 0.1
const VERY_FULL = 0.03

function storage({ name, rows, first }: Whole): Finding {
  const id = `storage ${name}`
  const down = rows.filter(({ active }) => !active)
  if (down.length > 0)
    return trouble('warn', {
      id,
      title: `${name} is not active on ${down.map(({ node }) => node).join(', ')}`,
      found: 'Proxmox cannot reach it there, so nothing is placed on it.',
      remedy: 'See why:',
      commands: [{ where: 'node', text: 'pvesm status' }],
      subject: name,
    })
  const places = first.shared ? [first] : rows
  const tight = places.filter(
    ({ totalGiB, availableGiB }) =>
      totalGiB !== null && availableGiB !== null && totalGiB > 0 && availableGiB < totalGiB * FULL,
  )
  const [worst] = tight.toSorted((a, b) => (a.availableGiB ?? 0) - (b.availableGiB ?? 0))
  if (worst !== undefined) {
    const part = (worst.availableGiB ?? 0) / (worst.totalGiB ?? 1)
    return trouble(part < VERY_FULL ? 'warn' : 'info', {
      id,
      title: `${name} is nearly full`,
      found: `${size(worst.availableGiB ?? 0)} of ${size(worst.totalGiB ?? 0)} are free${first.shared ? '' : ` on ${worst.node}`}. Thin disks grow later, and then stop their VMs.`,
      remedy: 'Free some space, or give it more.',
      subject: `storage ${name}`,
    })
  }
  const free = places.reduce((sum, { availableGiB }) => sum + (availableGiB ?? 0), 0)
  const known = places.every(({ availableGiB }) => availableGiB !== null)
  const where = first.shared
    ? 'shared'
    : `on ${rows.length} ${rows.length === 1 ? 'node' : 'nodes'}`
  return fine(id, name, known ? `${size(free)} free, ${where}` : where)
}

const size = (gib: number): string =>
  gib >= 1024 ? `${(gib / 1024).toFixed(2)} TiB` : `${gib >= 10 ? Math.round(gib) : gib} GiB`

/** Types that can hold files, and disks of VMs. */
const forFiles = ['dir', 'nfs', 'cifs', 'cephfs', 'btrfs']
const forDisks = ['lvmthin', 'zfspool', 'rbd', 'lvm', ...forFiles]

/** The list of content is replaced as a whole. */
const setContent = ({ name, content: kinds }: Storage, kind: string): Command => ({
  where: 'node',
  text: `pvesm set ${name} --content ${[...kinds, kind].join(',')}`,
})

/** Every node needs a place for disks, or nothing can run there. */
function disks(wholes: Whole[], online: string[]): Finding[] {
  const places = wholes.flatMap(({ rows }) =>
    rows.filter(({ content: kinds, active }) => active && kinds.includes('images')),
  )
  const without = online.filter((node) => !places.some((row) => row.node === node))
  if (without.length === 0) return []
  const none = without.length === online.length
  const candidate = wholes.find(({ first }) => forDisks.includes(first.type))?.first
  return [
    trouble(none ? 'fail' : 'warn', {
      id: 'storage for disks',
      title: none
        ? 'No storage takes disks of VMs'
        : `No storage takes disks on ${without.join(', ')}`,
      found: none
        ? 'None that this account sees has images among its content.'
        : 'Nothing can be placed there.',
      remedy: candidate
        ? `Let ${candidate.name} take them; the list replaces the former one.`
        : 'Add a storage for disks: LVM-thin, ZFS, Ceph RBD, a directory or NFS.',
      commands: candidate ? [setContent(candidate, 'images')] : [],
    }),
  ]
}

function content(
  wholes: Whole[],
  kind: string,
  words: { title: string; found: string },
): Finding[] {
  const taking = wholes.filter(({ first }) => first.content.includes(kind))
  if (taking.length > 0) {
    const names = taking.map(({ name }) => name).join(', ')
    return [fine(`storage for ${kind}`, 'Storage for ISOs', names)]
  }
  const candidate = wholes.find(({ first }) => forFiles.includes(first.type))?.first
  return [
    trouble('warn', {
      id: `storage for ${kind}`,
      ...words,
      remedy: candidate
        ? `Let ${candidate.name} take them; the list replaces the former one.`
        : 'Add a storage of type directory, NFS or CIFS that does.',
      commands: candidate ? [setContent(candidate, kind)] : [],
    }),
  ]
}

function snippets({ snippets: access, storages: rows }: ClusterFacts): Finding[] {
  const id = 'snippets'
  if (access === null) return [fine(id, 'Snippets by SSH', 'not set up, and not needed')]
  const { storage: name, places } = access
  if (places.length === 0) {
    const first = rows.find((row) => row.name === name)
    return [
      trouble('warn', {
        id,
        title: `${name} takes no snippets`,
        found:
          'First-boot documents cannot go as snippets: no node has it active with that content.',
        remedy: first
          ? 'Let it take them; the list replaces the former one. Or name another storage in SNIPPET_STORAGE.'
          : 'No such storage can be seen: name another one in SNIPPET_STORAGE.',
        commands: first ? [setContent(first, 'snippets')] : [],
        subject: `storage ${name}`,
      }),
    ]
  }
  const troubles = places.filter(({ problem }) => problem !== null)
  if (troubles.length === 0)
    return [fine(id, 'Snippets by SSH', `${name} on ${places.map(({ node }) => node).join(', ')}`)]
  return troubles.map(({ node, problem }) =>
    trouble('warn', {
      id: `${id} ${node}`,
      title: `Snippets cannot be written on ${node}`,
      found: problem ?? '',
      subject: node,
    }),
  )
}

const MOST_BRIDGES = 12

function bridges({ bridges: rows, nodes: all }: ClusterFacts): Finding[] {
  if (rows.length === 0)
    return [
      trouble('warn', {
        id: 'bridges',
        title: 'No bridge can be seen',
        found:
          'VMs keep the network of their template; no other can be chosen. Since Proxmox VE 8 a bridge needs SDN.Use.',
      }),
    ]
  const online = all.filter((node) => node.online).length
  const names = [...Map.groupBy(rows, ({ name }) => name)]
  const more =
    names.length > MOST_BRIDGES
      ? [fine('bridges', 'Other networks', `${names.length - MOST_BRIDGES} more`)]
      : []
  const shown = names.slice(0, MOST_BRIDGES).map(([name, those]) => {
    const id = `bridge ${name}`
    if (those.length >= online)
      return fine(id, name, online === 1 ? 'there' : 'the same on all nodes')
    return trouble('info', {
      id,
      title: `${name} is not on every node`,
      found: `It is on ${those.map(({ node }) => node).join(', ')}. VMs with it are placed only there.`,
      subject: name,
    })
  })
  return [...shown, ...more]
}

function templates({ templates: all, templateCount }: ClusterFacts): Finding[] {
  const id = 'templates'
  if (templateCount === 0)
    return [
      trouble('warn', {
        id,
        title: 'No templates yet',
        found: 'Templates are what most VMs are cloned from, and this account sees none.',
        remedy:
          'Build one from a cloud image on the page Templates, or make one of a VM that is prepared: docs/proxmox.md says what it needs.',
        commands: [{ where: 'node', text: 'qm template 9000' }],
      }),
    ]
  if (all === null)
    return [
      fine(id, 'Templates', `${templateCount}, too many to look at each; the page Templates does`),
    ]
  return all.map((each) => template(each))
}

function template(each: Template): Finding {
  const { vmid, name, node, agent, cloudInitDrive, disks: drives, lock } = each
  const id = `template ${vmid}`
  const subject = `${node}, VM ${vmid}`
  const who = `${name} (${vmid})`
  if (!drives.some(({ boot }) => boot))
    return trouble('warn', {
      id,
      title: `${who} has no disk to boot from`,
      found: 'Its VMs start and find nothing.',
      remedy: 'Give it a disk, and name it in its boot order.',
      commands: [{ where: 'node', text: `qm set ${vmid} --boot order=scsi0` }],
      subject,
    })
  if (!agent)
    return trouble('warn', {
      id,
      title: `${who} has no guest agent`,
      found:
        'Its VMs will start, but their address and what their first boot came to stay unknown, so they can be degraded at best.',
      remedy:
        'Install qemu-guest-agent in it and switch the option on. Until then, add qemu-guest-agent to the packages of a deployment.',
      commands: [{ where: 'node', text: `qm set ${vmid} --agent 1` }],
      subject,
    })
  if (lock !== null)
    return trouble('info', {
      id,
      title: `${who} is locked: ${lock}`,
      found: 'Clones wait until that has ended.',
      subject,
    })
  const windows = each.osType?.startsWith('w') === true
  if (cloudInitDrive === null && !windows)
    return trouble('info', {
      id,
      title: `${who} has no cloud-init drive`,
      found: 'Its VMs cannot be given an address or users by Proxmox itself; a seed ISO can.',
      remedy: 'Add one where it shall:',
      commands: [
        {
          where: 'node',
          text: `qm set ${vmid} --ide2 ${drives[0]?.storage || 'local-lvm'}:cloudinit`,
        },
      ],
      subject,
    })
  return fine(id, who, windows ? 'agent' : 'agent, cloud-init')
}

const FEW_IDS = 50

function vmids({ min, max, used }: ClusterFacts['vmids']): Finding[] {
  const free = max - min + 1 - used
  if (free >= FEW_IDS) return [fine('vmids', 'VMIDs', `${min} to ${max}`)]
  return [
    trouble(free <= 0 ? 'fail' : 'warn', {
      id: 'vmids',
      title:
        free <= 0
          ? `VMIDs ${min} to ${max} are all taken`
          : `VMIDs ${min} to ${max} leave ${free} free`,
      found: 'New VMs get their id from that range.',
      remedy:
        'Widen it, and start again. The cluster may have a range of its own (next-id under Datacenter, Options).',
      commands: [{ where: 'env', text: `VMID_MAX=${max + 1000}` }],
    }),
  ]
}
