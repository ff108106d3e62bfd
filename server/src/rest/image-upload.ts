/** The one call whose body is a file: it goes through to Proxmox as it comes. */
import { checksumAlgorithms } from '@deployer/core/checksums.ts'
import { z } from 'zod'
import { noteAudit } from '../audit/requests.ts'
import type { Endings } from '../images/endings.ts'
import { contents } from '../images/list.ts'
import { lengthRequired } from '../images/problems.ts'
import type { Sending } from '../images/send.ts'
import { type App, callerOf, problems } from './http.ts'
import { ownPace } from './slow-bodies.ts'

const MEDIA_TYPE = 'application/octet-stream'

const name = z.string().min(1).max(100)

const query = z.strictObject({
  node: name,
  storage: name,
  content: z.enum(contents).describe('`iso` for installers, `import` for disk images.'),
  fileName: z.string().min(1).max(255).describe('What it is to be called in the storage.'),
  checksum: z
    .string()
    .max(200)
    .optional()
    .describe('In hexadecimal digits; Proxmox compares and keeps nothing that differs.'),
  algorithm: z.enum(checksumAlgorithms).optional().describe('Left out = sha256'),
  overwrite: z.enum(['true', 'false']).optional().describe('In the place of a file of this name'),
})

export function imageUploadRoute(
  app: App,
  { sending, endings }: { sending: Sending; endings: Endings },
): void {
  // In a room of its own: the other calls take JSON only.
  void app.register(async (files: App) => {
    // Left unread for the handler; nothing looks into it, so no limit of other bodies applies.
    files.addContentTypeParser(MEDIA_TYPE, (_request, _payload, done) => done(null))
    files.post(
      '/images/upload',
      {
        config: ownPace,
        schema: {
          summary: 'Upload an ISO or disk image',
          description:
            'The body is the file itself, with its `Content-Length`: `curl -T file.iso -X POST -H "Content-Type: ' +
            'application/octet-stream" …`. It streams to Proxmox and is kept nowhere here; cut off in the middle, nothing of ' +
            'it stays. The answer comes when Proxmox has every byte; its task then puts the file into the storage: follow it ' +
            'by `GET /images/transfers/{upid}`.',
          tags: ['Images'],
          consumes: [MEDIA_TYPE],
          querystring: query,
          body: z.any().meta({ type: 'string', format: 'binary' }),
          response: { 202: z.object({ upid: z.string() }), ...problems },
        },
      },
      async (request, reply) => {
        const sizeBytes = Number(request.headers['content-length'])
        if (request.headers['content-length'] === undefined || !Number.isSafeInteger(sizeBytes))
          throw lengthRequired()
        const { checksum, algorithm = 'sha256', overwrite, ...file } = request.query
        const caller = callerOf(request)
        const upid = await sending.upload(caller, {
          ...file,
          checksum: checksum === undefined ? null : { algorithm, value: checksum.trim() },
          overwrite: overwrite === 'true',
          sizeBytes,
          bytes: request.raw,
        })
        noteAudit(request, { upids: [upid], outcome: endings.of(caller, upid) })
        return reply
          .code(202)
          .header('location', `/api/v1/images/transfers/${encodeURIComponent(upid)}`)
          .send({ upid })
      },
    )
  })
}
