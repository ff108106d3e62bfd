/** The calls of a plan as a shell script: to read, to keep, to run by hand. */
import type { Call, PlannedVm } from '@deployer/core/plan.ts'

/** Values that exist only while a plan runs, by their name in braces. */
export const placeholderWords: Record<string, string> = {
  '{deployment}': 'set at Deploy',
  '{digest}': 'as just read',
}

/** One text, cut at its placeholders, in order. */
export function splitPlaceholders(text: string): { text: string; placeholder: boolean }[] {
  return text
    .split(/(\{deployment\}|\{digest\})/)
    .filter((part) => part !== '')
    .map((part) => ({ text: part, placeholder: part in placeholderWords }))
}

/** Calls of one VM, those that only read included, as one text: `POST /nodes/…` and a line for each parameter. */
export function callText(call: Call): string {
  const params = Object.entries(call.params).map(([key, value]) => `  ${key}=${paramText(value)}`)
  return [`${call.method} ${call.path}`, ...params].join('\n')
}

/** As Proxmox takes it in a form body: booleans are 1 and 0. */
export function paramText(value: Call['params'][string]): string {
  return typeof value === 'boolean' ? (value ? '1' : '0') : String(value)
}

/** In single quotes, as a POSIX shell takes it literally. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

function curlCall(call: Call): string {
  const reads = call.method === 'GET' || call.method === 'DELETE'
  const params = Object.entries(call.params).map(
    ([key, value]) => `--data-urlencode ${quote(`${key}=${paramText(value)}`)}`,
  )
  const head = `curl -fsS -X ${call.method}${reads && params.length > 0 ? ' -G' : ''} -H "Authorization: PVEAPIToken=$PVE_TOKEN"`
  return [head, `"$PVE/api2/json${call.path}"`, ...params].join(' \\\n  ')
}

/** What one VM needs, step after step. A task that a call starts must end before the next call. */
export function curlOfVm(vm: PlannedVm): string {
  const steps = vm.steps.map((step) =>
    [
      `# ${vm.name}, ${step.title}`,
      ...(step.note === null ? [] : [`# ${step.note}`]),
      ...step.calls.map(curlCall),
    ].join('\n'),
  )
  return steps.join('\n\n')
}

/** The script's first lines: what to set, what to know. */
export const curlHead = [
  '# PVE: https://HOST:8006, PVE_TOKEN: USER@REALM!ID=SECRET',
  '# A call that answers with a UPID has started a task: wait for its end before the next call.',
  '# {deployment} and {digest} are filled in while a deployment runs.',
].join('\n')
