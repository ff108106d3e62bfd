import { Bar } from '../../ui/Skeleton.tsx'

/** In place of the points of a template. */
export function Skeleton() {
  return (
    <div role="status" aria-label="Its health is on its way" className="mt-4 space-y-2">
      <Bar className="w-40" />
      <Bar className="w-56" />
    </div>
  )
}
