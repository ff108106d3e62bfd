/** ISOs and disk images: what there is, what comes, what goes. */
import { catalogueEntrySchema } from '@deployer/core/catalogue.ts'
import { checksumAlgorithms } from '@deployer/core/checksums.ts'
import { imageSchema } from '@deployer/core/images.ts'
import { transferSchema } from '@deployer/core/images/transfers.ts'
import { z } from 'zod'
import { noteAudit } from '../audit/requests.ts'
import type { CatalogueReader } from '../images/catalogue.ts'
import type { Endings } from '../images/endings.ts'
import { contents, type Images } from '../images/list.ts'
import { type Removal, usesSchema } from '../images/remove.ts'
import type { Sending } from '../images/send.ts'
import type { Transfers } from '../images/transfers.ts'
import { type App, callerOf, problems } from './http.ts'
import { imageUploadRoute } from './image-upload.ts'
import { createLimit } from './rate-limits.ts'
import { tooManyAddresses } from './image-problems.ts'

export type ImageDeps = {
  images: Images
  sending: Sending
  endings: Endings
  transfers: Transfers
  removal: Removal
  catalogue: CatalogueReader
}

const ADDRESSES_PER_MINUTE = 30

const nodeName = z.string().min(1).max(100)
const upidParams = z.strictObject({
  upid: z.string().min(1).max(400).describe("Proxmox's id of the task, percent-encoded."),
})
const volidParams = z.strictObject({
  volid: z.string().min(1).max(400).describe('Percent-encoded: `local%3Aiso%2Fdebian-13.iso`.'),
})
const flag = z.enum(['true', 'false']).optional()
const webAddress = z.url({ protocol: /^https?$/ }).max(2000)
const started = z.object({ upid: z.string() })

const targetSchema = z.object({
  storage: z.string(),
  node: z.string(),
  shared: z.boolean(),
  content: z.enum(contents).describe('`iso` for installers, `import` for disk images.'),
  availableGiB: z.number().nullable(),
  upload: z.string().nullable().describe('Why you cannot upload here; null where you can'),
  download: z.string().nullable().describe('The same for downloads by Proxmox'),
  delete: z.string().nullable().describe('The same for deletions'),
})

export function imageRoutes(app: App, deps: ImageDeps): void {
  listRoutes(app, deps)
  transferRoutes(app, deps)
  removalRoutes(app, deps)
  catalogueRoutes(app, deps)
  imageUploadRoute(app, deps)
  addressRoutes(app, deps)
}

function listRoutes(app: App, { images }: ImageDeps): void {
  const unread = z
    .array(z.object({ storage: z.string(), node: z.string(), reason: z.string() }))
    .describe('Storages that did not answer')
  app.get(
    '/images',
    {
      schema: {
        summary: 'ISOs and disk images of the storages that you may see',
        description:
          'Drivers come first, the newest of them `preferred`. What a file is comes from its name. Files of one name and ' +
          'size on local storages of several nodes count as one.',
        tags: ['Images'],
        querystring: z.strictObject({
          node: nodeName.optional(),
          content: z
            .enum(contents)
            .optional()
            .describe('`iso` for installers, `import` for disk images.'),
          fresh: flag.describe('Read the storages now; else the answer may be 5 s old'),
        }),
        response: { 200: z.object({ images: z.array(imageSchema), unread }), ...problems },
      },
    },
    async (request) => {
      const { node, content, fresh } = request.query
      return images.list(callerOf(request), {
        fresh: fresh === 'true',
        ...(node !== undefined && { node }),
        ...(content !== undefined && { content }),
      })
    },
  )

  app.get(
    '/isos',
    {
      schema: {
        summary: 'The ISOs among the images',
        tags: ['Images'],
        querystring: z.strictObject({ node: nodeName.optional() }),
        response: { 200: z.object({ isos: z.array(imageSchema), unread }), ...problems },
      },
    },
    async (request) => {
      const { node } = request.query
      const listed = await images.list(callerOf(request), {
        content: 'iso',
        ...(node !== undefined && { node }),
      })
      return { isos: listed.images, unread: listed.unread }
    },
  )

  app.get(
    '/images/targets',
    {
      schema: {
        summary: 'Storages that take ISOs or disk images, with what you may do there',
        tags: ['Images'],
        response: { 200: z.object({ targets: z.array(targetSchema) }), ...problems },
      },
    },
    async (request) => ({ targets: await images.targets(callerOf(request)) }),
  )
}

