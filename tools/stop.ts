/** Stops the server that ./start.sh started. */
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../server/src/config.ts'
import { forgetServer, runningServer } from './process-file.ts'

const PATIENCE_SECONDS = 15

const { home } = readConfig()
const pid = runningServer(home)
if (pid === null) {
  forgetServer(home)
  console.log('Nothing to stop: no server started by ./start.sh is running.')
  process.exit(0)
}

process.kill(pid, 'SIGTERM')
const deadline = Date.now() + PATIENCE_SECONDS * 1000
while (runningServer(home) !== null && Date.now() < deadline) await sleep(100)

if (runningServer(home) !== null) {
  console.log(`Process ${pid} did not end within ${PATIENCE_SECONDS} s, ending it the hard way.`)
  process.kill(pid, 'SIGKILL')
}
forgetServer(home)
console.log(`Stopped (process ${pid}). Running deployments go on at the next ./start.sh.`)
