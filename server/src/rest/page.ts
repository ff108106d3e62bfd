/** The built page: its files, and its start page for every address that it handles itself. */
import fastifyStatic from '@fastify/static'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sendProblem } from './errors.ts'
import type { App } from './http.ts'

const notBuilt = `<!doctype html>
<title>Proxmox VM Deployer</title>
<p>The page is not built. Run <code>npm run build</code>, or <code>npm run dev</code> for development.
The API is here: <a href="/docs">/docs</a>.</p>
`

export async function registerPage(app: App, folder: string): Promise<void> {
  const built = existsSync(join(folder, 'index.html'))
  if (built) await registerFiles(app, folder)
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
    return reply.header('cache-control', 'no-cache').sendFile('index.html')
  })
}

async function registerFiles(app: App, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: true,
    index: 'index.html',
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