/** These make a node ask an address of the caller's choice. */
function addressRoutes(app: App, { sending, endings }: ImageDeps): void {
  const limit = createLimit(app, {
    most: ADDRESSES_PER_MINUTE,
    keyOf: (request) => `address ${callerOf(request).username}`,
    refuse: (seconds) => tooManyAddresses(ADDRESSES_PER_MINUTE, seconds),
  })
  app.post(
    '/images/look-up',
    {
      onRequest: async (request) => limit(request),
      schema: {
        summary: 'What an address gives: file name, size, media type',
        description: 'Asked by the node, not by this server.',
        tags: ['Images'],
        body: z.strictObject({
          node: nodeName,
          url: webAddress,
          verifyCertificates: z
            .boolean()
            .optional()
            .describe('Whether Proxmox verifies the certificate of the address. Left out = true.'),
        }),
        response: {
          200: z.object({
            fileName: z.string().nullable(),
            sizeBytes: z.number().nullable(),
            mediaType: z.string().nullable(),
          }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { verifyCertificates = true, ...body } = request.body
      return sending.lookUp(callerOf(request), { ...body, verifyCertificates })
    },
  )

  app.post(
    '/images/download',
    {
      onRequest: async (request) => limit(request),
      schema: {
        summary: 'Have Proxmox download an ISO or disk image',
        description:
          'The node fetches it itself. Follow it by `GET /images/transfers`. With a checksum Proxmox keeps the file only if ' +
          'it is right, and takes a file that is there already and right for done.',
        tags: ['Images'],
        body: z.strictObject({
          node: nodeName,
          storage: nodeName,
          content: z.enum(contents).describe('`iso` for installers, `import` for disk images.'),
          url: webAddress,
          fileName: z.string().min(1).max(255).describe('What it is to be called in the storage.'),
          checksum: z
            .string()
            .max(200)
            .optional()
            .describe('In hexadecimal digits; Proxmox compares and keeps nothing that differs.'),
          algorithm: z.enum(checksumAlgorithms).optional(),
          verifyCertificates: z
            .boolean()
            .optional()
            .describe('Whether Proxmox verifies the certificate of the address. Left out = true.'),
        }),
        response: { 202: started, ...problems },
      },
    },
    async (request, reply) => {
      const { checksum, algorithm = 'sha256', verifyCertificates = true, ...file } = request.body
      const caller = callerOf(request)
      const upid = await sending.download(caller, {
        ...file,
        checksum: checksum === undefined ? null : { algorithm, value: checksum.trim() },
        verifyCertificates,
      })
      noteAudit(request, { upids: [upid], outcome: endings.of(caller, upid) })
      return reply.code(202).header('location', transferPath(upid)).send({ upid })
    },
  )
}

const transferPath = (upid: string): string =>
  `/api/v1/images/transfers/${encodeURIComponent(upid)}`

function transferRoutes(app: App, { transfers }: ImageDeps): void {
  app.get(
    '/images/transfers',
    {
      schema: {
        summary: 'Downloads of the last day, also those that were started elsewhere',
        description:
          'From the task lists of the nodes: your own, and those of others with Sys.Audit.',
        tags: ['Images'],
        response: { 200: z.object({ transfers: z.array(transferSchema) }), ...problems },
      },
    },
    async (request) => ({ transfers: await transfers.list(callerOf(request)) }),
  )

  app.get(
    '/images/transfers/:upid',
    {
      schema: {
        summary: 'One download or upload',
        tags: ['Images'],
        params: upidParams,
        response: { 200: transferSchema, ...problems },
      },
    },
    async (request) => transfers.get(callerOf(request), request.params.upid),
  )

  app.delete(
    '/images/transfers/:upid',
    {
      schema: {
        summary: 'End a running download; Proxmox throws away what it has',
        tags: ['Images'],
        params: upidParams,
        response: { 204: z.undefined().describe('Ended'), ...problems },
      },
    },
    async (request, reply) => {
      await transfers.cancel(callerOf(request), request.params.upid)
      return reply.code(204).send()
    },
  )
}

function removalRoutes(app: App, { removal }: ImageDeps): void {
  app.get(
    '/images/:volid/uses',
    {
      schema: {
        summary: 'VMs and running deployments that use an ISO or image',
        tags: ['Images'],
        params: volidParams,
        querystring: z.strictObject({ node: nodeName.optional() }),
        response: { 200: usesSchema, ...problems },
      },
    },
    async (request) => removal.uses(callerOf(request), request.params.volid, request.query.node),
  )

  app.delete(
    '/images/:volid',
    {
      schema: {
        summary: 'Delete an ISO or image',
        description:
          'The volume id is one segment of the path: `local%3Aiso%2Fdebian.iso`. Of a local storage that several nodes have, ' +
          'name the node. Refused with 409 where a VM has it in a drive or a running deployment installs from it, unless ' +
          '`force=true`.',
        tags: ['Images'],
        params: volidParams,
        querystring: z.strictObject({
          node: nodeName.optional(),
          force: flag.describe('Also where VMs or deployments use it.'),
        }),
        response: { 204: z.undefined().describe('Deleted'), ...problems },
      },
    },
    async (request, reply) => {
      const { volid } = request.params
      const { node, force } = request.query
      const upid = await removal.remove(callerOf(request), volid, {
        node,
        force: force === 'true',
      })
      if (upid !== null) noteAudit(request, { upids: [upid] })
      return reply.code(204).send()
    },
  )
}

function catalogueRoutes(app: App, { catalogue }: ImageDeps): void {
  app.get(
    '/images/catalogue',
    {
      schema: {
        summary: 'Well-known cloud images and the VirtIO drivers, with those of CATALOGUE_FILE',
        tags: ['Images'],
        response: {
          200: z.object({
            entries: z.array(catalogueEntrySchema),
            problem: z.string().nullable().describe('What is wrong with the file'),
          }),
          ...problems,
        },
      },
    },
    async () => catalogue.read(),
  )

  app.get(
    '/images/catalogue/:id/checksum',
    {
      schema: {
        summary: 'The checksum of an entry, as its publisher states it now',
        tags: ['Images'],
        params: z.strictObject({ id: z.string().min(1).max(60) }),
        response: {
          200: z.object({ algorithm: z.enum(checksumAlgorithms), value: z.string() }),
          ...problems,
        },
      },
    },
    async (request) => catalogue.checksum(request.params.id),
  )
}
