/**
 * What the audit log keeps of a validation: every field named one by one. Commands, and what they print, can hold
 * anything: how many there are is kept, and how they ended.
 */
import type { Json } from '../audit.ts'
import { httpPort } from './judge.ts'
import type { CheckResult, OwnCheck, ValidationOrder } from './order.ts'

type Fields = { [key: string]: Json }

export function orderConfiguration({
  osType,
  ports,
  checks,
  patienceSeconds,
}: ValidationOrder): Fields {
  return {
    ...(osType !== undefined && { os_type: osType }),
    ...(ports !== undefined && { ports }),
    ...(patienceSeconds !== undefined && { patience_seconds: patienceSeconds }),
    ...(checks !== undefined && { checks: checks.map(ownCheck) }),
  }
}

const ownCheck = (check: OwnCheck): Fields => {
  switch (check.kind) {
    case 'tcp':
      return { kind: check.kind, port: check.port }
    case 'http':
      // A query can hold a token.
      return {
        kind: check.kind,
        port: httpPort(check),
        path: (check.path ?? '/').split('?')[0] ?? '/',
      }
    case 'command':
      return { kind: check.kind, arguments: check.command.length }
  }
}

/** `{proxmox_status: {passed, message}, ssh_port: …}`: the names that such entries have always had. */
export function checksForAudit(checks: CheckResult[]): Fields {
  const taken = new Set<string>()
  return Object.fromEntries(
    checks.map((check) => {
      const { kind, state, evidence } = check
      const base = checkName(check)
      let key = base
      for (let number = 2; taken.has(key); number += 1) key = `${base}_${number}`
      taken.add(key)
      const message = kind === 'command' ? (evidence.split(':')[0] ?? '') : evidence
      return [key, { passed: state === 'skipped' ? null : state === 'passed', message }]
    }),
  )
}

const checkName = ({ kind, name }: CheckResult): string => {
  switch (kind) {
    case 'proxmox':
      return 'proxmox_status'
    case 'address':
      return 'ip_address'
    case 'port':
    case 'tcp': {
      const port = name.replace(/\D/g, '')
      if (port === '22') return 'ssh_port'
      return port === '3389' ? 'rdp_port' : `port_${port}`
    }
    case 'http':
      return 'http'
    case 'command':
      return 'command'
    case 'agent':
    case 'cloud-init':
      return kind.replace('-', '_')
  }
}
