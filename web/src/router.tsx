/** Every page and its address. Pages are chunks of their own; the shell and sign-in come first. */
import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { z } from 'zod'
import { deploymentQuery, deploymentsQuery, sessionQuery } from './api/queries.ts'
import { ErrorPage, NotFoundPage, PendingPage } from './shell/ErrorPage.tsx'
import { Shell } from './shell/Shell.tsx'

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  errorComponent: ErrorPage,
  notFoundComponent: NotFoundPage,
})

/** Only an address of this page itself; anything else could lead a person away after sign-in. */
const ownPath = z
  .string()
  .regex(/^\/(?![/\\])/)
  .optional()
  .catch(undefined)

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: z.object({ to: ownPath }),
  beforeLoad: async ({ context, search }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery).catch(() => null)
    if (session) throw redirect({ href: search.to ?? '/', replace: true })
  },
  component: lazyRouteComponent(() => import('./pages/sign-in/SignInPage.tsx'), 'SignInPage'),
})

const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery)
    if (!session) throw redirect({ to: '/sign-in', search: { to: location.href }, replace: true })
  },
  component: Shell,
  notFoundComponent: NotFoundPage,
})

const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/deploy', replace: true })
  },
})

const DeployPage = lazyRouteComponent(() => import('./pages/deploy/DeployPage.tsx'), 'DeployPage')

const deployRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/deploy',
  /** `from`: a deployment whose request fills the form. `template`: VMID of the template to start with. */
  validateSearch: z.object({
    from: z.string().max(64).optional().catch(undefined),
    template: z.int().positive().optional().catch(undefined),
  }),
  component: function DeployRoute() {
    const { from, template } = deployRoute.useSearch()
    return <DeployPage from={from} template={template} />
  },
})

const deploymentsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/deployments',
  validateSearch: z.object({
    q: z.string().max(200).optional().catch(undefined),
    show: z.enum(['running', 'failed', 'finished']).optional().catch(undefined),
  }),
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(deploymentsQuery)
  },
  component: lazyRouteComponent(
    () => import('./pages/deployments/DeploymentsPage.tsx'),
    'DeploymentsPage',
  ),
})

const deploymentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/deployments/$deploymentId',
  validateSearch: z.object({
    q: z.string().max(200).optional().catch(undefined),
    show: z.enum(['ready', 'running', 'failed', 'queued', 'cancelled']).optional().catch(undefined),
    group: z.enum(['node', 'state']).optional().catch(undefined),
    view: z.enum(['steps', 'checks']).optional().catch(undefined),
    /** Ids of rows that the person opened, or closed with a leading minus, joined by commas. */
    rows: z.string().max(4000).optional().catch(undefined),
  }),
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(deploymentQuery(params.deploymentId))
  },
  component: lazyRouteComponent(
    () => import('./pages/deployment/DeploymentPage.tsx'),
    'DeploymentPage',
  ),
})

const routeTree = rootRoute.addChildren([
  signInRoute,
  shellRoute.addChildren([homeRoute, deployRoute, deploymentsRoute, deploymentRoute]),
])

/** The router of the app, with the query cache in its context. */
export const createAppRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPendingComponent: PendingPage,
    defaultErrorComponent: ErrorPage,
    scrollRestoration: true,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
