/** What is being done to the VM of the page: begun, followed by its task, told when it ended. */
import type { VmDetail } from '@deployer/core/vm.ts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useEffectEvent, useState } from 'react'
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
  since: number
  /** Null while it goes on. */
  failed: string | null
}

/** What was begun last and has not been dismissed; how it stands is told by its task. */
type Begun = Omit<Work, 'failed'> & { upid: string }

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
  const [begun, setBegun] = useState<Begun | null>(null)
  const send = useVmChange(vmid)
  const queryClient = useQueryClient()
  const task = useQuery(taskQuery(begun?.upid ?? null))
  const status = begun === null ? undefined : task.data?.status
  const succeeded = status === 'ok' || status === 'warnings'
  const failed =
    status === undefined || status === 'running' || succeeded
      ? null
      : (task.data?.message ?? 'Proxmox does not tell why.')
  const work = begun === null || succeeded ? null : { ...begun, failed }

  const finish = (change: VmChange, words: Words) => {
    toast('ok', `${name}: ${words.done}`)
    if (change.kind !== 'delete')
      void queryClient.invalidateQueries({ queryKey: vmQuery(vmid).queryKey })
    void queryClient.invalidateQueries({ queryKey: vmsQuery.queryKey })
    onDone(change)
  }

  const taskEnded = useEffectEvent(() => {
    if (begun !== null && succeeded) finish(begun.change, begun.words)
    else void queryClient.invalidateQueries({ queryKey: vmQuery(vmid).queryKey })
  })

  const ended = status === undefined || status === 'running' ? undefined : begun?.upid
  useEffect(() => {
    if (ended !== undefined) taskEnded()
  }, [ended])

  return {
    work,
    busy: work !== null && work.failed === null,
    begin: async (change) => {
      const words = wordsOf(change)
      const answer = await send.mutateAsync(change)
      if (answer.upid === null) finish(change, words)
      else setBegun({ change, words, upid: answer.upid, since: Date.now() })
    },
    dismiss: () => setBegun(null),
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
