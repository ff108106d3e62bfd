import { useState } from 'react'
import { useImportBlueprint } from '../../api/blueprints.ts'
import { NameTaken, ShareBox } from '../../components/blueprints/AboutFields.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { FileButton } from '../../ui/FileButton.tsx'
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
      <FileButton accept=".yaml,.yml,.json" onFile={(file) => void readFile(file, take)}>
        YAML or JSON, as exported here
      </FileButton>
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
