/** The network that a guest sets up from our document, before anything else of it can be reached. */
import { rmSync } from 'node:fs'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { bootGuest, type Guest, type GuestOptions } from './guest.ts'
import { createLogin } from './login.ts'
import { whyNoGuests } from './root.ts'
import { seedOf, STATIC } from './seed.ts'

const reason = whyNoGuests()
const skip = reason !== null
const why = skip ? ` (skipped: ${reason})` : ''

const login = createLogin()
const cloudInit = {
  users: [{ name: 'ops', sshKeys: [login.publicKey] }],
  agent: false,
}

let booted: Guest | null = null
afterEach(async () => {
  await booted?.close()
  booted = null
})
afterAll(() => rmSync(login.folder, { recursive: true }))

const addressesOn = (guest: Guest, nic: string): string[] =>
  guest
    .run(`ip -brief address show ${nic}`)
    .output.split(/\s+/)
    // Without those that it made itself out of the router's announcement.
    .filter((word) => /^(10|fd00)/.test(word))

describe.skipIf(skip)(`addresses, routes and names of NICs${why}`, () => {
  test.each<[GuestOptions['renderer'], string]>([
    ['netplan', '/etc/netplan/50-cloud-init.yaml'],
    ['eni', '/etc/network/interfaces.d/50-cloud-init'],
  ])('by %s, in %s', async (renderer, path) => {
    const second = { bridge: 'vmbr1', ip: '10.9.0.5/24', nameservers: ['10.9.0.1'] }
    const { seed, macs } = seedOf({ cloudInit, networks: [STATIC, second] })
    booted = await bootGuest({ seed, macs, renderer })
    expect(booted.verdict()).toMatchObject({ verdict: 'done', errors: [], warnings: [] })
    expect(addressesOn(booted, 'eth0')).toEqual(['10.0.0.5/24', 'fd00::5/64'])
    expect(addressesOn(booted, 'eth1')).toEqual(['10.9.0.5/24'])
    for (const [index, mac] of macs.entries()) {
      const { output } = booted.run(`cat /sys/class/net/eth${index}/address`)
      expect(output).toBe(mac.toLowerCase())
    }
    expect(booted.run('ip route show default').output).toMatch(/^default via 10\.0\.0\.1 dev eth0/)
    expect(booted.run('ip -6 route show default').output).toMatch(/^default via fd00::1 dev eth0/)
    for (const part of ['10.0.0.5/24', 'fd00::5/64', 'lab.example', '10.9.0.1', '10.9.0.5/24']) {
      expect(booted.file(path)).toContain(part)
    }
    expect(login.withKey(booted, 'ops@10.0.0.5')).toEqual({ status: 0, output: 'ops' })
    expect(login.withKey(booted, 'ops@fd00::5')).toEqual({ status: 0, output: 'ops' })
  })

  test('an address that the router announces', async () => {
    const { seed, macs } = seedOf({ cloudInit, networks: [{ ip: '10.0.0.7/24', ip6: 'auto' }] })
    booted = await bootGuest({ seed, macs, renderer: 'netplan' })
    expect(booted.verdict()).toMatchObject({ verdict: 'done', errors: [], warnings: [] })
    const { output } = booted.run('ip -6 -brief address show eth0')
    const announced = /fd0a::[^/]+/.exec(output)?.[0]
    expect(login.withKey(booted, `ops@${announced}`)).toEqual({ status: 0, output: 'ops' })
    expect(login.withKey(booted, 'ops@10.0.0.7')).toEqual({ status: 0, output: 'ops' })
  })

  test('a second NIC that nobody answers does not hold up the boot', async () => {
    booted = await bootGuest({
      ...seedOf({ cloudInit, networks: [STATIC, { bridge: 'vmbr1' }] }),
      renderer: 'netplan',
    })
    expect(booted.verdict()).toMatchObject({ verdict: 'done', errors: [], warnings: [] })
    expect(booted.run('systemctl is-active systemd-networkd-wait-online').output).toBe('active')
    expect(login.withKey(booted, 'ops@10.0.0.5')).toEqual({ status: 0, output: 'ops' })
  })
})
