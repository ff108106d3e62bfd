/**
 * The server of the benchmark: the real one, in a process of its own, on a simulated cluster in another process. Only
 * its pace differs from `server/src/main.ts`: pauses are as many times shorter as the cluster is faster (DEMO_SPEED).
 */
import { openCluster } from '@deployer/server/cluster.ts'
import { readConfig } from '@deployer/server/config.ts'
import { createLogger } from '@deployer/server/logger.ts'
import { startServer } from '@deployer/server/server.ts'

const config = readConfig()
const server = await startServer(config, createLogger(config.logLevel), async (given) => ({
  ...(await openCluster(given)),
  demo: true,
}))
console.log(`listening ${await server.app.listen({ port: 0, host: '127.0.0.1' })}`)
process.once('SIGTERM', () => {
  void server.stop().then(() => process.exit(0))
})
