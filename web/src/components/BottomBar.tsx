import type { ReactNode } from 'react'

/**
 * The actions of a page within reach of the thumb; only below 640 px. Leaves room for itself under the page. Words
 * without pictures, so that three fit.
 */
export function BottomBar({ children }: { children: ReactNode }) {
  return (
    <>
      <div className="h-16 sm:hidden" />
      <div className="fixed inset-x-0 bottom-0 z-20 flex gap-2 border-t border-edge bg-raised px-3 pt-2.5 pb-[max(10px,env(safe-area-inset-bottom))] shadow-pop *:grow *:px-2! sm:hidden [&_svg]:hidden">
        {children}
      </div>
    </>
  )
}
