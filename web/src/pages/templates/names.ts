import { nextVersionName } from '@deployer/core/template-health.ts'
import type { Image } from '../../api/images.ts'

/** Whether the image is of the system that the template is named after. */
export function fits(image: Pick<Image, 'os'>, template: string): boolean {
  const [, word = '', version = ''] = /^(\S+).*?([\d.]*)$/.exec(image.os?.name ?? '') ?? []
  const name = template.toLowerCase()
  return word !== '' && name.includes(word.toLowerCase()) && name.includes(version)
}

/** `Ubuntu 24.04` → `ubuntu-24.04`, or the next version where a template is called that. */
export function suggestedName(
  image: Pick<Image, 'os' | 'name'> | undefined,
  taken: readonly string[],
): string {
  const system = image?.os?.name ?? image?.name.replace(/\.\w+$/, '') ?? ''
  const name = system
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
  return taken.includes(name) ? nextVersionName(name, taken) : name
}
