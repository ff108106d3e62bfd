import type { VmDetail } from '@deployer/core/vm.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { StatusWord } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { CodeBlock } from '../../ui/CodeBlock.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Message } from '../../ui/Message.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { documentQuery } from '../vms/queries.ts'
import { lacking, useWork } from './work.ts'

/** What is configured, what is on the drive, and the documents themselves. */
export function CloudInitTab({
  vm,
  cloudInit,
}: {
  vm: VmDetail
  cloudInit: NonNullable<VmDetail['cloudInit']>
}) {
  const [asking, setAsking] = useState(false)
  const { busy } = useWork()
  const blocked =
    (busy ? 'Something is being done to it' : null) ?? lacking(vm, 'VM.Config.Cloudinit')
  return (
    <div className="grid gap-4 xl:grid-cols-2">
      <section aria-label="Wanted and actual" className="space-y-3">
        {cloudInit.outdated && (
          <Message tone="warn" title="The drive lacks what is configured">
            <p>It is written at the next start from power off, or now.</p>
          </Message>
        )}
        <div className="card relative overflow-x-auto">
          <table className="w-full table-fixed text-xs">
            <thead className="border-b border-line bg-raised">
              <tr>
                <th scope="col" className="th w-32 pl-4">
                  Key
                </th>
                <th scope="col" className="th">
                  Wanted
                </th>
                <th scope="col" className="th">
                  On the drive
                </th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line align-top">
              {cloudInit.keys.map(({ key, wanted, actual, differs }) => (
                <tr key={key}>
                  <th
                    scope="row"
                    className="px-3 py-2 pl-4 text-left font-mono font-normal text-ink"
                  >
                    {key}
                  </th>
                  <td className="px-3 py-2 font-mono text-2xs wrap-anywhere">
                    {wanted ?? <span className="text-muted">goes away</span>}
                  </td>
                  <td className="px-3 py-2 font-mono text-2xs wrap-anywhere">
                    {differs ? (
                      <StatusWord kind="warning">{actual ?? 'not there yet'}</StatusWord>
                    ) : (
                      <span className="text-muted">the same</span>
                    )}
                  </td>
                </tr>
              ))}
              {cloudInit.keys.length === 0 && (
                <tr>
                  <td colSpan={3} className="px-4 py-3 text-muted">
                    Nothing is set: the drive has no user and no address.
                  </td>
                </tr>
              )}
            </tbody>
          </table>
        </div>
        <Button
          blocked={blocked}
          variant={cloudInit.outdated ? 'primary' : 'secondary'}
          onClick={() => setAsking(true)}
        >
          Write the drive anew
        </Button>
      </section>
      <Documents vm={vm} />
      {asking && <RegenerateDialog onClose={() => setAsking(false)} />}
    </div>
  )
}

const documents = [
  { value: 'user', label: 'User data' },
  { value: 'network', label: 'Network' },
  { value: 'meta', label: 'Meta data' },
] as const

function Documents({ vm }: { vm: VmDetail }) {
  const [document, setDocument] = useState<'user' | 'network' | 'meta'>('user')
  const query = useQuery(documentQuery(vm.vmid, document))
  return (
    <section aria-label="Documents" className="min-w-0 space-y-3">
      <SegmentedControl
        label="Document"
        value={document}
        options={documents}
        onChange={setDocument}
      />
      {query.data !== undefined ? (
        <CodeBlock text={query.data} label={`the ${document} document`} maxHeight={420} />
      ) : query.error ? (
        <ProblemMessage error={query.error} />
      ) : (
        <SkeletonRows label="The document is on its way" rows={4} />
      )}
      <p className="text-xs text-muted">As Proxmox would write it now. Passwords are left out.</p>
    </section>
  )
}

function RegenerateDialog({ onClose }: { onClose: () => void }) {
  const { begin } = useWork()
  const [error, setError] = useState<unknown>(null)
  const [sending, setSending] = useState(false)
  const go = () => {
    setSending(true)
    begin({ kind: 'cloud-init' }).then(onClose, (caught: unknown) => {
      setSending(false)
      setError(caught)
    })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Write the cloud-init drive anew?"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" working={sending && 'Writing'} onClick={go}>
            Write the drive
          </Button>
        </>
      }
    >
      <p>
        The guest reads it at its next start. Where a user, a password or keys have changed,
        cloud-init takes it for a new machine: it makes new SSH host keys and runs its first boot
        again.
      </p>
      {error !== null && <ProblemMessage error={error} />}
    </Dialog>
  )
}
