/** Checks as people type them, and the order that they make. */
import type { OwnCheck, ValidationOrder } from '@deployer/core/vm-validation/order.ts'

export type CheckKind = 'tcp' | 'http' | 'https' | 'command'

/** `text`: `5432`, `:8080/health` or `/health`, `systemctl is-active nginx`. */
export type DraftCheck = { id: number; kind: CheckKind; text: string }

/** `ports`: numbers with commas or blanks between them; empty is the one of the VM's system. */
export type Draft = { ports: string; checks: DraftCheck[] }

export type Read = {
  order: ValidationOrder
  ports: string | null
  /** What is wrong, by the id of the check. */
  checks: Map<number, string>
}

const portOf = (text: string): number | null => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  return port >= 1 && port <= 65_535 ? port : null
}

const MOST_PORTS = 10

/** The order holds what could be read; where something is wrong, it is not to be sent. */
export function readDraft({ ports, checks }: Draft): Read {
  const wrong = new Map<number, string>()
  const texts = ports.split(/[\s,]+/).filter((text) => text !== '')
  const numbers = texts.map(portOf).filter((port) => port !== null)
  const own = checks.flatMap(({ id, kind, text }): OwnCheck[] => {
    const read = readCheck(kind, text.trim())
    if (typeof read !== 'string') return [read]
    wrong.set(id, read)
    return []
  })
  return {
    ports:
      numbers.length < texts.length
        ? 'Ports are numbers from 1 to 65535, with commas between them'
        : numbers.length > MOST_PORTS
          ? `At most ${MOST_PORTS} ports`
          : null,
    checks: wrong,
    order: {
      ...(numbers.length > 0 && { ports: numbers }),
      ...(own.length > 0 && { checks: own }),
    },
  }
}

function readCheck(kind: CheckKind, text: string): OwnCheck | string {
  switch (kind) {
    case 'tcp': {
      const port = portOf(text)
      return port === null ? 'A port is a number from 1 to 65535' : { kind, port }
    }
    case 'http':
    case 'https': {
      const match = /^(?::?(\d{1,5}))?(\/[!-~]*)?$/.exec(text)
      const [portText, path] = match === null ? ['none'] : [match[1], match[2]]
      const port = portText === undefined ? null : portOf(portText)
      if (portText !== undefined && port === null)
        return 'A port, a path, or both: :8080/health. The address is always that of the VM'
      return {
        kind: 'http',
        ...(kind === 'https' && { tls: true }),
        ...(port !== null && { port }),
        ...(path !== undefined && { path }),
      }
    }
    case 'command': {
      const command = [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(
        ([, quoted, bare]) => quoted ?? bare ?? '',
      )
      return command.length === 0 ? 'A program with its arguments' : { kind, command }
    }
  }
}

/** What an earlier order looked like when it was typed. */
export function draftOf({ ports = [], checks = [] }: ValidationOrder): Draft {
  return { ports: ports.join(', '), checks: checks.map((check, id) => ({ id, ...typed(check) })) }
}

function typed(check: OwnCheck): Omit<DraftCheck, 'id'> {
  switch (check.kind) {
    case 'tcp':
      return { kind: 'tcp', text: String(check.port) }
    case 'http':
      return {
        kind: check.tls === true ? 'https' : 'http',
        text: `${check.port === undefined ? '' : `:${check.port}`}${check.path ?? ''}`,
      }
    case 'command':
      return {
        kind: 'command',
        text: check.command.map((part) => (/\s/.test(part) ? `"${part}"` : part)).join(' '),
      }
  }
}
