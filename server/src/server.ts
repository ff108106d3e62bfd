/** The program as a whole: database, cluster, engine, HTTP. Everything that it starts, it stops in turn. */
import { assemble } from './assemble.ts'
import { type Cluster, openCluster } from './cluster.ts'
import type { Config } from './config.ts'
import { openDataFolder } from './data-folder.ts'
import type { Logger } from './logger.ts'
import type { App } from './rest/http.ts'
import type { OnStop } from './parts.ts'
import { startDatabase } from './start-database.ts'

export type Server = {
  app: App
  /** Answers running calls, lets go of the work, closes everything. */
  stop: () => Promise<void>
}

/** Ready to listen when it answers. */
export async function startServer(
  config: Config,
  logger: Logger,
  open: (config: Config) => Promise<Cluster> = openCluster,
): Promise<Server> {
  const stops: Parameters<OnStop>[0][] = []
  const stop = async () => {
    for (const end of stops.splice(0).toReversed()) await end()
  }
  const onStop: OnStop = (end) => void stops.push(end)
  try {
    openDataFolder(config.dataDir)
    // Side by side; whichever fails, the other is closed again.
    const opening = open(config)
    // It is awaited only after the database has started: until then its failure is nobody's.
    opening.catch(() => {})
    onStop(() =>
      opening.then(
        (cluster) => cluster.close(),
        () => {},
      ),
    )
    const database = await startDatabase(config, logger, onStop)
    const app = await assemble({ config, logger, database, cluster: await opening, onStop })
    return { app, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
