import { LockClosedIcon, LockOpenIcon } from '@heroicons/react/16/solid'
import { useQuery } from '@tanstack/react-query'
import type { paths } from '../../api/generated/schema.ts'
import { FindingItem } from '../doctor/FindingItem.tsx'
import { connectionDoctorQuery } from '../doctor/queries.ts'
import { CodeBlock, CopyButton } from '../../ui/CodeBlock.tsx'
import { Message } from '../../ui/Message.tsx'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'

export type Status =
  paths['/api/v1/realms']['get']['responses'][200]['content']['application/json']['connection']

/** Why there is no connection to Proxmox, and for an unknown certificate what to compare and what to add. */
export function ConnectionProblem({ status }: { status: Status }) {
  const certificate = status.untrustedCertificate
  if (!certificate)
    return (
      <div role="alert">
        <WhatWasTried status={status} />
      </div>
    )
  return (
    <div role="alert" className="card mt-4 space-y-3 border-warn-line p-4 text-xs">
      <div className="flex gap-2.5">
        <StatusGlyph kind="warning" size={16} className="mt-px" />
        <p>
          <strong className="block">
            {certificate.host} shows a certificate nobody vouches for
          </strong>
          No password was sent. That is usual for Proxmox, which signs its own.
        </p>
      </div>
      <div>
        <p className="mb-1 font-medium text-ink">SHA-256 fingerprint</p>
        <div className="flex items-center gap-2 rounded-md border border-line bg-well py-2 pr-1 pl-3 font-mono text-2xs leading-[18px] text-ink">
          <Fingerprint value={certificate.fingerprint} />
          <CopyButton text={certificate.fingerprint} label="the fingerprint" className="ml-auto" />
        </div>
      </div>
      <div>
        <p className="mb-1">1. Compare it with the one on the node itself</p>
        <CodeBlock
          prompt
          wrap
          label="the command"
          text="openssl x509 -in /etc/pve/local/pve-ssl.pem -noout -fingerprint -sha256"
        />
      </div>
      <div>
        <p className="mb-1">2. If they are the same, add this line to .env and restart</p>
        <CodeBlock wrap label="the line" text={certificate.line} />
      </div>
    </div>
  )
}

/** What the doctor says of the connection: nobody has to be signed in for that. Until it has looked, what the server knows. */
function WhatWasTried({ status }: { status: Status }) {
  const { data } = useQuery(connectionDoctorQuery)
  const troubles = data?.findings.filter(({ level }) => level !== 'ok') ?? []
  if (troubles.length === 0)
    return (
      <Message tone="bad" title={status.message} className="mt-4">
        {status.hint}
      </Message>
    )
  return (
    <section aria-label="What was tried" className="card mt-4">
      <ul className="divide-y divide-line">
        {troubles.map((finding) => (
          <FindingItem key={finding.id} finding={finding} />
        ))}
      </ul>
      <p className="border-t border-line px-4 py-3 text-xs text-muted sm:px-5">
        Asked again every few seconds. In a terminal on this server,{' '}
        <code className="text-2xs text-ink">npm run doctor</code> says the same.
      </p>
    </section>
  )
}

/** Eight pairs a line: that is how people compare them. */
function Fingerprint({ value }: { value: string }) {
  const pairs = value.split(':')
  const lines = Array.from({ length: Math.ceil(pairs.length / 8) }, (_, index) =>
    pairs.slice(index * 8, index * 8 + 8).join(':'),
  )
  return (
    <span>
      {lines.map((line) => (
        <span key={line} className="block">
          {line}
        </span>
      ))}
    </span>
  )
}

const vouches: Record<Status['tls'], string> = {
  'system-ca': 'certificate verified by the system’s CAs',
  'ca-file': 'certificate verified by your CA',
  fingerprint: 'certificate pinned by its fingerprint',
  off: 'certificate not checked',
}

/** Where the password goes, and what vouches for that. */
export function TlsLine({ status }: { status: Status }) {
  const Lock = status.tlsVerified ? LockClosedIcon : LockOpenIcon
  return (
    <p className="mt-5 flex items-center gap-1.5 text-xs text-muted">
      <Lock className={status.tlsVerified ? 'size-4 text-ok' : 'size-4 text-warn'} aria-hidden />
      {status.host}, {vouches[status.tls]}
    </p>
  )
}
