import { describe, expect, it } from 'vitest'
import {
  configuredAddresses,
  type CurrentStatus,
  type HttpTried,
  judgeAddress,
  judgeAgentRefusal,
  judgeCommand,
  judgeHttp,
  judgePort,
  judgeStatus,
  osTypeOf,
  portsFor,
  type Tried,
  uptimeText,
  verdictOf,
} from './judge.ts'
import type { CheckResult, OwnCheck } from './order.ts'

type Kind = CheckResult['kind']
const check = (kind: Kind, state: CheckResult['state']) => ({ kind, state })

describe('the verdict', () => {
  const runs = check('proxmox', 'passed')
  it.each<[string, ReturnType<typeof check>[], string]>([
    ['all passed', [runs, check('agent', 'passed'), check('port', 'passed')], 'healthy'],
    [
      'what could be asked passed',
      [runs, check('agent', 'skipped'), check('port', 'passed')],
      'healthy',
    ],
    ['part of it works', [runs, check('agent', 'passed'), check('port', 'failed')], 'degraded'],
    [
      'nothing inside could be looked at',
      [runs, check('agent', 'skipped'), check('port', 'skipped')],
      'degraded',
    ],
    [
      'nothing inside answers',
      [runs, check('agent', 'failed'), check('port', 'failed')],
      'unhealthy',
    ],
    ['it does not run', [check('proxmox', 'failed')], 'unhealthy'],
    [
      'it does not run, whatever answers',
      [check('proxmox', 'failed'), check('port', 'passed')],
      'unhealthy',
    ],
  ])('%s', (_, checks, verdict) => {
    expect(verdictOf(checks)).toBe(verdict)
  })
})

describe("Proxmox's word", () => {
  it.each<[CurrentStatus, CheckResult['state'], string]>([
    [
      { status: 'running', qmpstatus: 'running', uptime: 7690 },
      'passed',
      'Running for 2 h 8 min, no lock on the configuration',
    ],
    [{ status: 'running', uptime: 3 }, 'passed', 'Running for 3 s, no lock on the configuration'],
    [
      { status: 'running', qmpstatus: 'running', uptime: 90, lock: 'backup' },
      'passed',
      'Running for 1 min, locked: backup',
    ],
    [{ status: 'running', qmpstatus: 'paused', uptime: 90 }, 'failed', 'The VM is paused'],
    [{ status: 'stopped', qmpstatus: 'stopped' }, 'failed', 'The VM is stopped'],
  ])('%j', (status, state, evidence) => {
    expect(judgeStatus(status)).toEqual({ kind: 'proxmox', name: 'Proxmox', state, evidence })
  })

  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [3600, '1 h 0 min'],
    [86_400 * 12 + 3 * 3600, '12 d 3 h'],
  ])('%d s is %s', (seconds, text) => expect(uptimeText(seconds)).toBe(text))
})

describe('the system', () => {
  const ports = { sshPort: 22, rdpPort: 3389 }
  it.each([
    ['l26', 'linux', [22]],
    ['win11', 'windows', [3389]],
    ['w2k8', 'windows', [3389]],
    ['other', 'linux', [22]],
    [undefined, 'linux', [22]],
  ] as const)('%s is %s', (ostype, osType, expected) => {
    expect(osTypeOf({ ostype })).toBe(osType)
    expect(portsFor(osType, ports)).toEqual(expected)
  })
})

describe('the address', () => {
  const mac = 'BC:24:11:00:00:01'
  const config = { net0: `virtio=${mac},bridge=vmbr0` }
  const nic = (address: string, hardware = mac.toLowerCase()) => ({
    name: 'ens18',
    'hardware-address': hardware,
    'ip-addresses': [{ 'ip-address': address, 'ip-address-type': 'ipv4' }],
  })

  it('is that of the NIC with its MAC, whatever else the guest has', () => {
    const docker = { ...nic('172.17.0.1', '02:42:00:00:00:01'), name: 'docker0' }
    expect(judgeAddress(config, [docker, nic('10.0.0.5')], [])).toMatchObject({
      state: 'passed',
      address: '10.0.0.5',
    })
    expect(judgeAddress(config, [docker], [])).toMatchObject({ state: 'failed', address: null })
  })

  it('must be the one that its configuration fixes', () => {
    const fixed = { ...config, ipconfig0: 'ip=10.0.0.7/24,gw=10.0.0.1' }
    expect(judgeAddress(fixed, [nic('10.0.0.7')], [])).toMatchObject({ state: 'passed' })
    expect(judgeAddress(fixed, [nic('10.0.0.9')], [])).toMatchObject({
      state: 'failed',
      address: '10.0.0.9',
    })
    expect(judgeAddress(fixed, null, [])).toMatchObject({ state: 'skipped', address: '10.0.0.7' })
    expect(judgeAddress(config, null, [])).toMatchObject({ state: 'skipped', address: null })
  })

  it.each(['127.0.0.1', '169.254.169.254', '::1', 'fe80::1', '0.0.0.0', '192.0.2.10', 'localhost'])(
    'is never %s, whoever says so',
    (text) => {
      const forbidden = ['192.0.2.10']
      expect(judgeAddress(config, [nic(text)], forbidden).address).toBeNull()
      const fixed = { ...config, ipconfig0: `ip=${text}/24` }
      expect(judgeAddress(fixed, null, forbidden).address).toBeNull()
    },
  )

  it('has none without a NIC', () => {
    expect(judgeAddress({}, [nic('10.0.0.5')], [])).toMatchObject({ state: 'skipped' })
  })

  it('is read from all of the configuration, in the order of the NICs', () => {
    expect(
      configuredAddresses({
        ipconfig10: 'ip=10.0.10.1/24',
        ipconfig1: 'ip=dhcp,ip6=fd00::5/64',
        ipconfig0: 'gw=10.0.0.1,ip=10.0.0.5/24',
        ip: '10.9.9.9/24',
      }),
    ).toEqual(['10.0.0.5', 'fd00::5', '10.0.10.1'])
  })
})

