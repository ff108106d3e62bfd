/** Whether the hosts answer, who vouches for them, and whether their clocks agree with ours. */
import { type Command, fine, type Finding, trouble } from './report.ts'

export type Certificate = {
  /** SHA-256, `AA:BB:…`. */
  fingerprint: string
  issuedTo: string
  issuedBy: string
  validTo: Date
  /** Null where it is trusted; else why not, after "it": `it is self-signed`. */
  distrust: string | null
}

/** What came of asking one host, without signing in. */
export type HostFact = { host: string } & (
  | {
      kind: 'answered'
      latencyMs: number
      /** Its clock minus ours; null where it did not say. Its resolution is a second. */
      clockSeconds: number | null
      certificate: Certificate
      /** Whether what answers is a Proxmox VE. */
      proxmox: boolean
    }
  | {
      kind: 'silent'
      why: 'refused' | 'timeout' | 'unknown-host' | 'no-route' | 'no-tls' | 'other'
      reason: string
    }
)

export type ConnectionFacts = {
  hosts: HostFact[]
  tls: 'system-ca' | 'ca-file' | 'fingerprint' | 'off'
  demo: boolean
  now: Date
}

const DAY_MS = 86_400_000
const WARN_DAYS = 30
/** Proxmox refuses tickets of the future beyond five minutes (pve-access-control src/PVE/AccessControl.pm). */
const REFUSED_SECONDS = 300
/** Times come in whole seconds, and the way takes time. */
const NOTICED_SECONDS = 5

export function connectionFindings(facts: ConnectionFacts): Finding[] {
  if (facts.demo)
    return [
      trouble('info', {
        id: 'connection',
        title: 'This is the simulated cluster',
        found: 'Everything works, and nothing is real.',
        remedy: 'For your own cluster, name one of its nodes, and start again.',
        commands: [
          { where: 'env', text: 'PROXMOX_HOST=pve1.example.org' },
          { where: 'here', text: './stop.sh; ./start.sh' },
        ],
      }),
    ]
  const any = facts.hosts.some(({ kind }) => kind === 'answered')
  return [
    ...facts.hosts.flatMap((fact) =>
      fact.kind === 'silent' ? [silent(fact, any)] : answered(fact, facts),
    ),
    ...certificates(facts),
  ]
}

type Silent = Extract<HostFact, { kind: 'silent' }>
type Answered = Extract<HostFact, { kind: 'answered' }>

const nameOf = (host: string): string => host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
const portOf = (host: string): string => /:(\d+)$/.exec(host)?.[1] ?? '8006'

/** One of several nodes may be away; if it is all of them, nothing can be done. */
function silent({ host, why, reason }: Silent, others: boolean): Finding {
  const name = nameOf(host)
  const port = portOf(host)
  const words: Record<
    Silent['why'],
    { title: string; found: string; remedy: string; commands: Command[] }
  > = {
    refused: {
      title: `${host} refuses connections`,
      found: `The machine is there, and nothing listens on its port ${port}.`,
      remedy: `Is ${name} a Proxmox VE host, and is its port ${port}? Then its web service does not run: see how it is, and start it again.`,
      commands: [
        { where: 'node', text: 'systemctl status pveproxy' },
        { where: 'node', text: 'systemctl restart pveproxy' },
      ],
    },
    timeout: {
      title: `${host} does not answer`,
      found:
        'Nothing came back: it is switched off, restarts, or a firewall between here and there drops what is sent.',
      remedy: `See whether it is up, and whether its port ${port} may be reached from this machine.`,
      commands: [
        { where: 'here', text: `ping -c 3 ${name}` },
        { where: 'here', text: `curl -k https://${host}/` },
      ],
    },
    'unknown-host': {
      title: `Nobody here knows ${name}`,
      found: 'This machine cannot find an address for that name.',
      remedy: 'Check how it is written in PROXMOX_HOST, or give the address itself.',
      commands: [{ where: 'here', text: `getent hosts ${name}` }],
    },
    'no-route': {
      title: `There is no way to ${name}`,
      found: 'This machine has no route to its network.',
      remedy: 'Check the network and the routes of this machine, and the address in PROXMOX_HOST.',
      commands: [{ where: 'here', text: `ip route get ${name}` }],
    },
    'no-tls': {
      title: `${host} speaks no TLS`,
      found: 'Something answers there, and it is not the web service of Proxmox VE.',
      remedy: 'Check the port: Proxmox VE listens on 8006 (PROXMOX_PORT).',
      commands: [],
    },
    other: {
      title: `${host} cannot be reached`,
      found: `${reason}.`,
      remedy: 'Check PROXMOX_HOST and PROXMOX_PORT.',
      commands: [],
    },
  }
  return trouble(others ? 'warn' : 'fail', {
    id: `connection ${host}`,
    subject: name,
    ...words[why],
  })
}

