import type { VmRow } from '@deployer/core/vm.ts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { StatusWord } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { plural } from '../../../ui/format.ts'
import { bulkQuery, useBulk, vmsQuery } from '../queries.ts'
import { BulkQuestion } from './BulkQuestion.tsx'
import { VmList } from './VmList.tsx'
import { applies, type BulkWish, inOrderOfNeed, resultOf, sentence, wordsOf } from './words.ts'

/** Shows which VMs it is about, asks, and then tells what comes of each. */
export function BulkDialog({
  wish,
  vms,
  onClose,
}: {
  wish: BulkWish
  vms: readonly VmRow[]
  onClose: () => void
}) {
  const words = wordsOf(wish)
  const order = useBulk()
  const [chosen] = useState(() => vms.filter(({ state }) => applies(wish, state)))
  const bulk = useQuery(bulkQuery(order.data?.id ?? null)).data
  const queryClient = useQueryClient()
  const finished = bulk !== undefined && bulk.finishedAt !== null
  useEffect(() => {
    if (finished) void queryClient.invalidateQueries({ queryKey: vmsQuery.queryKey })
  }, [finished, queryClient])
  if (bulk === undefined)
    return (
      <BulkQuestion
        wish={wish}
        working={order.isPending && words.doing}
        chosen={chosen}
        others={vms.length - chosen.length}
        error={order.error}
        onOrder={order.mutate}
        onClose={onClose}
      />
    )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${finished ? words.verb : words.doing} ${plural(chosen.length, 'VM')}`}
      footer={<Button onClick={onClose}>{finished ? 'Close' : 'Close, it goes on'}</Button>}
    >
      <p role="status">{sentence(bulk.items, words)}</p>
      <VmList
        lines={inOrderOfNeed(bulk.items).map(({ vmid, name, node, status, message }) => {
          const { glyph, word } = resultOf(wish, status)
          return {
            vmid,
            name,
            about: node,
            message,
            result: (
              <StatusWord kind={glyph} className="flex-none">
                {word}
              </StatusWord>
            ),
          }
        })}
      />
    </Dialog>
  )
}
