/** What cloud-init says of first boots that went wrong, and of documents of one's own. */
import { afterEach, describe, expect, test } from 'vitest'
import type { CloudInitRequest } from '../core/src/cloud-init/request.ts'
import { bootGuest, type Guest } from './guest.ts'
import { whyNoGuests } from './root.ts'
import { seedOf } from './seed.ts'

const reason = whyNoGuests()
const skip = reason !== null
const why = skip ? ` (skipped: ${reason})` : ''

let booted: Guest | null = null
afterEach(async () => {
  await booted?.close()
  booted = null
})

const boot = async (cloudInit: CloudInitRequest): Promise<Guest> => {
  const small = { defaultUser: 'keep' as const, agent: false, ...cloudInit }
  booted = await bootGuest({ ...seedOf({ cloudInit: small }), renderer: 'netplan' })
  return booted
}

describe.skipIf(skip)(`the verdict of a guest${why}`, () => {
  test('names the module and the message of all that failed', async () => {
    const guest = await boot({ packages: ['nosuchpackage'], commands: ['echo before', 'exit 3'] })
    const verdict = guest.verdict()
    expect(verdict).toMatchObject({
      verdict: 'error',
      datasource: expect.stringMatching(/NoCloud/),
    })
    expect(verdict.errors.map(({ module }) => module)).toEqual([
      'package-update-upgrade-install',
      'scripts-user',
    ])
    expect(verdict.errors[1]?.message).toBe('Runparts: 1 failures (runcmd) in 1 attempted commands')
    const log = guest.file('/var/log/cloud-init-output.log')
    expect(log).toContain('Unable to locate package nosuchpackage')
    expect(log).toContain('\nbefore\n')
  })

  test('a document that is merged in is applied with the generated one', async () => {
    const guest = await boot({
      commands: ['echo ours >> /srv/order'],
      userData: {
        mode: 'extend',
        document:
          '#cloud-config\nusers: [{ name: eve, lock_passwd: true }]\nruncmd: [echo theirs >> /srv/order]\nbootcmd: [echo boot >> /srv/order]\n',
      },
    })
    expect(guest.verdict()).toMatchObject({ verdict: 'done', errors: [] })
    expect(guest.file('/srv/order')).toBe('boot\nours\ntheirs\n')
    expect(guest.run('id -un debian; id -un eve')).toEqual({ status: 0, output: 'debian\neve' })
  })

  test('a script runs beside the generated document, and its failure is told', async () => {
    const guest = await boot({
      hostname: 'scripted',
      userData: { mode: 'extend', document: '#!/bin/sh\necho "grüße" > /srv/script\nexit 1\n' },
    })
    expect(guest.verdict()).toMatchObject({
      verdict: 'error',
      errors: [{ module: 'scripts-user', message: expect.stringContaining('part-2') }],
    })
    expect(guest.file('/srv/script')).toBe('grüße\n')
    expect(guest.file('/etc/hostname')).toBe('scripted\n')
  })

  test('a document that replaces ours is all that is applied', async () => {
    const guest = await boot({
      userData: {
        mode: 'replace',
        document: '#cloud-config\nhostname: mine\nruncmd: [[touch, /srv/mine]]\n',
      },
    })
    expect(guest.verdict()).toMatchObject({ verdict: 'done' })
    expect(guest.file('/etc/hostname')).toBe('mine\n')
    expect(guest.file('/srv/mine')).toBe('')
  })
})
