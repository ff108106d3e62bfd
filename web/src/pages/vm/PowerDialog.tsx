import type { PowerAction, VmDetail } from '@deployer/core/vm.ts'
import { useState } from 'react'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { powerWords } from '../vms/words.ts'
import { useWork } from './work.ts'

/** Nobody loses anything by these: they need no question. */
export type HarmlessPower = 'start' | 'resume'

export const isHarmless = (action: PowerAction): action is HarmlessPower =>
  action === 'start' || action === 'resume'

const consequences: Record<Exclude<PowerAction, HarmlessPower>, string> = {
  shutdown:
    'Its system is asked to shut down, by the agent where it answers. What runs in it ends.',
  reboot: 'Its system is asked to restart. Changes that wait for a restart hold afterwards.',
  suspend: 'It stands still, keeps its memory, and goes on when it is resumed.',
  stop: 'Its power is cut at once: what was not saved is lost.',
  reset: 'It is reset at once, as by the button: what was not saved is lost.',
}

/** Asks before something is done that people in the guest notice. */
export function PowerDialog({
  vm,
  action,
  onClose,
}: {
  vm: VmDetail
  action: Exclude<PowerAction, HarmlessPower>
  onClose: () => void
}) {
  const { begin } = useWork()
  const [error, setError] = useState<unknown>(null)
  const [sending, setSending] = useState(false)
  const { verb, doing } = powerWords[action]
  const go = () => {
    setSending(true)
    begin({ kind: 'power', action }).then(onClose, (caught: unknown) => {
      setSending(false)
      setError(caught)
    })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${verb} ${vm.name}?`}
      footer={
        <>
          <Button onClick={onClose}>Leave it as it is</Button>
          <Button
            variant={action === 'stop' || action === 'reset' ? 'danger-solid' : 'primary'}
            working={sending && doing}
            onClick={go}
          >
            {verb}
          </Button>
        </>
      }
    >
      <p>{consequences[action]}</p>
      {error !== null && <ProblemMessage error={error} />}
    </Dialog>
  )
}
