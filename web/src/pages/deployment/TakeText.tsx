import { ArrowDownTrayIcon, CheckIcon, Square2StackIcon } from '@heroicons/react/16/solid'
import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { copyText } from '../../ui/CodeBlock.tsx'
import { plural } from '../../ui/format.ts'
import { toast } from '../../ui/Toast.tsx'

/** Longer texts are a burden to look at; they are copied and downloaded whole. */
const MOST_LINES_SHOWN = 400

const download = (name: string, type: string, text: string) => {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

/** A text to look at, to copy and to download. */
export function TakeText({
  text,
  label,
  file,
}: {
  text: string
  label: string
  file: { name: string; type: string }
}) {
  const [copied, setCopied] = useState<string | null>(null)
  const lines = text.split('\n')
  const count = lines.length - 1
  const copy = async () => {
    if (await copyText(text)) setCopied(text)
    else toast('bad', 'The browser does not allow copying')
  }
  return (
    <>
      <pre
        tabIndex={0}
        role="region"
        aria-label={label}
        className="max-h-60 overflow-auto rounded-md border border-line bg-well px-3 py-2.5 font-mono text-2xs leading-[19px] text-body"
      >
        {count > MOST_LINES_SHOWN
          ? `${lines.slice(0, MOST_LINES_SHOWN).join('\n')}\n… ${count - MOST_LINES_SHOWN} more lines`
          : text}
      </pre>
      <div className="flex gap-2">
        <Button
          className="grow"
          icon={copied === text ? CheckIcon : Square2StackIcon}
          onClick={() => void copy()}
        >
          {copied === text ? 'Copied' : `Copy ${plural(count, 'line')}`}
        </Button>
        <Button icon={ArrowDownTrayIcon} onClick={() => download(file.name, file.type, text)}>
          Download
        </Button>
      </div>
    </>
  )
}
