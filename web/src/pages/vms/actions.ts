import type { PowerAction, VmRow } from '@deployer/core/vm.ts'
import { createContext } from 'react'

/** What a row can have done to its VM. */
export const VmsActionsContext = createContext<{ power: (vm: VmRow, action: PowerAction) => void }>(
  { power: () => {} },
)
