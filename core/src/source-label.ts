/** What a deployment is made from, in a few words: kept with it, and how its like is found again. */
import type { DeploymentRequest } from './request.ts'

type Source = DeploymentRequest['source']
type Named =
  | Pick<Extract<Source, { kind: 'template' }>, 'kind' | 'vmid' | 'clone'>
  | Pick<Extract<Source, { kind: 'iso' }>, 'kind' | 'volid'>
  | Pick<Extract<Source, { kind: 'image' }>, 'kind' | 'volid' | 'convertToTemplate'>

/** `ubuntu-24.04 (9000), linked clones`; `templateName` null where nobody knows it. */
export function labelOfSource(source: Named, templateName: string | null): string {
  switch (source.kind) {
    case 'template':
      return `${templateName ?? 'template'} (${source.vmid}), ${source.clone === 'linked' ? 'linked' : 'full'} clones`
    case 'iso':
      return `${source.volid}, installed`
    case 'image':
      return `${source.volid}, ${source.convertToTemplate === true ? 'made into templates' : 'imported'}`
  }
}
