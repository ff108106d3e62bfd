/** Calls about ISOs and images, as root@pam, for tests. */
import { imageSchema } from '@deployer/core/images.ts'
import { transferSchema } from '@deployer/core/images/transfers.ts'
import { expect, vi } from 'vitest'
import { z } from 'zod'
import { apiToken, type TestServer } from './test-server.ts'

export const root = { headers: { authorization: apiToken } }
export const soon = { timeout: 30_000, interval: 50 }

export const upidOf = (body: unknown) => z.object({ upid: z.string() }).parse(body).upid

export const uploadPath = (query: Record<string, string>) =>
  `/api/v1/images/upload?${new URLSearchParams(query).toString()}`

export const imagePath = (volid: string, query = '') =>
  `/api/v1/images/${encodeURIComponent(volid)}${query}`

export const imageCalls = (server: () => TestServer, address: () => string) => {
  const transferOf = async (upid: string) => {
    const path = `/api/v1/images/transfers/${encodeURIComponent(upid)}`
    return transferSchema.parse((await server().call('GET', path, root)).body)
  }

  /** Entries of the audit log, the newest first, without intents. */
  const audited = async (operation: string) => {
    const path = `/api/v1/audit/export?format=jsonl&operation=${operation}`
    const { body } = await server().call('GET', path, root)
    return String(body)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => z.looseObject({ status: z.string(), id: z.int() }).parse(JSON.parse(line)))
      .filter(({ status }) => status !== 'pending')
      .toSorted((one, other) => other.id - one.id)
  }

  return {
    imagesOf: async (query = '') => {
      const { status, body } = await server().call('GET', `/api/v1/images${query}`, root)
      expect(status).toBe(200)
      const { images, unread } = z
        .object({ images: z.array(imageSchema), unread: z.array(z.unknown()) })
        .parse(body)
      expect(unread).toEqual([])
      return images
    },

    upload: (
      query: Record<string, string>,
      bytes: Buffer,
      headers: Record<string, string> = root.headers,
    ) =>
      fetch(`${address()}${uploadPath(query)}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/octet-stream' },
        body: new Uint8Array(bytes),
      }),

    remove: (volid: string, query = '', options: object = root) =>
      server().call('DELETE', imagePath(volid, query), options),

    /** The transfer, when its task has ended. */
    ended: async (upid: string) => {
      await vi.waitFor(
        async () => expect((await transferOf(upid)).status).not.toBe('running'),
        soon,
      )
      return transferOf(upid)
    },

    /** Waits until the newest outcome of this kind in the audit log is as expected. */
    recorded: (operation: string, expected: object) =>
      vi.waitFor(async () => expect((await audited(operation))[0]).toMatchObject(expected), soon),
  }
}
