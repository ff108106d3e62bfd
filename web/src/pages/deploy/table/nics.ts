/** NICs after the first as one line of text: `vmbr1 vlan=20 ip=10.1.0.5/24; vmbr2`. */
import { type NetworkRequest, networkSchema } from '@deployer/core/request.ts'
import { z } from 'zod'

const KEYS = ['vlan', 'ip', 'gateway', 'nameservers', 'ip6', 'gateway6', 'searchDomains'] as const
const LISTS = ['nameservers', 'searchDomains']

/** `none` where there are none; `template` for one that stays as the template has it. */
export function nicsText(nics: readonly NetworkRequest[]): string {
  return nics.length === 0 ? 'none' : nics.map(nicText).join('; ')
}

function nicText(nic: NetworkRequest): string {
  const rest = KEYS.flatMap((key) => (nic[key] === undefined ? [] : [`${key}=${String(nic[key])}`]))
  return [nic.bridge ?? 'template', ...rest].join(' ')
}

/** The NICs that a text asks for; null where it cannot be read. */
export function parseNics(text: string): NetworkRequest[] | null {
  if (text.trim().toLowerCase() === 'none') return []
  const parsed = z.array(networkSchema).max(7).safeParse(text.split(';').map(parseNic))
  return parsed.success ? parsed.data : null
}

/** Not checked yet: what is wrong in it, the schema refuses. */
function parseNic(text: string): Record<string, unknown> | null {
  const [bridge = '', ...rest] = text.trim().split(/\s+/)
  if (bridge === '' || bridge.includes('=')) return null
  const entries = rest.map((part): [string, unknown] => {
    const [key = '', value = ''] = part.split('=')
    if (key === 'vlan') return [key, Number(value)]
    return [key, LISTS.includes(key) ? value.split(',').filter((item) => item !== '') : value]
  })
  return { ...(bridge !== 'template' && { bridge }), ...Object.fromEntries(entries) }
}
