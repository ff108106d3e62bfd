/** What is being done to the VM of the page: begun, followed by its task, told when it ended. */
import type { VmDetail } from '@deployer/core/vm.ts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useState } from 'react'
import { toast } from '../../ui/Toast.tsx'
import { taskQuery, useVmChange, type VmChange, vmQuery, vmsQuery } from '../vms/queries.ts'
import { powerWords } from '../vms/words.ts'

type Words = { doing: string; done: string }

const wordsOf = (change: VmChange): Words => {
  switch (change.kind) {
    case 'power': {
      const { doing, done } = powerWords[change.action]
      return { doing, done }
    }
    case 'snapshot':
      return { doing: `Making the snapshot ${change.name}`, done: `snapshot ${change.name} made` }
    case 'rollback':
      return { doing: `Rolling back to ${change.name}`, done: `rolled back to ${change.name}` }
    case 'delete-snapshot':
      return {
        doing: `Deleting the snapshot ${change.name}`,
        done: `snapshot ${change.name} deleted`,
      }
    case 'resize':
      return {
        doing: `Growing ${change.disk} to ${change.sizeGiB} GiB`,
        done: `${change.disk} has ${change.sizeGiB} GiB`,
      }
    case 'cloud-init':
      return { doing: 'Writing the cloud-init drive', done: 'cloud-init drive written' }
    case 'delete':
      return { doing: 'Deleting', done: 'deleted' }
  }
}

export type Work = {
  change: VmChange
  words: Words
  upid: string | null
  since: number
  /** Null while it goes on. */
  failed: string | null
}

export type VmWork = {
  work: Work | null
  busy: boolean
  /** Begins it; settles when Proxmox has taken it on, or rejects with why not. */
  begin: (change: VmChange) => Promise<void>
  /** The failure was read. */
  dismiss: () => void
}

export const WorkContext = createContext<VmWork>({
  work: null,
  busy: false,
  begin: async () => {},
  dismiss: () => {},
})

export const useWork = (): VmWork => useContext(WorkContext)

/** @param onDone told of what ended well */
export const useVmWork = (
  vm: Pick<VmDetail, 'vmid' | 'name'>,
  onDone: (change: VmChange) => void,
): VmWork => {
  const { vmid, name } = vm
  const [work, setWork] = useState<Work | null>(null)
  const send = useVmChange(vmid)
  const queryClient = useQueryClient()
  const task = useQuery(taskQuery(work?.failed === null ? work.upid : null))
  const status = task.data?.status

  const finish = (change: VmChange, words: Words) => {
    setWork(null)
    toast('ok', `${name}: ${words.done}`)
    if (change.kind !== 'delete')
      void queryClient.invalidateQueries({ queryKey: vmQuery(vmid).queryKey })
    void queryClient.invalidateQueries({ queryKey: vmsQuery.queryKey })
    onDone(change)
  }

  useEffect(() => {
    if (!work || work.failed !== null || status === undefined || status === 'running') return
    if (status === 'ok' || status === 'warnings') finish(work.change, work.words)
    else {
      setWork({ ...work, failed: task.data?.message ?? 'Proxmox does not tell why.' })
      void queryClient.invalidateQueries({ queryKey: vmQuery(vmid).queryKey })
    }
    // Once for each end of a task.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [status, work?.upid])

  return {
    work,
    busy: work !== null && work.failed === null,
    begin: async (change) => {
      const words = wordsOf(change)
      const { upid } = await send.mutateAsync(change)
      if (upid === null) finish(change, words)
      else setWork({ change, words, upid, since: Date.now(), failed: null })
    },
    dismiss: () => setWork(null),
  }
}

/** Why somebody may not do something; null where they may. */
export const lacking = (
  vm: Pick<VmDetail, 'vmid' | 'privileges'>,
  ...anyOf: string[]
): string | null =>
  anyOf.some((privilege) => vm.privileges.includes(privilege))
    ? null
    : `Proxmox asks for ${anyOf.join(' or ')} on /vms/${vm.vmid}`
