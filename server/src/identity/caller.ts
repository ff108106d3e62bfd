import type { Credentials } from '@deployer/proxmox/client.ts'

/** Who makes a call, and with what rights it reaches Proxmox. */
export type Caller = {
  /** `name@realm`; with an API token `name@realm!token`, as Proxmox itself writes it. */
  username: string
  credentials: Exclude<Credentials, { kind: 'none' }>
  /** When the sign-in ends unless it is used before; null for a token. */
  expiresAt: Date | null
  /** Which sign-in it is, for those that have one: not its cookie, but what is stored of it. */
  session?: string
  /** Where the call came from, for the audit log. */
  from?: { address: string; requestId: string }
}

/** A token's work belongs to its user as well; a token sees as its own only what it did itself. */
export const owns = (caller: Pick<Caller, 'username'>, createdBy: string): boolean =>
  createdBy === caller.username || createdBy.startsWith(`${caller.username}!`)
