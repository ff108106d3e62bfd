/**
 * ISOs and images that do not arrive. Texts: pve-storage src/PVE/API2/Storage/Status.pm, pve-common src/PVE/Tools.pm
 * (download_file_from_url), pve-manager PVE/API2/Nodes.pm (query_url_metadata).
 */
import type { FailureRule } from './rule.ts'

export const imageRules: FailureRule[] = [
  {
    code: 'checksum-mismatch',
    class: 'fail',
    pattern: /mismatch: got '([^']*)' != expect '([^']*)'/,
    words: (part) => ({
      title: 'The checksum is another one',
      cause: `The file has ${short(part(1))}, expected was ${short(part(2))}. Proxmox threw it away.`,
      remedy:
        'Take the checksum of this very file from its publisher; addresses with "latest" in them change. If it is right, the file was damaged or replaced on its way.',
    }),
  },
  {
    code: 'image-exists',
    class: 'fail',
    pattern: /refusing to override existing file '([^']+)'/,
    words: (part) => ({
      title: 'A file of this name is there already',
      cause: `Proxmox does not write over ${part(1)}.`,
      remedy: 'Choose another name, or delete the file first.',
    }),
  },
  {
    code: 'download-failed',
    class: 'fail',
    pattern: /^download failed: (.+)$/,
    words: (part) => ({
      title: 'The download failed',
      cause: wgetWords(part(1)),
      remedy:
        'Check the address, and that the node reaches it: the download runs there, through the proxy of Datacenter, Options where one is set.',
    }),
  },
  {
    code: 'address-refused',
    class: 'fail',
    pattern: /invalid server response: '([^']*)'?/,
    words: (part) => ({
      title: 'The address gives no file',
      cause: `The server behind it answered the node: ${part(1)}.`,
      remedy: 'Check the address, and that the node reaches it.',
    }),
  },
  {
    code: 'wrong-file-name',
    class: 'fail',
    pattern: /wrong file extension|invalid filename or wrong extension/,
    words: () => ({
      title: 'Proxmox takes no file of this name',
      cause: 'The ending does not fit what the file is to be.',
      remedy: 'An ISO ends in .iso or .img, a disk image in .qcow2, .raw, .vmdk or .ova.',
    }),
  },
]

/** Enough to compare by eye; Proxmox's own words have it whole. */
const short = (checksum: string): string =>
  checksum.length > 20 ? `${checksum.slice(0, 8)}…${checksum.slice(-4)}` : checksum

/** Exit codes of wget, from its manual. */
const exitCodes: Record<string, string> = {
  'exit code 3': 'The file could not be written: the storage is full, or broken.',
  'exit code 4': 'The network failed: the server does not answer the node.',
  'exit code 5': 'The certificate of the server is not trusted by the node.',
  'exit code 6': 'The server wants a user name and a password.',
  'exit code 8': 'The server answered with an error: there is no such file, or not for everybody.',
}

const wgetWords = (text: string): string =>
  exitCodes[text.trim()] ?? `wget on the node says: ${text.trim()}.`
