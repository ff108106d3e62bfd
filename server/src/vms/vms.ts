/** VMs after their deployment, put together: the list, one VM whole, and what can be done to one or to many. */
import { createWorkOnMany, type WorkOnMany } from './many.ts'
import { createWorkOnOne, type WorkOnOne } from './one.ts'
import { createVmReading, type VmReading } from './reading.ts'
import { createTools, type VmsDeps, type VmTools } from './tools.ts'

export type Vms = VmReading &
  WorkOnOne &
  WorkOnMany & {
    /** Where a VM is, for others who work on one: 404 where the caller sees none. */
    find: VmTools['find']
  }

export const createVms = (deps: VmsDeps): Vms => {
  const tools = createTools(deps)
  return {
    find: tools.find,
    ...createVmReading(tools),
    ...createWorkOnOne(tools),
    ...createWorkOnMany(tools),
  }
}
