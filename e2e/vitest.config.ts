import { defineConfig } from 'vitest/config'
import { slowestFirst } from '../tools/slowest-first.ts'

export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    setupFiles: ['e2e/failed.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    // Each file starts a server and a browser of its own, and waits for them most of the time.
    maxWorkers: 3,
    sequence: {
      sequencer: slowestFirst([
        'e2e/from-scratch.test.ts',
        'e2e/deploy.test.ts',
        'e2e/undo.test.ts',
        'e2e/images.test.ts',
        'e2e/first-boot.test.ts',
        'e2e/batch.test.ts',
        'e2e/vms.test.ts',
      ]),
    },
  },
})
