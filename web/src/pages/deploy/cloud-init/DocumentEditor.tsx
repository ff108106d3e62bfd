import { checkUserData } from '@deployer/core/cloud-init/check-user-data.ts'
import { withMaskedPasswords } from '@deployer/core/cloud-init/passwords.ts'
import { generateUserData } from '@deployer/core/cloud-init/user-data.ts'
import { useId, useRef } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { CodeEditor, type EditorHandle, type EditorIssue } from '../../../ui/CodeEditor.tsx'
import { plural } from '../../../ui/format.ts'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { StatusGlyph } from '../../../ui/StatusGlyph.tsx'
import { choicesAt } from './completion.ts'
import { useDeploy } from '../deploy-context.ts'
import { firstBootId, useFirstBoot } from './context.ts'
import type { CloudInitForm } from './state.ts'
import { toCloudInit } from './to-cloud-init.ts'

type Mode = NonNullable<CloudInitForm['userData']>['mode']

const SHOWN = 6

/** A user-data document of one's own, which is merged into the form's or takes its place. */
export function DocumentEditor({ mode, onMode }: { mode: Mode; onMode: (mode: Mode) => void }) {
  const { value, set, errorOf } = useFirstBoot()
  const { names } = useDeploy()
  const editor = useRef<EditorHandle>(null)
  const notes = useId()
  const document = value.userData?.document ?? ''
  const put = (text: string, how = mode) =>
    set('userData', text.trim() === '' ? undefined : { mode: how, document: text })
  const issues: EditorIssue[] = document === '' ? [] : checkUserData(document, mode)
  const planned = issues.length === 0 ? errorOf('userData.document') : null
  return (
    <div className="flex flex-col gap-3" id={firstBootId('userData')}>
      <div className="flex flex-wrap items-center gap-2">
        <SegmentedControl
          label="What the document does"
          value={mode}
          onChange={(next) => {
            onMode(next)
            if (value.userData !== undefined) put(document, next)
          }}
          options={[
            { value: 'extend', label: 'Added to the form' },
            { value: 'replace', label: 'Instead of the form' },
          ]}
        />
        <span className="ml-auto flex gap-2">
          {document === '' ? (
            <Button
              size="sm"
              onClick={() =>
                put(
                  mode === 'replace'
                    ? documentOf(value, names.names[0] ?? 'web-01')
                    : '#cloud-config\n# What stands here wins over the form\n',
                )
              }
            >
              {mode === 'replace' ? 'Start from the form' : 'Start a document'}
            </Button>
          ) : (
            <Button size="sm" variant="ghost" onClick={() => set('userData', undefined)}>
              Remove the document
            </Button>
          )}
        </span>
      </div>
      <p className="text-xs text-muted">
        {mode === 'extend'
          ? 'Mappings are merged, users by their name; lists are put one after the other; for anything else the document wins.'
          : 'The guest gets this document as it is. Users, packages and commands of the form are not used.'}
      </p>
      <CodeEditor
        handle={editor}
        label="User-data document"
        value={document}
        onChange={(text) => put(text)}
        check={(text) => (text.trim() === '' ? [] : checkUserData(text, mode))}
        complete={choicesAt}
        placeholder={'#cloud-config\npackages:\n  - nginx'}
        describedBy={notes}
      />
      <div id={notes} aria-live="polite" className="text-xs">
        {issues.length > 0 ? (
          <ul className="flex flex-col gap-1">
            {issues.slice(0, SHOWN).map((issue) => (
              <li
                key={`${issue.line}:${issue.column} ${issue.message}`}
                className="flex items-start gap-1.5"
              >
                <StatusGlyph
                  kind={issue.severity === 'error' ? 'failed' : 'warning'}
                  size={14}
                  className="mt-px"
                />
                <button
                  type="button"
                  className="link flex-none font-mono text-2xs leading-4"
                  onClick={() => editor.current?.goTo(issue.line, issue.column)}
                >
                  {issue.line}:{issue.column}
                </button>
                <span className="min-w-0 text-body">{issue.message}</span>
              </li>
            ))}
            {issues.length > SHOWN && (
              <li className="text-muted">And {plural(issues.length - SHOWN, 'more')}</li>
            )}
          </ul>
        ) : planned !== null ? (
          <p className="text-bad">{planned}</p>
        ) : (
          document !== '' && (
            <p className="text-muted">Nothing wrong in it, as far as can be told here</p>
          )
        )}
      </div>
    </div>
  )
}

/** What the form makes; its passwords are to be written again, as hashes. */
function documentOf(form: CloudInitForm, vmName: string): string {
  const { userData: _own, ...cloudInit } = toCloudInit(form).cloudInit ?? {}
  return generateUserData(withMaskedPasswords(cloudInit), vmName).text
}
