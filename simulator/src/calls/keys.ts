import type { Call, Handlers } from '../call.ts'
import { pressCtrlAltDel } from '../consoles/display.ts'
import { die, parameterError } from '../errors.ts'
import { pressKey } from '../guests/boot.ts'
import { getGuest, rootOnlyTicket, withConfigLock } from '../guests/guest.ts'
import type { Json } from '../json.ts'

/** Names of keys in QEMU's monitor (qapi/ui.json, QKeyCode), joined by `-` where they are held together. */
const keyName = new RegExp(
  `^(${[
    '[a-z0-9]',
    'f([1-9]|1[0-2])',
    '(shift|alt|ctrl|meta)(_r)?',
    'ret|spc|esc|tab|backspace|delete|insert|home|end|pgup|pgdn|up|down|left|right|menu|print|sysrq|pause',
    'minus|equal|bracket_left|bracket_right|semicolon|apostrophe|grave_accent|backslash|comma|dot|slash|asterisk|less',
    'caps_lock|num_lock|scroll_lock|kp_(\\d|enter|add|subtract|multiply|divide|decimal|comma|equals)',
  ].join('|')})$`,
)

/** qemu-server src/PVE/QemuServer.pm, vm_sendkey. */
const sendKey = async (call: Call): Promise<Json> => {
  const { cluster, node, vmid, params, caller } = call
  if (params.flag('skiplock') && !rootOnlyTicket(caller))
    throw parameterError({ skiplock: 'Only root may use this option.' })
  await withConfigLock(cluster, node, vmid, () => {
    const guest = getGuest(cluster, node, vmid)
    if (!guest.running) die(`VM ${vmid} not running`)
    const key = params.text('key')
    const unknown = key.split('-').find((name) => !keyName.test(name))
    if (unknown !== undefined) die(`invalid parameter: ${unknown}`)
    if (key === 'ctrl-alt-delete') pressCtrlAltDel(cluster, guest)
    else pressKey(cluster, guest, key)
  })
  return null
}

export const keyCalls: Handlers = { 'PUT /nodes/{node}/qemu/{vmid}/sendkey': sendKey }
