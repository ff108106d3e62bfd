import { once } from 'node:events'
import { Duplex, PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { relay } from './relay.ts'

const chunk = Buffer.alloc(64 * 1024, 1)
const chunks = 500

/** A side that has a lot to tell, and counts how much of it was taken. */
const talkative = () => {
  const taken = { chunks: 0 }
  const stream = new Duplex({
    read() {
      taken.chunks += 1
      this.push(taken.chunks > chunks ? null : chunk)
    },
    write: (_chunk, _encoding, done) => done(),
  })
  return { stream, taken }
}

/** A side that takes nothing until it is told to, and then everything. */
const slow = () => {
  const got = { bytes: 0 }
  const waiting: (() => void)[] = []
  const state = { isReading: false }
  const stream = new Duplex({
    read() {},
    write(bytes: Buffer, _encoding, done) {
      got.bytes += bytes.length
      if (state.isReading) done()
      else waiting.push(done)
    },
  })
  const readOn = () => {
    state.isReading = true
    for (const done of waiting.splice(0)) done()
  }
  return { stream, got, readOn }
}

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

test('a browser that does not read makes Proxmox wait, and loses nothing', async () => {
  const [proxmox, browser] = [talkative(), slow()]
  const ended = relay(browser.stream, proxmox.stream)
  await turns(1000)
  expect(proxmox.taken.chunks).toBeLessThan(10)
  browser.readOn()
  expect(await ended).toBe('proxmox')
  expect(browser.got.bytes).toBe(chunks * chunk.length)
})

test('Proxmox that does not read makes the browser wait', async () => {
  const [browser, proxmox] = [talkative(), slow()]
  const ended = relay(browser.stream, proxmox.stream)
  await turns(1000)
  expect(browser.taken.chunks).toBeLessThan(10)
  proxmox.readOn()
  expect(await ended).toBe('browser')
})

test.each(['browser', 'proxmox'] as const)('a %s that breaks off ends it', async (side) => {
  const sides = { browser: new PassThrough(), proxmox: new PassThrough() }
  const ended = relay(sides.browser, sides.proxmox)
  sides[side].destroy()
  await once(sides[side], 'close')
  expect(await ended).toBe(side)
})

test.each(['browser', 'proxmox'] as const)('a %s that was gone before ends it', async (side) => {
  const sides = { browser: new PassThrough(), proxmox: new PassThrough() }
  sides[side].destroy()
  await once(sides[side], 'close')
  expect(await relay(sides.browser, sides.proxmox)).toBe(side)
})
