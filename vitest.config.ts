import { defineConfig } from 'vitest/config'
import { slowestFirst } from './tools/slowest-first.ts'

export default defineConfig({
  test: {
    // Against hanging: on a machine that also draws pages and boots guests, what takes seconds alone takes many of them.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is polled for comes within moments, but not always within the one second of vitest on a busy machine.
    expect: { poll: { timeout: 10_000 } },
    pool: 'forks',
    // Most tests wait for their own server and cluster: three files side by side, with the browser's beside
    // them, keep two cores busy.
    maxWorkers: 3,
    sequence: {
      sequencer: slowestFirst([
        'chaos/chaos.test.ts',
        'server/test/crash.test.ts',
        'server/test/first-boot.test.ts',
        'server/test/retry-changes.test.ts',
        'server/test/retry.test.ts',
        'server/test/backup.test.ts',
        'server/test/fuzz.test.ts',
        'server/test/scratch-versions.test.ts',
        'server/test/two-servers.test.ts',
      ]),
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'own process',
          include: ['{proxmox,simulator,server,tools,bench,chaos}/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'pure',
          include: ['{core,web}/**/*.test.ts'],
          // Functions without a state: the files share their process and what it has loaded.
          isolate: false,
        },
      },
    ],
  },
})
