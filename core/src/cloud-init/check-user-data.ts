/** Whether a user-data document says what its author means. */
import { isMap, LineCounter, parseDocument, type Document } from 'yaml'
import { checkKeys } from './check-keys.ts'
import { checkLogins } from './check-logins.ts'
import type { DocumentIssue, Report } from './document-issue.ts'
import { documentKind } from './kinds.ts'

/**
 * Checks a document that a person wrote. Only a cloud-config is looked into; of scripts and multi-part documents only the
 * first line is read.
 * @param use `extend`: the users may be in the generated part, so that a document without any is fine
 */
export function checkUserData(
  document: string,
  use: 'replace' | 'extend' = 'replace',
): DocumentIssue[] {
  const { issues, report, lines } = createReport()
  const kind = documentKind(document)
  if (document.trim() === '') {
    const message =
      'The document is empty. Leave it out, or write one that starts with #cloud-config.'
    report({ severity: 'error', code: 'document-empty', message, path: '' }, 0)
    return issues
  }
  if (kind === 'unknown') report(firstLineIssue(document), 0)
  if (kind !== 'cloud-config' && kind !== 'unknown') return issues
  const parsed = parseDocument(document, {
    version: '1.1',
    lineCounter: lines,
    prettyErrors: false,
  })
  for (const { message, pos } of parsed.errors) {
    report({ severity: 'error', code: 'yaml-syntax', message: wordsOf(message), path: '' }, pos[0])
  }
  if (parsed.errors.length === 0) checkContents(parsed, use, report)
  return issues.toSorted((a, b) => a.line - b.line || a.column - b.column)
}

/**
 * Whether somebody can log in with what a document sets up: for generated and merged ones, whose keys are known to be
 * right. A document that is no cloud-config is not judged.
 */
export function checkWaysIn(document: string): DocumentIssue[] {
  const { issues, report, lines } = createReport()
  if (documentKind(document) !== 'cloud-config') return []
  const parsed = parseDocument(document, {
    version: '1.1',
    lineCounter: lines,
    prettyErrors: false,
  })
  if (parsed.errors.length > 0 || !isMap(parsed.contents)) return []
  checkLogins(parsed, parsed.contents, 'replace', report)
  return issues
}

function createReport() {
  const issues: DocumentIssue[] = []
  const lines = new LineCounter()
  const report: Report = (issue, offset) => {
    const { line, col } = lines.linePos(offset)
    issues.push({ ...issue, line: Math.max(line, 1), column: Math.max(col, 1) })
  }
  return { issues, report, lines }
}

function checkContents(document: Document.Parsed, use: 'replace' | 'extend', report: Report): void {
  const { contents } = document
  if (contents === null) return
  if (!isMap(contents)) {
    const message = 'A cloud-config holds keys with values, such as packages: with a list below it.'
    const issue = { severity: 'error', code: 'document-no-mapping', message, path: '' } as const
    report(issue, contents.range[0])
    return
  }
  checkKeys(document, contents, report)
  checkLogins(document, contents, use, report)
}

function firstLineIssue(document: string): Omit<DocumentIssue, 'line' | 'column'> {
  const first = document.trimStart().split('\n')[0]?.trim() ?? ''
  const close = /^#?\s*cloud[-_ ]?config/i.test(first)
  const what = close
    ? `It is ${first} here.`
    : 'Other kinds start with #!, #include or MIME headers.'
  return {
    severity: 'error',
    code: 'document-first-line',
    message: `The first line tells cloud-init what a document is, and without it the document is ignored. Write #cloud-config. ${what}`,
    path: '',
  }
}

/** The parser's words as a sentence. */
function wordsOf(message: string): string {
  const first = message.split('\n')[0] ?? message
  return `The YAML cannot be read: ${first.replace(/\.$/, '')}.`
}
