import { useQuery } from '@tanstack/react-query'
import { Outlet, useRouter, useRouterState } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { sessionQuery } from '../api/queries.ts'
import { MenuContext } from '../components/PageHeader.tsx'
import { Drawer } from '../ui/Dialog.tsx'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { useShortcuts } from './shortcuts.ts'
import { ShortcutsDialog } from './ShortcutsDialog.tsx'
import { Sidebar } from './Sidebar.tsx'

/** What surrounds every page: menu, cluster, account, the banner, toasts, keyboard. */
export function Shell() {
  const [menuOpen, setMenuOpen] = useState(false)
  const [helpOpen, setHelpOpen] = useState(false)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const [menuPath, setMenuPath] = useState(path)
  if (menuPath !== path) {
    setMenuPath(path)
    setMenuOpen(false)
  }
  useSignInWhenSessionEnds()
  useShortcuts(() => setHelpOpen(true))
  const showHelp = () => setHelpOpen(true)

  return (
    <MenuContext value={() => setMenuOpen(true)}>
      <a
        href="#content"
        className="sr-only rounded-md bg-accent px-3 py-2 font-medium text-white focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-60"
      >
        To the content
      </a>
      {/* A page that is one wide table says so by data-wide, and gets all the width. */}
      <div className="flex min-h-dvh flex-col [--content:1456px] has-data-wide:[--content:100%] lg:pl-14 xl:pl-[212px]">
        <aside className="fixed inset-y-0 left-0 z-10 hidden w-14 border-r border-line bg-rail lg:block xl:w-[212px]">
          <Sidebar narrow onShortcuts={showHelp} />
        </aside>
        <div data-banner>
          <ConnectionBanner />
        </div>
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto w-full max-w-(--content) flex-1 px-3 pb-8 sm:px-7"
        >
          <Outlet />
        </main>
      </div>
      <Drawer
        side="left"
        open={menuOpen}
        onOpenChange={setMenuOpen}
        title="Menu"
        className="max-w-72! bg-rail!"
      >
        <Sidebar onShortcuts={showHelp} />
      </Drawer>
      <ShortcutsDialog open={helpOpen} onOpenChange={setHelpOpen} />
    </MenuContext>
  )
}

/** A session that ends while the page is open leads to sign-in, and back to the same place. */
function useSignInWhenSessionEnds() {
  const { data: session } = useQuery(sessionQuery)
  const router = useRouter()
  useEffect(() => {
    const { href, pathname } = router.state.location
    if (session !== null || pathname === '/sign-in') return
    void router.navigate({ to: '/sign-in', search: { to: href }, replace: true })
  }, [session, router])
}
