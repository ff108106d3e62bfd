/**
 * Text that a guest agent read: Proxmox passes its bytes on as one character each (pve-manager, JSON of an undecoded Perl
 * string), so an umlaut arrives as two.
 */
export const guestText = (content: string): string =>
  Buffer.from(content, 'latin1').toString('utf8')
