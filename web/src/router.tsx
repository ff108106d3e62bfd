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
import {
  deploymentQuery,
  deploymentsQuery,
  networksQuery,
  nodesQuery,
  poolsQuery,
  sessionQuery,
  statusQuery,
  storagesQuery,
  templatesQuery,
} from './api/queries.ts'
import { readAuditSearch } from './pages/audit/search.ts'
import { formReaderQuery } from './pages/deploy/form-reader-query.ts'
import { browserStorage, isKept } from './pages/deploy/kept-text.ts'
import type { PageSearch } from './pages/deployment/search.ts'
import { readVmSearch, readVmsSearch } from './pages/vms/search.ts'
import { oneOf, ownPath, text } from './searchParams.ts'
import { ErrorPage, NotFoundPage, PendingPage } from './shell/ErrorPage.tsx'
import { Shell } from './shell/Shell.tsx'

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  errorComponent: (props) => (
    <main>
      <ErrorPage {...props} />
    </main>
  ),
})

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search): { to?: string | undefined } => ({ to: ownPath(search['to']) }),
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
    // The banner above the page depends on it: the sooner it is known, the less it pushes down.
    void context.queryClient.prefetchQuery({ ...statusQuery, staleTime: Infinity })
  },
  component: Shell,
})

const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/deploy', replace: true })
  },
})

const nowhereRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '$',
  component: NotFoundPage,
})

const DeployPage = lazyRouteComponent(() => import('./pages/deploy/DeployPage.tsx'), 'DeployPage')

const deployRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/deploy',
  /**
   * `from`: a deployment whose request fills the form; `blueprint`: a blueprint that does. `template`: VMID of the
   * template to start with; `iso`, `image`: the volume id of one, with `name` for the VMs, and `convert` for a template
   * that is built from it.
   */
  validateSearch: (
    search,
  ): {
    from?: string | undefined
    blueprint?: string | undefined
    template?: number | undefined
    iso?: string | undefined
    image?: string | undefined
    name?: string | undefined
    convert?: boolean | undefined
  } => ({
    from: text(search['from'], 64),
    blueprint: text(search['blueprint'], 64),
    template: Number.isInteger(search['template']) ? Number(search['template']) : undefined,
    iso: text(search['iso'], 300),
    image: text(search['image'], 300),
    name: text(search['name'], 200),
    convert: search['convert'] === true ? true : undefined,
  }),
  // Asked for while the page's scripts are on their way.
  loader: ({ context: { queryClient } }) => {
    void queryClient.prefetchQuery(templatesQuery)
    void queryClient.prefetchQuery(nodesQuery)
    void queryClient.prefetchQuery(storagesQuery)
    void queryClient.prefetchQuery(networksQuery)
    void queryClient.prefetchQuery(poolsQuery)
    if (isKept(browserStorage())) void queryClient.prefetchQuery(formReaderQuery)
  },
  component: function DeployRoute() {
    const { from, blueprint, template, iso, image, name, convert } = deployRoute.useSearch()
    const medium =
      image === undefined
        ? iso === undefined
          ? undefined
          : { source: 'iso' as const, volid: iso }
        : { source: 'image' as const, volid: image, name, convert }
    return <DeployPage from={from} blueprint={blueprint} template={template} medium={medium} />
  },
})

type ListSearch = {
  q?: string | undefined
  show?: 'running' | 'failed' | 'finished' | undefined
}

const deploymentsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/deployments',
  validateSearch: (search): ListSearch => ({
    q: text(search['q'], 200),
    show: oneOf(search['show'], ['running', 'failed', 'finished']),
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
  validateSearch: (search): PageSearch => ({
    q: text(search['q'], 200),
    show: oneOf(search['show'], ['ready', 'running', 'failed', 'queued', 'cancelled']),
    group: oneOf(search['group'], ['node', 'state']),
    order: oneOf(search['order'], ['need']),
    view: oneOf(search['view'], ['steps', 'checks', 'timeline']),
    /** Ids of the rows that the person opened, joined by commas. */
    rows: text(search['rows'], 4000),
  }),
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(deploymentQuery(params.deploymentId))
  },
  component: lazyRouteComponent(
    () => import('./pages/deployment/DeploymentPage.tsx'),
    'DeploymentPage',
  ),
})

const blueprintsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/blueprints',
  validateSearch: (search): { q?: string | undefined } => ({ q: text(search['q'], 200) }),
  component: lazyRouteComponent(
    () => import('./pages/blueprints/BlueprintsPage.tsx'),
    'BlueprintsPage',
  ),
})

/** A console that fills its window: no navigation around it. */
const consoleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/vms/$vmid/console',
  validateSearch: (search): { type?: 'vnc' | 'serial' | undefined } => ({
    type: oneOf(search['type'], ['vnc', 'serial']),
  }),
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery)
    if (!session) throw redirect({ to: '/sign-in', search: { to: location.href }, replace: true })
  },
  component: lazyRouteComponent(
    () => import('./pages/vms/console/ConsoleWindow.tsx'),
    'ConsoleWindow',
  ),
})

const vmsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/vms',
  validateSearch: readVmsSearch,
  component: lazyRouteComponent(() => import('./pages/vms/VmsPage.tsx'), 'VmsPage'),
})

const vmRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/vms/$vmid',
  validateSearch: readVmSearch,
  component: lazyRouteComponent(() => import('./pages/vm/VmPage.tsx'), 'VmPage'),
})

const imagesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/images',
  validateSearch: (
    search,
  ): { q?: string | undefined; tab?: 'isos' | 'images' | 'catalogue' | undefined } => ({
    q: text(search['q'], 200),
    tab: oneOf(search['tab'], ['isos', 'images', 'catalogue']),
  }),
  component: lazyRouteComponent(() => import('./pages/images/ImagesPage.tsx'), 'ImagesPage'),
})

const templatesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/templates',
  validateSearch: (search): { q?: string | undefined } => ({ q: text(search['q'], 200) }),
  component: lazyRouteComponent(
    () => import('./pages/templates/TemplatesPage.tsx'),
    'TemplatesPage',
  ),
})

const auditRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/audit',
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import('./pages/audit/AuditPage.tsx'), 'AuditPage'),
})

const doctorRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/doctor',
  component: lazyRouteComponent(() => import('./pages/doctor/DoctorPage.tsx'), 'DoctorPage'),
})

const routeTree = rootRoute.addChildren([
  signInRoute,
  consoleRoute,
  shellRoute.addChildren([
    homeRoute,
    deployRoute,
    deploymentsRoute,
    deploymentRoute,
    vmsRoute,
    vmRoute,
    blueprintsRoute,
    templatesRoute,
    imagesRoute,
    auditRoute,
    doctorRoute,
    nowhereRoute,
  ]),
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
