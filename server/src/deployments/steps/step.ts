/** What a step's runner gets, and what it answers. */
import type { Call, StepKind } from '@deployer/core/plan.ts'
import type { SpecOf } from '@deployer/core/steps.ts'
import type { AnswerSecrets } from '@deployer/core/windows/answers.ts'
import type { Api } from '@deployer/proxmox/client.ts'
import type { UploadFile } from '@deployer/proxmox/multipart.ts'
import type { TaskResult } from '@deployer/proxmox/tasks.ts'
import type { SnippetStore } from '../../snippets/snippets.ts'
import type { EngineSettings } from '../settings.ts'
import type { StepResult } from '../tables.ts'

export type StepContext = {
  deploymentId: string
  vm: { id: string; name: string; vmid: number; node: string; ip: string | null }
  /** What earlier executions of this step left in the journal. */
  before: {
    /** The task that was started, where its answer came. */
    upid: string | null
    /** A changing call went out whose effect is not known. */
    sent: boolean
    /** Since the very first start of the step, over all servers and attempts. */
    elapsedSeconds: number
  }
  settings: EngineSettings
  api: Api
  /** Fires when somebody cancels. Not for changing calls: their answer is wanted all the same. */
  signal: AbortSignal
  /** A call that only reads. */
  read: (call: Call) => Promise<unknown>
  /**
   * A call that changes something: journals that it goes out (unless a newer attempt of this step exists), sends it, and
   * journals the UPID where the answer is one. Answers `data`. `file`: of an upload.
   */
  change: (call: Call, file?: UploadFile) => Promise<unknown>
  /** The same for work outside of Proxmox's API, which can be done twice. */
  act: <T>(work: () => Promise<T>) => Promise<T>
  /** Of the administrator of a Windows guest; null where there is none. */
  adminPassword: () => Promise<string | null>
  /** What Windows setup is told in secret; null where there is nothing. */
  answerSecrets: () => Promise<AnswerSecrets | null>
  /** Null where this server has no way onto the nodes. */
  snippets: SnippetStore | null
  /** Waits for the end of a task, with its progress in the journal where somebody watches. Failed tasks are thrown. */
  finish: (upid: string) => Promise<Extract<TaskResult, { outcome: 'ok' | 'warnings' }>>
  /** The same without throwing, for tasks that may not be ours. */
  follow: (upid: string) => Promise<TaskResult>
  /** One call to the guest's agent, in turn with the others of the node. */
  askAgent: (call: Call) => Promise<unknown>
  /** From the start until the agent tells an address, of guests made from the same; null where none is known. */
  usualBoot: {
    milliseconds: () => number | null
    ended: (milliseconds: number, asks: number) => void
  }
  /** Shows a line beside the step. */
  tell: (detail: string) => Promise<void>
  /** Gives the VM the next free id; throws `StepFailed` where none is left. Answers the new one. */
  nextVmid: () => Promise<number>
  /** What an earlier step of the VM found out, and how long ago it ended. */
  earlier: (
    kind: StepKind,
  ) => Promise<{ result: StepResult | null; secondsAgo: number } | undefined>
  unclaimed: (upids: string[]) => Promise<string[]>
}

export type StepDone = {
  /** The result in one line. */
  detail: string
  /** The VM's address, where the step found it. */
  ip?: string
  result?: StepResult
  /** Lines for whoever looks closer, oldest first. */
  log?: string[]
}

/** Looks what has happened already, acts at most once, and waits for the end. */
export type StepRunner<K extends StepKind> = (
  spec: SpecOf<K>,
  context: StepContext,
) => Promise<StepDone>