function answered(fact: Answered, { hosts }: ConnectionFacts): Finding[] {
  const { host, latencyMs, proxmox } = fact
  if (!proxmox)
    return [
      trouble('fail', {
        id: `connection ${host}`,
        title: `${host} is no Proxmox VE`,
        found: 'It answers, and not as the API of Proxmox VE does.',
        remedy:
          'Check host and port. A reverse proxy in between must pass everything below /api2 on as it is.',
        subject: nameOf(host),
      }),
    ]
  const title = hosts.length === 1 ? 'Proxmox reachable' : `${nameOf(host)} reachable`
  return [fine(`connection ${host}`, title, `${Math.round(latencyMs)} ms`), ...clock(fact, hosts)]
}

function clock({ host, clockSeconds }: Answered, hosts: HostFact[]): Finding[] {
  if (clockSeconds === null) return []
  const id = `clock ${host}`
  const off = Math.abs(clockSeconds)
  if (off <= NOTICED_SECONDS)
    return [fine(id, hosts.length === 1 ? 'Clock' : `Clock of ${nameOf(host)}`, 'agrees with ours')]
  const amount = off < 120 ? `${Math.round(off)} s` : `${Math.round(off / 60)} min`
  const refused = off >= REFUSED_SECONDS
  return [
    trouble(refused ? 'fail' : 'warn', {
      id,
      title: `${nameOf(host)} is ${amount} ${clockSeconds < 0 ? 'behind' : 'ahead of'} this machine`,
      found: refused
        ? 'Proxmox refuses tickets from the future beyond 5 minutes, so sign-ins come to nothing.'
        : 'Times of tasks and of the audit log drift apart. Proxmox refuses tickets from the future beyond 5 minutes.',
      remedy:
        'Have both take their time from the same source. One of these, where the clock is wrong:',
      commands: [
        { where: 'node', text: 'systemctl restart chrony && chronyc makestep' },
        { where: 'here', text: 'timedatectl status' },
      ],
      subject: nameOf(host),
    }),
  ]
}

const vouchers = {
  'system-ca': 'by an authority that this machine knows',
  'ca-file': 'by your CA file',
  fingerprint: 'by its fingerprint',
} as const

/** What to think of a certificate that is not trusted. */
const usual = {
  'system-ca': 'That is usual for Proxmox, which signs its own.',
  'ca-file': 'PROXMOX_CA_FILE is of another cluster, or somebody is in between.',
  fingerprint: 'Either the node has a new certificate, or somebody is in between.',
} as const

const month = (date: Date): string =>
  `${['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`

function certificates({ hosts, tls, now }: ConnectionFacts): Finding[] {
  const shown = hosts.filter((fact) => fact.kind === 'answered')
  const line = `PROXMOX_FINGERPRINT=${[...new Set(shown.map(({ certificate }) => certificate.fingerprint))].join(',')}`
  if (tls === 'off')
    return [
      trouble('warn', {
        id: 'certificate',
        title: 'Certificates are not checked',
        found:
          'PROXMOX_VERIFY_SSL=false: whoever is between here and the cluster could read passwords.',
        remedy:
          'Remove that line. Where the certificate is self-signed, compare its fingerprint on the node, and add it:',
        commands: shown.length === 0 ? [compare] : [compare, { where: 'env', text: line }],
      }),
    ]
  return shown.map(({ host, certificate }) => {
    const { distrust, validTo, issuedBy, issuedTo } = certificate
    const id = `certificate ${host}`
    const days = Math.floor((validTo.getTime() - now.getTime()) / DAY_MS)
    if (distrust !== null)
      return trouble('fail', {
        id,
        title:
          tls === 'fingerprint'
            ? `${nameOf(host)} shows another certificate than the pinned one`
            : `${nameOf(host)} shows a certificate nobody vouches for`,
        found: `Issued to ${issuedTo} by ${issuedBy === issuedTo ? 'itself' : issuedBy}; ${distrust}. ${usual[tls]} No password was sent.`,
        remedy:
          `Compare the fingerprint with the one on the node itself. If they are the same, ${tls === 'fingerprint' ? 'put the line in place of the old one' : 'add the line'}, and start again. ` +
          'Or give the cluster’s own authority, which vouches for all nodes: PROXMOX_CA_FILE, from /etc/pve/pve-root-ca.pem.',
        commands: [compare, { where: 'env', text: line }],
        subject: nameOf(host),
      })
    const title = shown.length === 1 ? 'Certificate' : `Certificate of ${nameOf(host)}`
    if (days > WARN_DAYS) return fine(id, title, `${vouchers[tls]}, to ${month(validTo)}`)
    return trouble('warn', {
      id,
      title:
        days < 0
          ? `The certificate of ${nameOf(host)} has ended`
          : `The certificate of ${nameOf(host)} ends in ${days} days`,
      found: `It is valid to ${validTo.toISOString().slice(0, 10)}.`,
      remedy:
        'Renew it on the node. A pinned fingerprint changes with it, and so does the line in .env.',
      commands: [
        { where: 'node', text: 'pvecm updatecerts --force && systemctl restart pveproxy' },
      ],
      subject: nameOf(host),
    })
  })
}

const compare: Command = {
  where: 'node',
  text: 'openssl x509 -in /etc/pve/local/pve-ssl.pem -noout -fingerprint -sha256',
}
