/** The process that ./start.sh started, remembered in the data folder so that ./stop.sh stops that one and no other. */
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const file = (home: string) => join(home, 'server.pid')

/** Process id of the running server, or null. A number that the system gave to another program meanwhile is not ours. */
export function runningServer(home: string): number | null {
  const pid = readPid(home)
  if (pid === null) return null
  try {
    const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return command.includes('server/src/main.ts') ? pid : null
  } catch {
    return null
  }
}

export const rememberServer = (home: string, pid: number) => writeFileSync(file(home), `${pid}\n`)

export const forgetServer = (home: string) => rmSync(file(home), { force: true })

function readPid(home: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(file(home), 'utf8'), 10)
    return Number.isInteger(pid) && pid > 0 ? pid : null
  } catch {
    return null
  }
}