const open = (banner: string | null): Tried => ({ open: true, milliseconds: 3.6, banner })

describe('a port', () => {
  it.each<
    [string, Tried | null, { own?: boolean; speaksSsh?: boolean }, CheckResult['state'], string]
  >([
    ['open', open(null), {}, 'passed', 'Open, 4 ms'],
    [
      'closed',
      { open: false, reason: 'connection refused' },
      {},
      'failed',
      'Does not answer: connection refused',
    ],
    [
      'SSH',
      open('SSH-2.0-OpenSSH_9.6p1 Ubuntu-3'),
      { speaksSsh: true },
      'passed',
      'OpenSSH 9.6p1 answered in 4 ms',
    ],
    [
      'something else',
      open('220 mail\u0007 ready'),
      { speaksSsh: true },
      'failed',
      'Open, and what answers is no SSH server: 220 mail  ready',
    ],
    [
      'silent',
      open(null),
      { speaksSsh: true },
      'failed',
      'Open, and no SSH server says its name there',
    ],
    ['no address', null, {}, 'skipped', 'Not tried: the address of the VM is not known'],
  ])('%s', (_, tried, options, state, evidence) => {
    expect(judgePort(22, tried, options)).toEqual({
      kind: 'port',
      name: 'Port 22',
      state,
      evidence,
    })
  })
  it('of one’s own list is told apart', () => {
    expect(judgePort(5432, open(null), { own: true }).kind).toBe('tcp')
  })
})

const answered = (status: number): HttpTried => ({ answered: true, status, milliseconds: 12 })

describe('HTTP', () => {
  type HttpCheck = Extract<OwnCheck, { kind: 'http' }>
  it.each<[Omit<HttpCheck, 'kind'>, HttpTried | null, string, CheckResult['state'], string]>([
    [{}, answered(200), 'HTTP :80/', 'passed', 'Answered 200 in 12 ms'],
    [
      { tls: true, path: '/health' },
      answered(302),
      'HTTPS :443/health',
      'passed',
      'Answered 302 in 12 ms',
    ],
    [{ port: 8080 }, answered(404), 'HTTP :8080/', 'failed', 'Answered 404 in 12 ms'],
    [
      { status: 204 },
      answered(200),
      'HTTP :80/',
      'failed',
      'Answered 200, and 204 was asked for in 12 ms',
    ],
    [{ status: 404 }, answered(404), 'HTTP :80/', 'passed', 'Answered 404 in 12 ms'],
    [
      {},
      { answered: false, reason: 'no answer' },
      'HTTP :80/',
      'failed',
      'Does not answer: no answer',
    ],
    [{}, null, 'HTTP :80/', 'skipped', 'Not tried: the address of the VM is not known'],
  ])('%j %j', (asked, tried, name, state, evidence) => {
    expect(judgeHttp({ kind: 'http', ...asked }, tried)).toEqual({
      kind: 'http',
      name,
      state,
      evidence,
    })
  })
})

describe('a command', () => {
  const command = { kind: 'command' as const, command: ['systemctl', 'is-active', 'nginx'] }
  it.each([
    [0, 'active\n', 'passed', 'Ended with 0: active'],
    [3, 'inactive\n', 'failed', 'Ended with 3: inactive'],
    [0, '', 'passed', 'Ended with 0'],
    [null, '', 'failed', 'Ended by a signal'],
  ])('that ends with %s', (exitCode, output, state, evidence) => {
    expect(judgeCommand(command, { ended: true, exitCode, output })).toEqual({
      kind: 'command',
      name: 'systemctl is-active nginx',
      state,
      evidence,
    })
  })
  it('that may not be run is left out', () => {
    const refused = { ended: false, forbidden: true, reason: 'No right' } as const
    expect(judgeCommand(command, refused).state).toBe('skipped')
    expect(judgeCommand(command, { ...refused, forbidden: false }).state).toBe('failed')
  })
})

describe('an agent that is refused', () => {
  it.each([
    [403, 'Permission check failed (/vms/100, VM.GuestAgent.Audit)', 'skipped', true],
    [500, 'No QEMU guest agent configured', 'skipped', true],
    [500, 'QEMU guest agent is not running', 'failed', false],
    [0, 'no answer', 'failed', false],
  ])('%d %s', (status, message, state, hopeless) => {
    expect(judgeAgentRefusal(status, message)).toMatchObject({ state, hopeless })
  })
})
