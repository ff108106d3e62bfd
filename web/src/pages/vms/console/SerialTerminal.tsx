import '@xterm/xterm/css/xterm.css'
import { serialFrames } from '@deployer/core/console.ts'
import { FitAddon } from '@xterm/addon-fit'
import { Terminal } from '@xterm/xterm'
import { useEffect, useEffectEvent, useRef } from 'react'
import { type ConsoleViewProps, openSocket } from './session.ts'
import { createStyleFreeDocument } from './style-free-document.ts'

/** termproxy ends what says nothing for a minute. */
const ALIVE_EVERY_MS = 30_000
const CHARACTERS_PER_MESSAGE = 8000

const readTheme = () => {
  const style = getComputedStyle(document.documentElement)
  const color = (name: string) => style.getPropertyValue(`--c-${name}`).trim()
  return {
    background: color('well'),
    foreground: color('ink'),
    cursor: color('accent-text'),
    cursorAccent: color('well'),
    selectionBackground: color('accent-line'),
  }
}

const inMessages = (text: string): string[] => {
  const characters = Array.from(text)
  const count = Math.ceil(characters.length / CHARACTERS_PER_MESSAGE)
  return Array.from({ length: count }, (_, index) =>
    characters.slice(index * CHARACTERS_PER_MESSAGE, (index + 1) * CHARACTERS_PER_MESSAGE).join(''),
  )
}

/** The serial port of a VM, by xterm.js. */
export function SerialTerminal({ vmid, name, onOpen, onClosed }: ConsoleViewProps) {
  const target = useRef<HTMLDivElement>(null)
  const opened = useEffectEvent(onOpen)
  const closed = useEffectEvent(onClosed)
  useEffect(() => {
    if (!target.current) return undefined
    const styles = createStyleFreeDocument()
    const terminal = new Terminal({
      documentOverride: styles.document,
      fontFamily: "'JetBrains Mono', monospace",
      fontSize: 13,
      cursorBlink: true,
      scrollback: 5000,
      screenReaderMode: true,
      theme: readTheme(),
    })
    const fit = new FitAddon()
    terminal.loadAddon(fit)
    const element = target.current
    styles.during(() => terminal.open(element))
    fit.fit()

    const socket = openSocket(vmid, 'serial')
    const send = (text: string) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(new TextEncoder().encode(text))
    }
    const sendText = (text: string) => {
      for (const part of inMessages(text)) send(serialFrames.input(part))
    }
    const sendSize = () => send(serialFrames.resize(terminal.cols, terminal.rows))
    const alive = setInterval(() => send(serialFrames.alive), ALIVE_EVERY_MS)
    let isOpen = false
    const onMessage = ({ data }: MessageEvent<ArrayBuffer>) => {
      terminal.write(new Uint8Array(data))
      if (isOpen) return
      isOpen = true
      sendSize()
      terminal.focus()
      opened({
        sendText: (text) => sendText(text.replaceAll(/\r?\n/g, '\r')),
        focus: () => terminal.focus(),
      })
    }
    const onClose = ({ code, reason }: CloseEvent) => closed(code, reason)
    socket.addEventListener('message', onMessage)
    socket.addEventListener('close', onClose)
    terminal.onData(sendText)
    terminal.onResize(sendSize)

    const sizes = new ResizeObserver(() => fit.fit())
    sizes.observe(element)
    const themes = new MutationObserver(() => {
      terminal.options.theme = readTheme()
    })
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      clearInterval(alive)
      sizes.disconnect()
      themes.disconnect()
      socket.removeEventListener('message', onMessage)
      socket.removeEventListener('close', onClose)
      socket.close()
      terminal.dispose()
      styles.dispose()
    }
  }, [vmid])
  return (
    <div
      ref={target}
      role="region"
      aria-label={`Serial port of ${name}`}
      className="size-full overflow-hidden bg-well p-2"
    />
  )
}
