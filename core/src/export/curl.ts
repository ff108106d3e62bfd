/** A deployment as a shell script: every call of its plan, in its order, VM by VM. */
import type { Call, StepSpec } from '../plan.ts'
import { stampLine } from '../stamp.ts'
import { callsOf, noteOf, titleOf } from '../steps.ts'
import {
  type ExportedDeployment,
  type ExportedVm,
  headLines,
  holdsSecrets,
  isSecret,
  withId,
} from './deployment.ts'
import { comment, formValue, quoted, quotedWithSecrets } from './shell.ts'

const functions = `# METHOD PATH [options of curl]: the token goes to curl by its standard input, so that nobody reads it in the list of processes.
pve() {
  method=$1 path=$2
  shift 2
  printf 'header = "Authorization: PVEAPIToken=%s"\\n' "$PROXMOX_TOKEN" |
    curl --config - --silent --show-error --fail \${PROXMOX_CA_FILE:+--cacert "$PROXMOX_CA_FILE"} \\
      --request "$method" "$@" "$PROXMOX_URL/api2/json$path"
}

# NODE, then as for pve: waits for the task that the call starts, if it starts one.
task() {
  node=$1
  shift
  answer=$(pve "$@") || return
  upid=$(printf '%s' "$answer" | sed -n 's/.*"data":"\\(UPID:[^"]*\\)".*/\\1/p')
  [ -n "$upid" ] || return 0
  while :; do
    state=$(pve GET "/nodes/$node/tasks/$upid/status")
    case $state in *'"status":"stopped"'*) break ;; esac
    sleep 1
  done
  case $state in
    *'"exitstatus":"OK"'* | *'"exitstatus":"WARNINGS'*) ;;
    *) printf '%s\\n' "$state" >&2; return 1 ;;
  esac
}

# STAMP, then as for pve: fails where the config does not carry it, as of a VM that somebody else made since.
stamped() {
  stamp=$1
  shift
  config=$(pve "$@") || return
  case $config in
    *"$stamp"*) ;;
    *) printf 'Nothing is done: %s lacks "%s"\\n' "$2" "$stamp" >&2; return 1 ;;
  esac
}

# SECONDS, then as for pve: repeats a call until it succeeds.
until_answered() {
  left=$1
  shift
  until pve "$@" 2>/dev/null; do
    left=$((left - 5))
    [ "$left" -gt 0 ] || return 1
    sleep 5
  done
}`

const options = (call: Call, variables: Variables): string[] => {
  const names = Object.entries(call.params)
  if (names.length === 0) return []
  const words = names.map(([name, value]) => `--data-urlencode ${word(name, value, variables)}`)
  return call.method === 'GET' || call.method === 'DELETE' ? ['--get', ...words] : words
}

type Variables = { id: string; vmid: number }

const word = (name: string, value: string | number | boolean, { id, vmid }: Variables): string => {
  if (isSecret(name, value)) return `${quoted(`${name}=`)}"\${CIPASSWORD_${vmid}:-$CIPASSWORD}"`
  if (name === 'digest' && value === '{digest}') return `${quoted('digest=')}"$digest"`
  return quoted(`${name}=${withId(formValue(value), id)}`)
}

const nodeOf = (path: string): string => /^\/nodes\/([^/]+)/.exec(path)?.[1] ?? ''

/** One call. Its words come out of a shell as they went in. */
export const callCommand = (call: Call, variables: Variables): string => {
  const path = withId(call.path, variables.id)
  const start = call.changes ? `task ${quoted(nodeOf(path))}` : 'pve'
  return [`${start} ${call.method} ${quoted(path)}`, ...options(call, variables)].join(' \\\n  ')
}

/** Before a change with a digest, the config is read for it. */
const withDigest = (calls: readonly Call[], variables: Variables): string[] =>
  calls.map((call, index) => {
    const next = calls[index + 1]
    const isRead = !call.changes && next?.params['digest'] === '{digest}'
    return isRead
      ? `config=$(${callCommand(call, variables)})\ndigest=$(printf '%s' "$config" | sed -n 's/.*"digest":"\\([0-9a-f]*\\)".*/\\1/p')`
      : callCommand(call, variables)
  })

/** What destroys is behind a look at the stamp, as in the deployer itself. */
const withStamp = (calls: readonly Call[], deployment: string, variables: Variables): string[] => {
  // The blank keeps d-1 from being read in d-12.
  const stamp = `stamped ${quoted(withId(stampLine(deployment, ''), variables.id))}`
  return calls.map((call) => {
    const command = callCommand(call, variables)
    return call.changes ? command : command.replace(/^pve/, () => stamp)
  })
}

const repeated = (call: Call, seconds: number, variables: Variables): string =>
  callCommand(call, variables).replace(/^pve/, `until_answered ${seconds}`)

