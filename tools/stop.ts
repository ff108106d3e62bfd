/** Stops the server that ./start.sh started. */
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../server/src/config.ts'
import { forgetServer, runningServer } from './process-file.ts'

const PATIENCE_SECONDS = 15

const { dataDir } = readConfig()
const pid = runningServer(dataDir)
if (pid === null) {
  forgetServer(dataDir)
  console.log('Nothing to stop: no server started by ./start.sh is running.')
  process.exit(0)
}

process.kill(pid, 'SIGTERM')
const deadline = Date.now() + PATIENCE_SECONDS * 1000
while (runningServer(dataDir) !== null && Date.now() < deadline) await sleep(100)

if (runningServer(dataDir) !== null) {
  console.log(`Process ${pid} did not end within ${PATIENCE_SECONDS} s, ending it the hard way.`)
  process.kill(pid, 'SIGKILL')
}
forgetServer(dataDir)
console.log(`Stopped (process ${pid}). Running deployments go on at the next ./start.sh.`)
