import type { VmRow } from '@deployer/core/vm.ts'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState } from 'react'
import type { Selection } from './rows.ts'
import { VmCard } from './VmTableRow.tsx'

const HEIGHT = 64

/** The list for narrow screens; only what is on the screen is in the page. */
export function VmCards({
  vms,
  selection,
  onSelect,
}: {
  vms: readonly VmRow[]
  selection: Selection
  onSelect: (vmid: number, on: boolean, shift: boolean) => void
}) {
  const list = useRef<HTMLUListElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    setTop((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY)
  }, [])
  const virtualizer = useWindowVirtualizer({
    count: vms.length,
    estimateSize: () => HEIGHT,
    overscan: 8,
    scrollMargin: top,
  })
  return (
    <ul
      ref={list}
      aria-label="VMs"
      className="card relative -mx-3 rounded-none border-x-0"
      style={{ height: virtualizer.getTotalSize() }}
    >
      {virtualizer.getVirtualItems().map(({ index, start }) => {
        const vm = vms[index]
        return (
          vm && (
            <li
              key={vm.vmid}
              aria-setsize={vms.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0"
              style={{ height: HEIGHT, transform: `translateY(${start - top}px)` }}
            >
              <VmCard vm={vm} selected={selection.has(vm.vmid)} onSelect={onSelect} />
            </li>
          )
        )
      })}
    </ul>
  )
}
