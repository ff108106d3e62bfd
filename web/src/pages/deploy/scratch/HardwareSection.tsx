import { useState } from 'react'
import { cx } from '../../../ui/cx.ts'
import { ProvenanceBadge } from '../../../ui/Field.tsx'
import { plural } from '../../../ui/format.ts'
import { withSetting } from '../cloud-init/state.ts'
import { useDeploy } from '../deploy-context.ts'
import { HardwareFields } from './HardwareFields.tsx'
import { PartsOf } from './parts.tsx'
import { type Setting, shownRows } from './profile-rows.ts'

/** The hardware that the profile of the system gives, why, and the way to other hardware. */
export function HardwareSection() {
  const { form, change, template, errorOf } = useDeploy()
  const [changing, setChanging] = useState(false)
  const profile = template?.profile
  if (profile === undefined) {
    return (
      <p className="text-xs text-muted">
        Choose the operating system: its hardware, and why it is so, stands here then.
      </p>
    )
  }
  const rows = shownRows(profile, form.hardware, form.drives.boot)
  const own = rows.filter((row) => row.own !== null).length
  const reset = (setting: Setting) =>
    change(
      setting === 'disk'
        ? { drives: { ...form.drives, boot: {} } }
        : { hardware: withSetting(form.hardware, setting, undefined) },
    )
  // What is wrong in a field has to be seen.
  const open = changing || errorOf('hardware') !== null
  return (
    <PartsOf field="hardware">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs">
        <span className="min-w-0 flex-1 text-muted">
          {plural(rows.length, 'setting')}, {own === 0 ? 'none' : own} changed by you
        </span>
        <button
          type="button"
          className="link"
          aria-expanded={open}
          onClick={() => setChanging(!open)}
        >
          {open ? 'Done' : 'Change'}
        </button>
      </div>
      <ul aria-label={`${profile.title} profile`} className="divide-y divide-line">
        {rows.map((row) => (
          <li
            key={row.key}
            className="grid grid-cols-[96px_minmax(0,1fr)] items-baseline gap-x-3 py-1.5 text-xs sm:grid-cols-[110px_210px_minmax(0,1fr)]"
          >
            <span className="text-muted">{row.label}</span>
            <span
              className={cx(
                'min-w-0 font-mono wrap-anywhere text-ink',
                row.own !== null && 'font-bold',
              )}
            >
              {row.value}
            </span>
            <span className="flex items-baseline gap-2 text-body max-sm:col-start-2">
              <span className="min-w-0 flex-1">{row.reason}</span>
              <OwnBadge setting={row.own} label={row.label} onReset={reset} />
            </span>
          </li>
        ))}
      </ul>
      {open && <HardwareFields profile={profile} />}
    </PartsOf>
  )
}

function OwnBadge({
  setting,
  label,
  onReset,
}: {
  setting: Setting | null
  label: string
  onReset: (setting: Setting) => void
}) {
  if (setting === null) return null
  return (
    <ProvenanceBadge
      source="you"
      reason={`${label}: back to the profile's value`}
      onReset={() => onReset(setting)}
    />
  )
}
