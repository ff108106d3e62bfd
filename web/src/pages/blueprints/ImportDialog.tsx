import { DocumentArrowUpIcon } from '@heroicons/react/16/solid'
import { useState } from 'react'
import { useImportBlueprint } from '../../api/blueprints.ts'
import { NameTaken, ShareBox } from '../../components/blueprints/AboutFields.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Textarea } from '../../ui/TextInput.tsx'
import { toast } from '../../ui/Toast.tsx'
import { readFile } from './readFile.ts'

/** A blueprint out of a file, or out of what is pasted. */
export function ImportDialog({
  text: given,
  onClose,
}: {
  /** Of a file that was dropped; empty where there is none yet. */
  text: string
  onClose: () => void
}) {
  const [text, setText] = useState(given)
  const [shared, setShared] = useState(false)
  const load = useImportBlueprint()
  const press = (replace: boolean) =>
    load.mutate(
      { text, shared, replace },
      {
        onSuccess: ({ name }) => {
          toast('ok', `Imported ${name}`)
          onClose()
        },
      },
    )
  const take = (next: string) => {
    load.reset()
    setText(next)
  }
  return (
    <Dialog
      open
      onOpenChange={(stays) => {
        if (!stays) onClose()
      }}
      title="Import a blueprint"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            working={load.isPending && 'Importing'}
            blocked={text.trim() === '' ? 'Choose a file or paste its text' : null}
            hideReason
            onClick={() => press(false)}
          >
            Import blueprint
          </Button>
        </>
      }
    >
      <div className="flex flex-wrap items-center gap-3">
        <label className="inline-flex">
          <input
            type="file"
            accept=".yaml,.yml,.json"
            className="peer sr-only"
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? []
              if (file !== undefined) void readFile(file, take)
            }}
          />
          <span className="inline-flex h-11 cursor-pointer items-center gap-1.5 rounded-md border border-edge bg-raised px-3 text-sm font-medium text-ink peer-focus-visible:outline-2 peer-focus-visible:outline-offset-1 peer-focus-visible:outline-accent-text hover:border-field sm:h-8">
            <DocumentArrowUpIcon className="size-4 opacity-80" aria-hidden />
            Choose a file
          </span>
        </label>
        <span className="text-xs text-muted">YAML or JSON, as exported here</span>
      </div>
      <Field label="Text of the file" help="Or paste it here">
        <Textarea
          mono
          rows={10}
          value={text}
          onChange={take}
          placeholder={'kind: proxmox-vm-deployer/blueprint\nversion: 1\nname: …'}
        />
      </Field>
      <ShareBox shared={shared} onChange={setShared} />
      <NameTaken
        error={load.error}
        name={null}
        working={load.isPending}
        onReplace={() => press(true)}
      />
    </Dialog>
  )
}
