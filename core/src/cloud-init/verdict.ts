/** What cloud-init says of itself in `/run/cloud-init/status.json` (cloud-init src/cloudinit/cmd/main.py, status_wrapper). */
import { z } from 'zod'

export type Trouble = {
  /** The module, as cloud-init writes it: `package_update_upgrade_install`; null where it names none. */
  module: string | null
  message: string
}

export type Verdict =
  | { state: 'running'; stage: string | null }
  | {
      state: 'ended'
      /** `degraded`: it met errors and went on. */
      verdict: 'done' | 'degraded' | 'error'
      datasource: string | null
      errors: Trouble[]
      warnings: string[]
    }

const stageSchema = z.object({
  finished: z.number().nullish(),
  errors: z.array(z.string()).nullish(),
  /** By level; since 23.4. */
  recoverable_errors: z.record(z.string(), z.array(z.string())).nullish(),
})

const statusSchema = z.object({
  v1: z.object({
    datasource: z.string().nullish(),
    stage: z.string().nullish(),
    'init-local': stageSchema.nullish(),
    init: stageSchema.nullish(),
    'modules-config': stageSchema.nullish(),
    'modules-final': stageSchema.nullish(),
  }),
})

/** Of no consequence for what the guest is now. */
const QUIET_LEVELS = ['DEPRECATED', 'INFO', 'DEBUG']

/** Null where the text is no such file; it is being written while cloud-init runs. */
export function readVerdict(text: string): Verdict | null {
  const parsed = statusSchema.safeParse(parseJson(text))
  if (!parsed.success) return null
  const { v1 } = parsed.data
  const final = v1['modules-final']
  if (final?.finished === null || final?.finished === undefined) {
    return { state: 'running', stage: v1.stage ?? null }
  }
  const stages = [v1['init-local'], v1.init, v1['modules-config'], final]
  const errors = unique(stages.flatMap((stage) => stage?.errors ?? [])).map(readTrouble)
  const warnings = unique(
    stages.flatMap((stage) =>
      Object.entries(stage?.recoverable_errors ?? {})
        .filter(([level]) => !QUIET_LEVELS.includes(level))
        .flatMap(([, texts]) => texts),
    ),
  )
  return {
    state: 'ended',
    verdict: errors.length > 0 ? 'error' : warnings.length > 0 ? 'degraded' : 'done',
    datasource: v1.datasource ?? null,
    errors,
    warnings,
  }
}

/** `('scripts_user', RuntimeError('Runparts: 1 failures (runcmd) in 1 attempted commands'))`: a tuple as Python prints it. */
function readTrouble(text: string): Trouble {
  const [, module, rest] = /^\(['"]([\w-]+)['"], (.*)\)$/s.exec(text.trim()) ?? []
  if (module === undefined || rest === undefined) return { module: null, message: text.trim() }
  const [, inner] = /^\w+\((['"])(.*)\1,?\)$/s.exec(rest)?.slice(1) ?? []
  const message = (inner ?? rest).replaceAll('\\n', '\n').replaceAll(/\\(['"\\])/g, '$1')
  return { module, message: message.trim() }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function unique(texts: string[]): string[] {
  return [...new Set(texts)]
}
