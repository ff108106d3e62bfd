/** Stands between the wire and the calls, and carries out what the cluster's faults ask for. */
import type { CallAnswer } from './call.ts'
import type { Cluster } from './cluster.ts'
import type { ApiRequest } from './dispatch.ts'
import { ApiError } from './errors.ts'

/** No answer at all: the socket is to be closed. */
export class ConnectionDropped extends Error {
  override name = 'ConnectionDropped'
}

type Run = (request: ApiRequest) => Promise<CallAnswer>

/** What changes the cluster file system (pve-cluster src/PVE/Cluster.pm, check_cfs_quorum); a stop, keys and the agent do not. */
const writesConfig = (call: string) =>
  /^(POST|PUT|DELETE) \/(nodes\/\{node\}\/(qemu|lxc)|pools)/.test(call) &&
  !/\/(agent|status\/stop|vncproxy|termproxy|sendkey)/.test(call)

export const createDisturbance =
  (cluster: Cluster) =>
  async (run: Run, request: ApiRequest): Promise<CallAnswer> => {
    const { clock, faults, methods } = cluster
    const known = methods.find(request.method, request.path)?.method
    const call = `${request.method} ${known?.path ?? request.path}`
    const delay = faults.delaySeconds(call)
    if (delay > 0) await clock.sleep(delay)
    if (!faults.hasQuorum() && writesConfig(call))
      throw new ApiError(500, 'cluster not ready - no quorum?')
    const trouble = faults.troubleOf(call, request)
    switch (trouble?.kind) {
      case undefined:
        return run(request)
      case 'answer':
        if (trouble.acting) await run(request).catch(() => null)
        throw new ApiError(trouble.status, trouble.message)
      case 'drop':
        if (trouble.acting === 'after') await run(request).catch(() => null)
        throw new ConnectionDropped()
      case 'slow':
        await clock.sleep(trouble.seconds)
        return run(request)
      case 'task-fails':
        return faults.withFailingTask(trouble, () => run(request))
      case 'id-taken':
        faults.takeId(Number(request.params['newid'] ?? request.params['vmid'] ?? 0))
        return run(request)
    }
  }
