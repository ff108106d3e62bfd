import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compress } from './compress.ts'

const server = 'http://127.0.0.1:3001'

export default defineConfig({
  plugins: [react(), tailwindcss(), compress()],
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
        // Otherwise each new page splits the small parts that it shares into more files, which compress worse.
        codeSplitting: {
          groups: [
            { name: 'ui', test: /[\\/]src[\\/](ui|api|components)[\\/]/, minShareCount: 3 },
            {
              name: 'deploy',
              test: /[\\/]pages[\\/]deploy[\\/]([\w-]+|cloud-init[\\/]state|table[\\/](columns|rows|problems|to-rows|series|nics|first-boot))\.ts$/,
              minShareCount: 2,
            },
          ],
        },
      },
    },
  },
})