const seedCommands = (
  spec: Extract<StepSpec, { kind: 'upload-seed' }>,
  variables: Variables,
): string[] => {
  if (spec.answers !== undefined)
    return [
      comment('Cannot be expressed here: the answers for Windows setup, which hold passwords, are'),
      comment('made while a deployment runs. Upload an image with an autounattend.xml of your own'),
      comment(`to ${spec.storage} as ${withId(spec.file, variables.id)} before you go on.`),
    ]
  const files = Object.entries(spec.documents).map(
    ([name, text]) =>
      `printf '%s' ${quotedWithSecrets(withId(text, variables.id), 'PASSWORD_HASH')} >"$seed"/${quoted(name)}`,
  )
  const path = `/nodes/${spec.node}/storage/${spec.storage}/upload`
  return [
    'seed=$(mktemp -d)',
    ...files,
    `genisoimage -quiet -output "$seed.iso" -volid ${quoted(spec.label ?? 'cidata')} -joliet -rock "$seed"`,
    [
      `task ${quoted(spec.node)} POST ${quoted(path)} --form content=iso`,
      '--form checksum-algorithm=sha256',
      `--form "checksum=$(sha256sum "$seed.iso" | cut -d ' ' -f 1)"`,
      `--form "filename=@$seed.iso;filename="${quoted(withId(spec.file, variables.id))}`,
    ].join(' \\\n  '),
    'rm -r "$seed" "$seed.iso"',
  ]
}

const snippetCommands = (
  spec: Extract<StepSpec, { kind: 'write-snippet' }>,
  { id }: Variables,
): string[] =>
  spec.places.flatMap(({ node, address, folder }) =>
    Object.entries(spec.files).map(([name, text]) => {
      const file = withId(`${folder}/${name}`, id)
      return (
        `printf '%s' ${quotedWithSecrets(withId(text, id), 'PASSWORD_HASH')} |\n  ` +
        `ssh ${quoted(`root@${address ?? node}`)} ${quoted(`umask 077 && cat >${quoted(file)}`)}`
      )
    }),
  )

/** The commands of one step; a step without a call to Proxmox is a comment. */
const stepCommands = (spec: StepSpec, vm: ExportedVm, variables: Variables): string[] => {
  const calls = callsOf(spec, vm)
  switch (spec.kind) {
    case 'upload-seed':
      return seedCommands(spec, variables)
    case 'write-snippet':
      return snippetCommands(spec, variables)
    case 'delete-snippet':
      return spec.places.map(({ node, address, folder }) => {
        const files = spec.files.map((file) => quoted(withId(`${folder}/${file}`, variables.id)))
        return `ssh ${quoted(`root@${address ?? node}`)} ${quoted(`rm -f ${files.join(' ')}`)}`
      })
    case 'wait-for-agent':
    case 'read-address':
    case 'read-cloud-init':
      return calls.map((call) => repeated(call, spec.timeoutSeconds, variables))
    case 'send-keys':
      return [
        `for press in $(seq ${spec.seconds}); do`,
        ...calls.map((call) => `  ${callCommand(call, variables).replaceAll('\n', '\n  ')}`),
        '  sleep 1',
        'done',
      ]
    case 'stop':
    case 'destroy':
      return withStamp(calls, spec.deployment, variables)
    case 'check-port':
    case 'reserve-id':
    case 'clone':
    case 'create':
    case 'configure':
    case 'resize-disk':
    case 'attach-seed':
    case 'convert-to-template':
    case 'start':
    case 'detach-seed':
    case 'delete-seed':
      return withDigest(calls, variables)
  }
}

const vmCommands = (vm: ExportedVm, id: string): string => {
  const variables = { id, vmid: vm.vmid }
  const steps = vm.steps.map((spec) => {
    const note = noteOf(spec)
    return [
      comment(withId(`${titleOf(spec)}. ${note ?? ''}`.trim(), id)),
      ...stepCommands(spec, vm, variables),
    ].join('\n')
  })
  return [comment(`=== ${vm.name} (${vm.vmid}) on ${vm.node}`), ...steps].join('\n\n')
}

const text = (steps: readonly StepSpec[]) => JSON.stringify(steps)

const required = ({ vms }: ExportedDeployment): string[] => {
  const texts = vms.map(({ steps }) => text(steps))
  return [
    `: "\${PROXMOX_URL:?Set it to https://HOST:8006}"`,
    `: "\${PROXMOX_TOKEN:?Set it to USER@REALM!ID=SECRET}"`,
    ...(texts.some((one) => one.includes('"cipassword"'))
      ? [
          comment('Of one VM: CIPASSWORD_<VMID>.'),
          `: "\${CIPASSWORD:?Set it to the password of the VMs}"`,
        ]
      : []),
    ...(texts.some(holdsSecrets)
      ? [`: "\${PASSWORD_HASH:?Set it to the hash of the password, as mkpasswd makes it}"`]
      : []),
  ]
}

export const asCurl = (deployment: ExportedDeployment): string =>
  [
    '#!/bin/sh',
    ...headLines(deployment, 'calls to Proxmox VE').map(comment),
    comment(
      'Needs curl 7.76 or newer; VMIDs are those of the deployment: change them for new VMs.',
    ),
    'set -eu',
    '',
    ...required(deployment),
    '',
    functions,
    '',
    deployment.vms.map((vm) => vmCommands(vm, deployment.id)).join('\n\n'),
    '',
  ].join('\n')
