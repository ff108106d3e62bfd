/** The drives that a plan gives a VM, as its calls say them. Pure. */
import type { Plan } from '@deployer/core/plan.ts'

export type PlannedDrive = {
  /** Proxmox's own key: `scsi0`, `ide2`, `efidisk0`. */
  key: string
  /** `image`: a new disk that is filled from an image. */
  kind: 'disk' | 'image' | 'installer' | 'drivers' | 'cloud-init' | 'answers' | 'cd' | 'efi' | 'tpm'
  /** `ceph-vm, 64 GiB`, or the volume of a CD. */
  title: string
  /** Turn in the boot order, from 1; null where it is not tried. */
  boot: number | null
}

/** Of the first VM; all have the same, but for their sizes and storages. Empty while there is no plan. */
export function plannedDrives(
  plan: Plan | null,
  chosen: { volid: string; drivers: string },
): PlannedDrive[] {
  const steps = plan?.vms[0]?.steps ?? []
  const settings = steps.flatMap(({ spec }) => (spec.kind === 'create' ? [spec.settings] : []))[0]
  if (settings === undefined) return []
  const answers = steps.flatMap(({ spec }) =>
    spec.kind === 'upload-seed' && spec.answers !== undefined ? [spec.file] : [],
  )[0]
  const media = { ...chosen, answers }
  const attached = steps.flatMap(({ spec }): [string, string][] =>
    spec.kind === 'attach-seed' ? [[spec.drive, `${spec.volume},media=cdrom`]] : [],
  )
  const order = /^order=(.*)$/.exec(String(settings['boot'] ?? ''))?.[1]?.split(';') ?? []
  const turn = (key: string) => (order.includes(key) ? order.indexOf(key) + 1 : null)
  return [...Object.entries(settings), ...attached]
    .flatMap(([key, value]): PlannedDrive[] => {
      const text = String(value)
      if (!driveKey.test(key) || text.startsWith('none')) return []
      return [{ key, ...driveOf(key, text, media), boot: turn(key) }]
    })
    .toSorted((one, other) => (one.boot ?? LAST) - (other.boot ?? LAST) || rank(one) - rank(other))
}

type Media = { volid: string; drivers: string; answers: string | undefined }

const LAST = 99
const driveKey = /^((scsi|virtio|sata|ide)\d+|efidisk0|tpmstate0)$/

const rank = ({ kind }: PlannedDrive) => ['answers', 'efi', 'tpm'].indexOf(kind)

function driveOf(
  key: string,
  text: string,
  { volid, drivers, answers }: Media,
): Pick<PlannedDrive, 'kind' | 'title'> {
  const [first = '', ...options] = text.split(',')
  const [storage = '', size = ''] = first.split(':')
  if (key === 'efidisk0') return { kind: 'efi', title: storage }
  if (key === 'tpmstate0') return { kind: 'tpm', title: storage }
  if (size === 'cloudinit') return { kind: 'cloud-init', title: storage }
  if (options.includes('media=cdrom')) {
    if (answers !== undefined && first.endsWith(`/${answers}`)) {
      return { kind: 'answers', title: answers.replace('{deployment}-', '') }
    }
    const kind = first === volid ? 'installer' : first === drivers ? 'drivers' : 'cd'
    return { kind, title: first }
  }
  const imported = options.find((option) => option.startsWith('import-from='))
  return imported === undefined
    ? { kind: 'disk', title: `${storage}, ${size} GiB` }
    : { kind: 'image', title: `${storage}, from ${volid}` }
}
