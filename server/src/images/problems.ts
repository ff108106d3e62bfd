/** What can be wrong with a file for a storage, before Proxmox is asked. */
import { ProblemError } from '../problem.ts'

type Place = { storage: string; node: string }

export const noSuchPlace = ({ storage, node }: Place, content: string) =>
  new ProblemError({
    kind: 'no-such-storage',
    status: 422,
    title: 'No storage for it there',
    detail: `${node} has no storage ${storage} in use that takes ${contentWords(content)} and that you may see.`,
    hint: `Choose another storage, or have the content ${content === 'iso' ? '"ISO image"' : '"Import"'} turned on for it under Datacenter, Storage.`,
  })

export const notAllowed = (detail: string) =>
  new ProblemError({
    kind: 'not-permitted',
    status: 403,
    title: 'Not permitted',
    detail,
    hint: 'An administrator of the cluster can grant it under Datacenter, Permissions.',
  })

export const versionTooOld = (detail: string) =>
  new ProblemError({
    kind: 'version-too-old',
    status: 422,
    title: 'This version of Proxmox VE does not take disk images',
    detail,
    hint: 'docs/templates.md says how a template is made on a node itself.',
  })

export const fileExists = (name: string, { storage, node }: Place) =>
  new ProblemError({
    kind: 'image-exists',
    status: 409,
    title: 'A file of this name is there already',
    detail: `${storage} on ${node} has a file ${name}.`,
    hint: 'Choose another name, delete the file first, or send overwrite=true for an upload.',
  })

export const noRoom = (needGiB: number, freeGiB: number, { storage, node }: Place) =>
  new ProblemError({
    kind: 'storage-full',
    status: 409,
    title: 'There is no room for it',
    detail: `The file has ${needGiB} GiB, and ${storage} on ${node} has ${freeGiB} GiB free.`,
    hint: 'Free some room, or choose another storage.',
  })

export const wrongField = (path: string, message: string) =>
  new ProblemError({
    kind: 'bad-request',
    status: 400,
    title: 'The request does not fit',
    detail: `${path}: ${message}`,
    hint: 'The API is described at /docs.',
    errors: [{ path, message }],
  })

export const lengthRequired = () =>
  new ProblemError({
    kind: 'length-required',
    status: 411,
    title: 'The length of the file is missing',
    detail:
      'Proxmox wants to know how long a file is before its first byte, and so this call does.',
    hint: 'Send Content-Length; curl does with `-T file`.',
  })

export const tooLarge = (maxGiB: number) =>
  new ProblemError({
    kind: 'too-large',
    status: 413,
    title: 'The file is too large',
    detail: `A file may have at most ${maxGiB} GiB here.`,
    hint: 'UPLOAD_MAX_GIB is the limit. A download by Proxmox itself has none.',
  })

export const tooManyUploads = (most: number) =>
  new ProblemError({
    kind: 'too-many-uploads',
    status: 429,
    title: 'Too many uploads at once',
    detail: `${most} uploads run already through this server.`,
    hint: 'Wait until one of them has ended.',
    retryAfterSeconds: 30,
  })

export const uploadCut = (reason: string) =>
  new ProblemError({
    kind: 'upload-cut',
    status: 400,
    title: 'The upload was cut off',
    detail: `Not the whole file arrived: ${reason}. Proxmox has kept nothing of it.`,
    hint: 'Send it again.',
  })

export const noSuchImage = (volid: string) =>
  new ProblemError({
    kind: 'not-found',
    status: 404,
    title: 'Not found',
    detail: `There is no ISO or image ${volid} that you may see.`,
    hint: 'GET /api/v1/images lists them. For a file on a local storage name its node.',
  })

export const nodeNeeded = (volid: string, nodes: string[]) =>
  new ProblemError({
    kind: 'node-needed',
    status: 422,
    title: 'On which node?',
    detail: `${volid} is a file of its own on each of ${nodes.join(', ')}.`,
    hint: 'Say which one by `node`.',
  })

export const imageInUse = (users: string[]) =>
  new ProblemError({
    kind: 'image-in-use',
    status: 409,
    title: 'It is in use',
    detail: `${users.join('. ')}.`,
    hint: 'Take it out of their drives first, or send force=true: they then find an empty drive, and VMs with it may not start.',
    more: { users },
  })

const contentWords = (content: string) => (content === 'iso' ? 'ISO images' : 'disk images')
