import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { createChunkNames } from './chunks.ts'
import { compress } from './compress.ts'
import { firstLoad } from './first-load.ts'

const server = 'http://127.0.0.1:3001'

export default defineConfig({
  plugins: [react(), tailwindcss(), compress(), firstLoad()],
  server: {
    proxy: Object.fromEntries(
      ['/api', '/docs', '/openapi.json'].map((path) => [
        path,
        { target: server, ws: path === '/api' },
      ]),
    ),
  },
  build: {
    target: 'es2023',
    // Fonts stay files of their own: the content security policy allows no data: fonts.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: createChunkNames(),
              debugName: 'parts',
              priority: 1,
              includeDependenciesRecursively: false,
            },
            { name: 'ui', test: /[\\/]src[\\/](ui|api|components)[\\/]/, minShareCount: 3 },
          ],
        },
      },
    },
  },
})
