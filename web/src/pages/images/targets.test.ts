import { expect, it } from 'vitest'
import type { ImageTarget } from '../../api/images.ts'
import { targetKey, targetsFor } from './targets.ts'

const target = (
  storage: string,
  node: string,
  changes: Partial<ImageTarget> = {},
): ImageTarget => ({
  storage,
  node,
  shared: false,
  content: 'iso',
  availableGiB: 10,
  upload: null,
  download: null,
  delete: null,
  ...changes,
})

it('a shared storage stands once, by a node where it can be used, and before local ones', () => {
  const targets = [
    target('local', 'pve2'),
    target('nfs', 'pve1', { shared: true, download: 'no right on pve1' }),
    target('nfs', 'pve2', { shared: true }),
    target('local', 'pve1', { upload: 'no right', download: 'no right' }),
    target('nfs', 'pve1', { shared: true, content: 'import' }),
  ]
  expect(targetsFor(targets, 'iso', 'download').map(targetKey)).toEqual([
    'nfs on pve2',
    'local on pve2',
    'local on pve1',
  ])
  expect(targetsFor(targets, 'iso', 'upload').map(targetKey)[0]).toBe('nfs on pve1')
  expect(targetsFor(targets, 'import', 'upload').map(targetKey)).toEqual(['nfs on pve1'])
})
