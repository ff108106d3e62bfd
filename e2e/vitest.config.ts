import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    setupFiles: ['e2e/failed.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // Each file starts a server and a browser of its own, and waits for them most of the time.
    maxWorkers: 3,
  },
})
