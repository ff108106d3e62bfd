import './styles.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueryClient } from './api/queryClient.ts'
import { createAppRouter } from './router.tsx'
import { reloadOnStaleChunks } from './shell/staleChunks.ts'
import { Toasts } from './ui/Toast.tsx'
import { TooltipLayer } from './ui/Tooltip.tsx'

reloadOnStaleChunks()
const queryClient = createQueryClient()
const router = createAppRouter(queryClient)
const root = document.getElementById('root')

if (root)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <TooltipLayer />
        <Toasts />
      </QueryClientProvider>
    </StrictMode>,
  )
