import { useQuery } from '@tanstack/react-query'
import {
  networksQuery,
  nodesQuery,
  poolsQuery,
  storagesQuery,
  templatesQuery,
} from '../../api/queries.ts'
import type { Inventory } from './deploy-context.ts'

/** What the cluster has, as far as it is known; empty lists until it is. `templates` tells how that question stands. */
export function useInventory() {
  const templates = useQuery(templatesQuery)
  const nodes = useQuery(nodesQuery)
  const storages = useQuery(storagesQuery)
  const networks = useQuery(networksQuery)
  const pools = useQuery(poolsQuery)
  const inventory: Inventory = {
    templates: templates.data ?? [],
    nodes: nodes.data ?? [],
    storages: storages.data ?? [],
    bridges: networks.data ?? [],
    pools: pools.data ?? [],
  }
  return { inventory, templates }
}
