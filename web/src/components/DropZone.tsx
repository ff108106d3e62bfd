import { type ReactNode, useState } from 'react'
import { cx } from '../ui/cx.ts'

/** A page onto which a file can be dropped anywhere. */
export function DropZone({
  onFile,
  children,
}: {
  onFile: (file: File) => void
  children: ReactNode
}) {
  const [dragging, setDragging] = useState(false)
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setDragging(true)
      }}
      onDragLeave={() => setDragging(false)}
      onDrop={(event) => {
        event.preventDefault()
        setDragging(false)
        const [file] = event.dataTransfer.files
        if (file !== undefined) onFile(file)
      }}
      className={cx(dragging && 'rounded-lg outline-2 outline-accent-text outline-dashed')}
    >
      {children}
    </div>
  )
}
