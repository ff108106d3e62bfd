import { toast } from '../../ui/Toast.tsx'

/** Says what was dropped, with the way back. */
export function sayDropped(sentence: string, onBringBack: () => void): void {
  toast('ok', sentence, <BringBack onPress={onBringBack} />)
}

function BringBack({ onPress }: { onPress: () => void }) {
  return (
    <button type="button" className="link text-xs" onClick={onPress}>
      Bring it back
    </button>
  )
}
