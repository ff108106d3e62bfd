/** Something wrong in a user-data document, with its place in the text. */
export type DocumentIssue = {
  /** An error makes the deployment wait for a change; a warning is shown. */
  severity: 'error' | 'warning'
  code:
    | 'document-empty'
    | 'document-first-line'
    | 'document-no-mapping'
    | 'yaml-syntax'
    | 'key-unknown'
    | 'key-ignored'
    | 'type-wrong'
    | 'value-unknown'
    | 'password-not-hashed'
    | 'password-clear'
    | 'password-locked'
    | 'user-without-login'
    | 'nobody-can-log-in'
  message: string
  /** Both count from 1. */
  line: number
  column: number
  /** `users.0.passwd`; empty for the document as a whole. */
  path: string
}

/** How the checks report: at an offset into the text. */
export type Report = (issue: Omit<DocumentIssue, 'line' | 'column'>, offset: number) => void
