import { describe, expect, it } from 'vitest'
import { answeredWith, failureText, ProxmoxError, readErrorAnswer } from './errors.ts'

describe('an error answer', () => {
  it.each([
    [
      '8.4 and later: message and errors in the body',
      400,
      'Parameter verification failed.',
      '{"data":null,"errors":{"newid":"type check failed\\n"},"message":"Parameter verification failed.\\n"}',
      'Parameter verification failed.',
      { newid: 'type check failed' },
    ],
    [
      '7.4: the reason phrase only',
      500,
      "can't lock file '/var/lock/qemu-server/lock-105.conf' - got timeout",
      '{"data":null}',
      "can't lock file '/var/lock/qemu-server/lock-105.conf' - got timeout",
      {},
    ],
    ['before the routing: an empty body', 401, 'No ticket', '', 'No ticket', {}],
    ['plain text, no reason phrase', 501, '', 'for data too large\n', 'for data too large', {}],
    [
      'the whole message, where the status line has its first line only',
      403,
      'Permission check failed (x',
      '{"data":null,"message":"Permission check failed (x\\ny)\\n"}',
      'Permission check failed (x\ny)',
      {},
    ],
    ['596 of the proxy', 596, 'Connection timed out', '', 'Connection timed out', {}],
    ['not what was expected in the body', 500, 'x', '{"message":5,"errors":[]}', 'x', {}],
    ['broken JSON is not shown', 500, '', '{"data":', '', {}],
  ])('%s', (_, status, reasonPhrase, body, message, errors) => {
    expect(readErrorAnswer(status, reasonPhrase, body)).toEqual({
      kind: 'answered',
      status,
      message,
      errors,
    })
  })
})

describe('ProxmoxError', () => {
  it('tells the call and Proxmox own words', () => {
    const error = new ProxmoxError('PUT /nodes/pve1/qemu/100/config', {
      kind: 'answered',
      status: 400,
      message: 'Parameter verification failed.',
      errors: { tag: 'value must have a minimum value of 1' },
    })
    expect(error.message).toBe(
      'PUT /nodes/pve1/qemu/100/config: 400 Parameter verification failed.; tag: value must have a minimum value of 1',
    )
    expect(error.name).toBe('ProxmoxError')
  })

  it.each([
    [
      { kind: 'unreachable', host: 'pve1:8006', reason: 'connect ECONNREFUSED' } as const,
      'pve1:8006 does not answer: connect ECONNREFUSED',
    ],
    [
      { kind: 'unknown-outcome', host: 'pve1:8006', reason: '596 Broken pipe' } as const,
      'the answer of pve1:8006 is missing (596 Broken pipe); the work may be running or done',
    ],
    [
      {
        kind: 'certificate',
        host: 'pve1:8006',
        fingerprint: 'AA:BB',
        reason: 'it is self-signed',
      } as const,
      'the certificate of pve1:8006 is not trusted: it is self-signed (SHA-256 AA:BB)',
    ],
  ])('%o', (failure, text) => {
    expect(failureText(failure)).toBe(text)
  })

  it('answeredWith looks at the status of answers only', () => {
    const answered = new ProxmoxError('GET /', {
      kind: 'answered',
      status: 401,
      message: '',
      errors: {},
    })
    const unreachable = new ProxmoxError('GET /', { kind: 'unreachable', host: 'x', reason: 'y' })
    expect(answeredWith(answered, 403, 401)).toBe(true)
    expect(answeredWith(answered, 403)).toBe(false)
    expect(answeredWith(unreachable, 401)).toBe(false)
    expect(answeredWith(new Error('401'), 401)).toBe(false)
  })
})
