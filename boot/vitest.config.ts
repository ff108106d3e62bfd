import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['boot/**/*.test.ts'],
    globalSetup: 'boot/setup.ts',
    // A guest boots in seconds, but the machine may be busy.
    testTimeout: 180_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 3,
  },
})
