import { driverFolders, GUEST_TOOLS, type WindowsOsType } from '@deployer/core/windows/drivers.ts'

type Bus = 'scsi' | 'virtio' | 'sata' | 'ide' | undefined

export function LoadedDrivers({ osType, bus }: { osType: WindowsOsType; bus: Bus }) {
  return (
    <div className="rounded-md border border-line bg-well p-3 text-xs">
      <p className="mb-1 text-muted">Drivers that setup will load</p>
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {driverFolders(osType, bus).map(({ path, device }) => (
          <li key={path}>
            <code className="text-ink">{path}</code> <span className="text-muted">{device}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What to pick at the console. */
export function DriverGuide({ osType, bus }: { osType: WindowsOsType; bus: Bus }) {
  const folders = driverFolders(osType, bus)
  return (
    <section
      aria-label="Driver guide"
      className="rounded-md border border-line bg-well p-3 text-xs"
    >
      <ol className="flex list-decimal flex-col gap-2 pl-4">
        {folders.length > 0 && (
          <li>
            Where setup asks where to install Windows and shows no disk: “Load driver”, “Browse”,
            the CD <span className="font-medium text-ink">virtio-win</span>, and there one after the
            other
            <ul className="mt-1 flex flex-col gap-1">
              {folders.map(({ path, device, neededBySetup }) => (
                <li key={path}>
                  <code className="text-ink">{path}</code>{' '}
                  <span className="text-muted">
                    {device}
                    {neededBySetup ? ', without it setup sees no disk' : ''}
                  </span>
                </li>
              ))}
            </ul>
          </li>
        )}
        <li>
          When Windows runs: start <code className="text-ink">{GUEST_TOOLS}</code> from the same CD.
          It brings all other drivers and the guest agent, which tells the address.
        </li>
      </ol>
    </section>
  )
}
