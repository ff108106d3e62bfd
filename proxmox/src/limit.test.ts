import { describe, expect, it } from 'vitest'
import { createLimit, createLimits } from './limit.ts'

const heldTask = () => {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let started = false
  return {
    run: () => {
      started = true
      return promise
    },
    started: () => started,
    finish: resolve,
    fail: reject,
  }
}

/** Lets everything that is ready run. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('createLimit', () => {
  it('runs so many at a time, in order, and goes on after a failure', async () => {
    const limit = createLimit(2)
    const tasks = [heldTask(), heldTask(), heldTask(), heldTask()] as const
    const results = tasks.map((task) => limit(task.run).catch((error: unknown) => String(error)))
    await settle()
    expect(tasks.map((task) => task.started())).toEqual([true, true, false, false])
    tasks[1].fail(new Error('broken'))
    await settle()
    expect(tasks.map((task) => task.started())).toEqual([true, true, true, false])
    tasks[0].finish('a')
    await settle()
    expect(tasks[3].started()).toBe(true)
    tasks[2].finish('c')
    tasks[3].finish('d')
    expect(await Promise.all(results)).toEqual(['a', 'Error: broken', 'c', 'd'])
  })

  it('a task that waits can be called off, and takes no place', async () => {
    const limit = createLimit(1)
    const [first, second, third] = [heldTask(), heldTask(), heldTask()]
    const calledOff = new AbortController()
    const running = limit(first.run)
    const waiting = limit(second.run, calledOff.signal)
    const last = limit(third.run)
    await settle()
    calledOff.abort(new Error('no longer wanted'))
    await expect(waiting).rejects.toThrow('no longer wanted')
    first.finish('a')
    third.finish('c')
    expect(await Promise.all([running, last])).toEqual(['a', 'c'])
    expect(second.started()).toBe(false)
    await expect(limit(heldTask().run, calledOff.signal)).rejects.toThrow('no longer wanted')
  })
})

describe('createLimits', () => {
  it('each key has a limit of its own, the same every time', async () => {
    const limits = createLimits(1)
    const [first, second, elsewhere] = [heldTask(), heldTask(), heldTask()]
    const all = [
      limits('pve1')(first.run),
      limits('pve1')(second.run),
      limits('pve2')(elsewhere.run),
    ]
    await settle()
    expect([first, second, elsewhere].map((task) => task.started())).toEqual([true, false, true])
    for (const task of [first, second, elsewhere]) task.finish('done')
    expect(await Promise.all(all)).toEqual(['done', 'done', 'done'])
  })
})
