import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, linter, lintGutter } from '@codemirror/lint'
import { Annotation, EditorState } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
  placeholder as placeholderOf,
} from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useEffectEvent, useImperativeHandle, useRef, type Ref } from 'react'

/** Something wrong in the text; line and column count from 1. */
export type EditorIssue = {
  severity: 'error' | 'warning'
  message: string
  line: number
  column: number
}

export type EditorHandle = {
  /** Moves the cursor there. */
  goTo: (line: number, column: number) => void
}

/** What can be typed at a place, `row` and `column` counted from 0. */
export type Complete = (
  text: string,
  row: number,
  column: number,
) => { from: number; choices: { label: string; detail: string }[]; kind: 'key' | 'value' } | null

/**
 * YAML with colours, line numbers, completion and its errors in place. It stands in a shadow root: there its styles are
 * constructed sheets, which the content security policy allows.
 */
export function CodeEditor({
  value,
  onChange,
  check,
  complete,
  label,
  placeholder,
  handle,
  describedBy,
}: {
  value: string
  onChange: (value: string) => void
  check: (text: string) => EditorIssue[]
  complete: Complete
  label: string
  placeholder?: string | undefined
  handle?: Ref<EditorHandle> | undefined
  describedBy?: string | undefined
}) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  /** What was told to the owner and has not come back yet: people type faster than pages are drawn. */
  const told = useRef<string[]>([])
  const changed = useEffectEvent((text: string) => {
    told.current.push(text)
    onChange(text)
  })
  const checked = useEffectEvent((text: string) => check(text))
  const completed = useEffectEvent((text: string, row: number, column: number) =>
    complete(text, row, column),
  )
  const start = useEffectEvent((root: ShadowRoot) => {
    const attributes: Record<string, string> = { 'aria-label': label, spellcheck: 'false' }
    return new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: value,
        extensions: [
          lineNumbers(),
          lintGutter(),
          history(),
          drawSelection(),
          highlightActiveLine(),
          indentUnit.of('  '),
          yaml(),
          syntaxHighlighting(colours),
          look,
          EditorView.lineWrapping,
          EditorView.contentAttributes.of(attributes),
          placeholderOf(placeholder ?? ''),
          keymap.of([pageKey, ...completionKeymap, ...defaultKeymap, ...historyKeymap]),
          autocompletion({ override: [(context) => complement(context, completed)], icons: false }),
          linter((editor) => diagnosticsOf(editor.state, checked(editor.state.doc.toString())), {
            delay: 300,
          }),
          EditorView.updateListener.of((update) => {
            const own = update.transactions.some((each) => each.annotation(fromOwner) === true)
            if (update.docChanged && !own) changed(update.state.doc.toString())
          }),
        ],
      }),
    })
  })
  useEffect(() => {
    if (host.current === null) return
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' })
    const editor = start(root)
    view.current = editor
    return () => editor.destroy()
  }, [])
  useEffect(() => {
    const editor = view.current
    const echo = told.current.lastIndexOf(value)
    if (echo >= 0) told.current.splice(0, echo + 1)
    if (editor === null || echo >= 0 || editor.state.doc.toString() === value) return
    told.current = []
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: value },
      annotations: fromOwner.of(true),
    })
  }, [value])
  useImperativeHandle(
    handle,
    () => ({
      goTo: (line, column) => {
        const editor = view.current
        if (editor === null) return
        const at = offsetAt(editor.state, line, column)
        editor.focus()
        editor.dispatch({ selection: { anchor: at }, scrollIntoView: true })
      },
    }),
    [],
  )
  return (
    <div
      ref={host}
      aria-describedby={describedBy}
      className="overflow-hidden rounded-md border border-field bg-well focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-accent-text"
    />
  )
}

/** Belongs to the page, which deploys by it. */
const pageKey = { key: 'Mod-Enter', run: () => true }

/** A change that the owner made, and need not be told of. */
const fromOwner = Annotation.define<boolean>()

function offsetAt(state: EditorState, line: number, column: number): number {
  const at = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines))
  return Math.min(at.from + column - 1, at.to)
}

function diagnosticsOf(state: EditorState, issues: EditorIssue[]): Diagnostic[] {
  return issues.map(({ line, column, severity, message }) => {
    const from = offsetAt(state, line, column)
    const rest = state.doc.lineAt(from).text.slice(from - state.doc.lineAt(from).from)
    const word = /^["']?[\w.@-]+/.exec(rest)?.[0].length ?? 1
    return { from, to: Math.min(from + word, state.doc.length), severity, message }
  })
}

function complement(context: CompletionContext, complete: Complete): CompletionResult | null {
  const line = context.state.doc.lineAt(context.pos)
  const found = complete(context.state.doc.toString(), line.number - 1, context.pos - line.from)
  if (found === null) return null
  // Not on each new line: only where something is typed, or it is asked for.
  if (!context.explicit && context.pos === line.from + found.from && found.kind === 'key') {
    return null
  }
  return {
    from: line.from + found.from,
    options: found.choices.map(({ label, detail }) => ({
      label,
      detail,
      apply: found.kind === 'key' ? `${label}: ` : label,
    })),
    validFor: /^[\w.@-]*$/,
  }
}

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--c-accent-text)' },
  { tag: tags.definition(tags.propertyName), color: 'var(--c-accent-text)' },
  { tag: [tags.string, tags.content, tags.attributeValue], color: 'var(--c-ink)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--c-muted)' },
  { tag: [tags.keyword, tags.labelName, tags.typeName], color: 'var(--c-boot)' },
  { tag: [tags.punctuation, tags.separator, tags.meta], color: 'var(--c-muted)' },
])

const look = EditorView.theme({
  '&': {
    color: 'var(--c-ink)',
    backgroundColor: 'var(--c-well)',
    fontSize: '12px',
    maxHeight: '420px',
  },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: "'JetBrains Mono', ui-monospace, monospace",
    fontVariantLigatures: 'none',
    lineHeight: '18px',
    minHeight: '200px',
  },
  '.cm-content': { caretColor: 'var(--c-ink)', padding: '6px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--c-ink)' },
  '.cm-gutters': {
    backgroundColor: 'var(--c-well)',
    color: 'var(--c-faint)',
    borderRight: '1px solid var(--c-line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in srgb, var(--c-raised) 60%, transparent)',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { backgroundColor: 'color-mix(in srgb, var(--c-accent) 45%, transparent)' },
  '.cm-placeholder': { color: 'var(--c-faint)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--c-raised)',
    color: 'var(--c-body)',
    border: '1px solid var(--c-edge)',
    borderRadius: '6px',
    fontSize: '12px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: "'JetBrains Mono', ui-monospace, monospace",
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--c-accent-soft)',
    color: 'var(--c-ink)',
  },
  '.cm-completionDetail': { color: 'var(--c-muted)', fontStyle: 'normal' },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--c-accent-text)' },
  '.cm-diagnostic': { padding: '4px 8px', maxWidth: '420px' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--c-bad)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--c-warn)' },
})
