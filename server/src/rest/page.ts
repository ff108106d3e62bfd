/** The built page: its files, and its start page for every address that it handles itself. */
import fastifyStatic from '@fastify/static'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { SESSION_COOKIE } from '../identity/authenticate.ts'
import { sendProblem } from './errors.ts'
import type { App } from './http.ts'

const notBuilt = `<!doctype html>
<title>Proxmox VM Deployer</title>
<p>The page is not built. Run <code>npm run build</code>, or <code>npm run dev</code> for development.
The API is here: <a href="/docs">/docs</a>.</p>
`

export async function registerPage(app: App, folder: string): Promise<void> {
  const built = existsSync(join(folder, 'index.html'))
  const preload = preloadLink(folder)
  const sendPage = (request: FastifyRequest, reply: FastifyReply) => {
    const signedIn = request.headers.cookie?.includes(`${SESSION_COOKIE}=`) === true
    if (preload !== null && signedIn && DEPLOY_PAGE.test(request.url)) reply.header('link', preload)
    return reply.header('cache-control', 'no-cache').sendFile('index.html')
  }
  if (built) {
    await registerFiles(app, folder)
    app.get('/', { schema: { hide: true } }, sendPage)
  }
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/'
    const isPage =
      request.method === 'GET' &&
      !/^\/(api|docs|assets)\//.test(path) &&
      !/\.[a-z0-9]+$/i.test(path)
    if (!isPage)
      return sendProblem(request, reply, {
        kind: 'not-found',
        status: 404,
        title: 'Not found',
        detail: `There is no ${request.method} ${path} here.`,
        hint: 'The API is described at /docs.',
      })
    if (!built) return reply.code(404).type('text/html; charset=utf-8').send(notBuilt)
    return sendPage(request, reply)
  })
}

/** Where somebody who is signed in gets the Deploy page. */
const DEPLOY_PAGE = /^\/(deploy)?(\?|$)/

/** The header that has browsers load the scripts of the Deploy page beside the app, not after it; null without a list. */
function preloadLink(folder: string): string | null {
  const list = join(folder, 'preload.json')
  if (!existsSync(list)) return null
  const files = z.array(z.string()).parse(JSON.parse(readFileSync(list, 'utf8')))
  return files.map((file) => `</${file}>; rel=modulepreload; crossorigin`).join(', ')
}

async function registerFiles(app: App, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: true,
    index: false,
    cacheControl: false,
    // The build writes compressed copies beside its files.
    preCompressed: true,
    setHeaders: (reply, path) => {
      // Names of built files carry a hash of their content.
      const forever = path.includes('/assets/')
      reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
}
