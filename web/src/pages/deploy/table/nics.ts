/** NICs as text: those after the first (`vmbr1 vlan=20 ip=10.1.0.5/24; vmbr2`), and what card the first is. */
import { type NetworkRequest, networkSchema } from '@deployer/core/request.ts'
import { z } from 'zod'

const CARD = ['model', 'firewall', 'mac', 'rateMBps'] as const
const KEYS = [
  'vlan',
  ...CARD,
  'ip',
  'gateway',
  'nameservers',
  'ip6',
  'gateway6',
  'searchDomains',
] as const
const LISTS = ['nameservers', 'searchDomains']

/** `none` where there are none; `template` for one that stays as the template has it. */
export function nicsText(nics: readonly NetworkRequest[]): string {
  return nics.length === 0 ? 'none' : nics.map(nicText).join('; ')
}

function nicText(nic: NetworkRequest): string {
  return [nic.bridge ?? 'template', ...settingsOf(nic, KEYS)].join(' ')
}

function settingsOf(nic: NetworkRequest, keys: readonly (typeof KEYS)[number][]): string[] {
  return keys.flatMap((key) => (nic[key] === undefined ? [] : [`${key}=${String(nic[key])}`]))
}

/** What card a NIC is: `model=e1000 firewall=false`; `none` where nothing is said of it. */
export function cardText(nic: NetworkRequest): string {
  return settingsOf(nic, CARD).join(' ') || 'none'
}

export type Card = Pick<NetworkRequest, (typeof CARD)[number]>

/** The card that a text asks for; null where it cannot be read. */
export function parseCard(text: string): Card | null {
  if (text.trim().toLowerCase() === 'none') return {}
  const card = networkSchema.pick({ model: true, firewall: true, mac: true, rateMBps: true })
  const parsed = card.safeParse(Object.fromEntries(text.trim().split(/\s+/).map(parseSetting)))
  return parsed.success ? parsed.data : null
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
  const entries = rest.map(parseSetting)
  return { ...(bridge !== 'template' && { bridge }), ...Object.fromEntries(entries) }
}

function parseSetting(part: string): [string, unknown] {
  const [key = '', value = ''] = part.split('=')
  if (key === 'vlan' || key === 'rateMBps') return [key, Number(value)]
  if (key === 'firewall') return [key, value === 'true' || (value === 'false' ? false : value)]
  return [key, LISTS.includes(key) ? value.split(',').filter((item) => item !== '') : value]
}
