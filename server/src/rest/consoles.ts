/** Consoles of VMs, over WebSocket. */
import { consoleClosings, consoleKinds } from '@deployer/core/console.ts'
import websocket from '@fastify/websocket'
import { z } from 'zod'
import type { Consoles } from '../consoles/consoles.ts'
import type { Caller } from '../identity/caller.ts'
import { ProblemError } from '../problem.ts'
import { type App, callerOf, problems } from './http.ts'
import { createLimit } from './rate-limits.ts'
import { vmParams } from './vms.ts'

/** What a browser may send in one message. Proxmox takes frames of twice that. */
const MAX_MESSAGE_BYTES = 64 * 1024
const OPENED_PER_MINUTE = 60

const closings = Object.entries(consoleClosings)
  .map(([name, code]) => `${code} ${name}`)
  .join(', ')

/**
 * Before all other hooks: it ends the connection of whatever is refused, which Node does for ordinary calls only; one
 * that stays open would hold up the server when it stops.
 */
export async function registerWebSockets(app: App): Promise<void> {
  await app.register(websocket, {
    options: { maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false },
    // Each console says itself why it ends.
    preClose: (done: () => void) => done(),
  })
}

/** For the part of the app where callers are known. */
export function consoleRoutes(app: App, consoles: Consoles): void {
  app.addHook('preClose', async () => consoles.stop())
  const limit = createLimit(app, {
    most: OPENED_PER_MINUTE,
    keyOf: (request) => `console ${request.getDecorator<Caller>('caller').username}`,
    refuse: (seconds) =>
      new ProblemError({
        kind: 'too-many-calls',
        status: 429,
        title: 'Too many consoles',
        detail: `More than ${OPENED_PER_MINUTE} consoles were opened with your account within a minute.`,
        hint: `Try again in ${seconds} s.`,
        retryAfterSeconds: seconds,
      }),
  })

  app.route({
    method: 'GET',
    url: '/vms/:vmid/console',
    onRequest: limit,
    schema: {
      summary: 'Open its console (WebSocket)',
      description:
        'Binary messages of at most 64 KiB. `vnc`: RFB 3.8 without a password. `serial`: what its serial port writes comes as ' +
        'it is; what is typed goes as `0:<bytes>:<text>`, the size of the terminal as `1:<columns>:<rows>:`, and `2` keeps ' +
        `it open. A close says why: ${closings}.`,
      tags: ['VMs'],
      params: vmParams,
      querystring: z.strictObject({
        type: z
          .enum(consoleKinds)
          .default('vnc')
          .describe('`vnc`: the screen. `serial`: the serial port, as text.'),
      }),
      response: { ...problems },
    },
    handler: async () => {
      throw new ProblemError({
        kind: 'upgrade-required',
        status: 426,
        title: 'A console is a WebSocket',
        detail: 'This address answers to a WebSocket only.',
        hint: 'Connect with a WebSocket client; docs/consoles.md shows one.',
      })
    },
    wsHandler: (socket, request) => {
      const { vmid } = vmParams.parse(request.params)
      const { type } = z.object({ type: z.enum(consoleKinds) }).parse(request.query)
      void consoles.serve(socket, callerOf(request), vmid, type)
    },
  })
}
