/** What one execution of a step works with. */
import type { AnswerSecrets } from '@deployer/core/windows/answers.ts'
import type { Logger } from 'pino'
import type { CredentialStore } from './credentials.ts'
import type { SnippetStore } from '../snippets/snippets.ts'
import type { Journal } from './journal.ts'
import type { ProgressBoard } from './progress.ts'
import type { EngineSettings } from './settings.ts'
import type { Slots } from './slots.ts'
import type { Stops } from './stops.ts'
import type { Watchers } from './watchers.ts'

export type EngineParts = {
  journal: Journal
  slots: Slots
  credentials: CredentialStore
  watchers: Watchers
  progress: ProgressBoard
  stops: Stops
  settings: EngineSettings
  /** Of the administrator of a Windows guest, by the id of its VM; null where there is none. */
  passwordOf: (vmId: string) => Promise<string | null>
  /** What Windows setup is told in secret, by the id of the VM; null where there is nothing. */
  answerSecretsOf: (vmId: string) => Promise<AnswerSecrets | null>
  /** Null where this server has no way onto the nodes. */
  snippets: SnippetStore | null
  logger: Pick<Logger, 'info' | 'warn' | 'error'>
  /** This process is ending: what fails now fails because of that, and is nobody's outcome. */
  isStopping: () => boolean
}
