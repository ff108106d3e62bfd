/** Who makes a call, and with what rights it reaches Proxmox. */
export type Credentials =
  | { kind: 'ticket'; username: string; ticket: string; csrfToken: string }
  | { kind: 'token'; token: string }

export type Caller = {
  /** `name@realm`; for a token the user that it belongs to. */
  username: string
  credentials: Credentials
}
