import RFB from '@novnc/novnc'
import { useEffect, useEffectEvent, useRef } from 'react'
import { type ConsoleViewProps, openSocket } from './session.ts'
import { type Key, mostCharacters, strokesFor } from './typing.ts'

/** Faster, and slow guests lose some. */
const MS_BETWEEN_STROKES = 12

const press = (rfb: RFB, keys: readonly Key[]) => {
  for (const [keysym, code] of keys) rfb.sendKey(keysym, code, true)
  for (const [keysym, code] of keys.toReversed()) rfb.sendKey(keysym, code, false)
}

/** The screen of a VM, by noVNC. */
export function VncScreen({ vmid, name, onOpen, onClosed }: ConsoleViewProps) {
  const target = useRef<HTMLDivElement>(null)
  const opened = useEffectEvent(onOpen)
  const closed = useEffectEvent(onClosed)
  useEffect(() => {
    if (!target.current) return undefined
    const socket = openSocket(vmid, 'vnc')
    const rfb = new RFB(target.current, socket, { shared: true })
    rfb.scaleViewport = true
    rfb.focusOnClick = true
    rfb.background = 'transparent'
    let typing: ReturnType<typeof setTimeout> | undefined
    const type = ([next, ...rest]: readonly Key[][]) => {
      if (next === undefined) return
      press(rfb, next)
      typing = setTimeout(() => type(rest), MS_BETWEEN_STROKES)
    }
    const onConnect = () => {
      rfb.focus()
      opened({
        sendText: (text) => {
          clearTimeout(typing)
          type(strokesFor(text.slice(0, mostCharacters)))
        },
        sendKeys: (keys) => press(rfb, keys),
        focus: () => rfb.focus(),
      })
    }
    const onClose = ({ code, reason }: CloseEvent) => {
      clearTimeout(typing)
      closed(code, reason)
    }
    rfb.addEventListener('connect', onConnect)
    socket.addEventListener('close', onClose)
    return () => {
      clearTimeout(typing)
      rfb.removeEventListener('connect', onConnect)
      socket.removeEventListener('close', onClose)
      rfb.disconnect()
    }
  }, [vmid])
  return (
    <div ref={target} role="application" aria-label={`Screen of ${name}`} className="size-full" />
  )
}
