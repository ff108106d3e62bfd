import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{core,proxmox,simulator,server,web,tools,bench,chaos}/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Most tests wait for their own server and cluster: three files side by side keep two cores busy.
    maxWorkers: 3,
  },
})
