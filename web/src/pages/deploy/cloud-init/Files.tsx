import { PlusIcon, TrashIcon } from '@heroicons/react/16/solid'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Textarea, TextInput } from '../../../ui/TextInput.tsx'
import { useFirstBoot } from './context.ts'
import { BootField } from './fields.tsx'
import { type FileForm, withSetting } from './state.ts'

/** Files that are written before the commands run. */
export function Files() {
  const { value, set } = useFirstBoot()
  const files = value.writeFiles ?? []
  const put = (next: FileForm[]) => set('writeFiles', next)
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-4">
      <div className="flex min-h-7 items-center gap-2">
        <h3 className="text-sm font-medium">Files</h3>
        <span className="text-xs text-muted">
          {files.length === 0 ? 'None' : 'Written before the commands run'}
        </span>
        <Button
          size="sm"
          icon={PlusIcon}
          className="ml-auto"
          onClick={() => put([...files, { path: '', content: '' }])}
        >
          Add a file
        </Button>
      </div>
      {files.map((file, index) => (
        <FileCard
          // Files have no id; their order changes only by removal.
          key={`${index} of ${files.length}`}
          path={`writeFiles.${index}`}
          file={file}
          onChange={(next) => put(files.map((each, at) => (at === index ? next : each)))}
          onRemove={() => put(files.filter((_each, at) => at !== index))}
        />
      ))}
    </div>
  )
}

function FileCard({
  path,
  file,
  onChange,
  onRemove,
}: {
  path: string
  file: FileForm
  onChange: (file: FileForm) => void
  onRemove: () => void
}) {
  const set = <Key extends keyof FileForm>(key: Key, value: FileForm[Key] | undefined) =>
    onChange(withSetting(file, key, value))
  const name = file.path === '' ? 'this file' : file.path
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 rounded-md border border-line p-3 sm:p-4">
      <legend className="sr-only">File {name}</legend>
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-2 gap-y-3 sm:grid-cols-[minmax(0,1fr)_152px_136px_auto] sm:gap-x-3">
        <BootField path={`${path}.path`} label="Path" className="max-sm:-order-2">
          <TextInput
            mono
            value={file.path}
            placeholder="/etc/motd"
            onChange={(next) => onChange({ ...file, path: next })}
          />
        </BootField>
        <BootField path={`${path}.permissions`} label="Permissions" optional>
          <TextInput
            mono
            value={file.permissions ?? ''}
            placeholder="0644"
            onChange={(next) => set('permissions', next)}
          />
        </BootField>
        <BootField path={`${path}.owner`} label="Owner" optional>
          <TextInput
            mono
            value={file.owner ?? ''}
            placeholder="root:root"
            onChange={(next) => set('owner', next)}
          />
        </BootField>
        <IconButton
          icon={TrashIcon}
          label={`Remove ${name}`}
          className="mt-6.5 max-sm:-order-1"
          onClick={onRemove}
        />
      </div>
      <BootField path={`${path}.content`} label="Content">
        <Textarea
          mono
          rows={Math.max(3, Math.min(file.content.split('\n').length, 16))}
          value={file.content}
          onChange={(content) => onChange({ ...file, content })}
        />
      </BootField>
      <div className="flex flex-wrap gap-x-6">
        <Checkbox
          checked={file.append === true}
          onChange={(on) => set('append', on ? true : undefined)}
          label="To the end of a file that exists"
        />
        <Checkbox
          checked={file.encoding === 'base64'}
          onChange={(on) => set('encoding', on ? 'base64' : undefined)}
          label="The content is Base64"
        />
      </div>
    </fieldset>
  )
}
