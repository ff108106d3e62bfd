import { type Preset, presets } from '@deployer/core/cloud-init/presets.ts'
import { useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { plural } from '../../../ui/format.ts'
import { Message } from '../../../ui/Message.tsx'
import { OptionCard, OptionGroup } from '../../../ui/OptionCard.tsx'
import { useFirstBoot } from './context.ts'
import { presetOf, withPreset } from './preset.ts'
import type { CloudInitForm } from './state.ts'

/** Starting points: what they set stands in the fields below, and can be taken back. */
export function Presets() {
  const { value, replace } = useFirstBoot()
  const [applied, setApplied] = useState<{ preset: Preset; before: CloudInitForm } | null>(null)
  const current = presetOf(value)
  return (
    <div className="flex flex-col gap-3">
      <h3 className="-mb-1 text-sm font-medium">Start from</h3>
      <OptionGroup label="Start from" className="grid gap-2.5 sm:grid-cols-3">
        {(name) =>
          presets.map((preset) => (
            <OptionCard
              key={preset.id}
              name={name}
              value={preset.id}
              title={preset.title}
              checked={current === preset.id}
              onSelect={() => {
                setApplied({ preset, before: value })
                replace(withPreset(value, preset))
              }}
            >
              {preset.description}
            </OptionCard>
          ))
        }
      </OptionGroup>
      {applied !== null && (
        <Message
          tone="info"
          role="status"
          title={`${applied.preset.title} put in: ${contents(applied.preset)}`}
          action={
            <Button
              size="sm"
              onClick={() => {
                replace(applied.before)
                setApplied(null)
              }}
            >
              Undo
            </Button>
          }
        />
      )}
    </div>
  )
}

function contents({ cloudInit }: Preset): string {
  const { packages = [], commands = [], writeFiles = [] } = cloudInit
  const parts = [
    ...(packages.length > 0 ? [plural(packages.length, 'package')] : []),
    ...(writeFiles.length > 0 ? [plural(writeFiles.length, 'file')] : []),
    ...(commands.length > 0 ? [plural(commands.length, 'command')] : []),
  ]
  return parts.length === 0 ? 'SSH server and guest agent' : parts.join(', ')
}
