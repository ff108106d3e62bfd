/** Plans for eyes: what was a secret in the request is masked in its calls and documents. */
import { MASKED } from './cloud-init/passwords.ts'
import type { Call, Plan, PlannedStep, PlannedVm, StepSpec } from './plan.ts'

/** Hashes as in /etc/shadow, and the values of keys that hold a password in a document of a person's own. */
const SECRETS = [
  /\$(?:1|2[abxy]|5|6|y|gy|7)\$[./A-Za-z0-9=,$]{10,250}/g,
  /(?<=^[\t -]*["']?(?:plain_text_passwd|hashed_passwd|passwd|password)["']?:[\t ]+)(?!["']?\*+["']?\s*$)\S.*$/gm,
]

export function maskedPlan(plan: Plan): Plan {
  return { ...plan, vms: plan.vms.map(maskedVm) }
}

function maskedVm(vm: PlannedVm): PlannedVm {
  return { ...vm, steps: vm.steps.map(maskedStep) }
}

function maskedStep(step: PlannedStep): PlannedStep {
  return { ...step, calls: step.calls.map(maskedCall), spec: maskedSpec(step.spec) }
}

function maskedCall(call: Call): Call {
  return { ...call, params: maskedValues(call.params) }
}

/** What a step is told, without secrets. */
export function maskedSpec(spec: StepSpec): StepSpec {
  switch (spec.kind) {
    case 'create':
    case 'configure':
      return { ...spec, settings: maskedValues(spec.settings) }
    case 'upload-seed':
      return { ...spec, documents: maskedTexts(spec.documents) }
    case 'write-snippet':
      return { ...spec, files: maskedTexts(spec.files) }
    case 'reserve-id':
    case 'clone':
    case 'convert-to-template':
    case 'send-keys':
    case 'resize-disk':
    case 'attach-seed':
    case 'start':
    case 'wait-for-agent':
    case 'read-address':
    case 'read-cloud-init':
    case 'detach-seed':
    case 'check-port':
    case 'stop':
    case 'destroy':
    case 'delete-seed':
    case 'delete-snippet':
      return spec
  }
}

function maskedValues(values: Call['params']): Call['params'] {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      if (key === 'cipassword') return [key, MASKED]
      return [key, typeof value === 'string' ? masked(value) : value]
    }),
  )
}

function maskedTexts(texts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, masked(text)]))
}

function masked(text: string): string {
  return SECRETS.reduce((rest, secret) => rest.replaceAll(secret, MASKED), text)
}
