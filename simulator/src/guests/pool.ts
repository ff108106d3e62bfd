import type { Call } from '../call.ts'
import { die, messageOf } from '../errors.ts'

/** Under the cluster's lock of user.cfg, which is short, but everyone wants it (AccessControl.pm, add_vm_to_pool). */
export const addToPool = async (call: Call, vmid: number, poolid: string): Promise<void> => {
  const { cluster } = call
  const fail = (text: string) => die(`can't add VM ${vmid} to pool '${poolid}': ${text}`)
  const release = await cluster.locks
    .cfs('file-user_cfg')
    .catch((error: unknown) => fail(messageOf(error)))
  try {
    await cluster.clock.sleep(0.2)
    const pool = cluster.world.pools.find((other) => other.poolid === poolid)
    if (!pool) return fail(`pool '${poolid}' does not exist`)
    if (!pool.vms.includes(vmid)) pool.vms.push(vmid)
    cluster.changed()
  } finally {
    release()
  }
}
