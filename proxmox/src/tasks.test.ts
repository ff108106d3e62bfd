import { describe, expect, it } from 'vitest'
import { failureOf, none, testServers } from '../test/fixture.ts'
import { drop, json, plain, type Reply, type TestServer } from '../test/https-server.ts'
import { createTaskWatcher } from './tasks.ts'
import { formatUpid, parseUpid } from './upid.ts'
import { createUsual } from './usual.ts'

const { server, connect } = testServers()

const upidOf = (pid: number, startedAtSeconds = 0x6b_03_c8_b5) =>
  formatUpid({
    node: 'pve1',
    pid,
    processStart: 1000 + pid,
    startedAtSeconds,
    type: 'qmclone',
    id: String(9000 + pid),
    user: 'ada@pve',
  })

const rowOf = (upid: string) => ({
  upid,
  node: 'pve1',
  type: 'qmclone',
  id: '1',
  user: 'ada@pve',
})

/** A node with tasks: what it lists, and what it says of a task that it is asked for. */
const taskNode = async () => {
  const pve = await server()
  const running = new Set<string>()
  const ended = new Map<string, string>()
  const unlisted = new Set<string>()
  const rows = () =>
    [
      ...[...running].map((upid) => ({ ...rowOf(upid), status: 'RUNNING', saved: '0' })),
      ...[...ended].map(([upid, status]) => ({ ...rowOf(upid), status, endtime: 1_800_000_000 })),
    ].filter(({ upid }) => !unlisted.has(upid))
  const answer: Reply = (response, request) => {
    const asked = /tasks\/([^/]+)\/status$/.exec(request.url)?.[1]
    const upid = asked && decodeURIComponent(asked)
    if (upid === undefined || upid === '') return json(rows())(response, request)
    const exitstatus = ended.get(upid)
    if (exitstatus !== undefined)
      return json({ upid, status: 'stopped', exitstatus })(response, request)
    if (running.has(upid)) return json({ upid, status: 'running' })(response, request)
    return json(null, 400, 'Parameter verification failed.', { errors: { upid: 'no such task' } })(
      response,
      request,
    )
  }
  pve.reply(answer)
  const api = connect([pve.host]).api(none)
  return { pve, api, running, ended, unlisted, answer }
}

const listCalls = (pve: TestServer) =>
  pve.received.filter(({ url }) => url.includes('/tasks?')).map(({ url }) => url)
const directCalls = (pve: TestServer) =>
  pve.received.filter(({ url }) => url.endsWith('/status')).length
const anotherTick = async (pve: TestServer, ticks = 1) => {
  const goal = listCalls(pve).length + ticks
  await expect.poll(() => listCalls(pve).length, { interval: 2 }).toBeGreaterThanOrEqual(goal)
}

describe('createTaskWatcher', () => {
  it('follows many tasks with one call per tick, each to its own end', async () => {
    const { pve, api, running, ended } = await taskNode()
    const upids = Array.from({ length: 50 }, (_, pid) => upidOf(pid, 0x6b_03_c8_b5 + pid))
    for (const upid of upids) running.add(upid)
    const watcher = createTaskWatcher({ api, node: 'pve1', tickMilliseconds: 10 })
    const results = Promise.all(upids.map((upid) => watcher.follow(upid)))
    await anotherTick(pve, 2)
    const outcomes = ['OK', 'WARNINGS: 2', 'VM is locked (backup)', 'unexpected status']
    for (const [index, upid] of upids.entries()) {
      running.delete(upid)
      ended.set(upid, outcomes[index % 4] ?? '')
    }
    const settled = await results
    expect(settled.map(({ upid }) => upid)).toEqual(upids)
    expect(settled.slice(0, 4)).toMatchObject([
      { outcome: 'ok' },
      { outcome: 'warnings', count: 2 },
      { outcome: 'failed', message: 'VM is locked (backup)' },
      { outcome: 'unknown', message: 'unexpected status' },
    ])
    expect(directCalls(pve)).toBe(0)
    expect(listCalls(pve)[0]).toBe(
      '/api2/json/nodes/pve1/tasks?source=all&since=1795410101&limit=1000',
    )
  })

  it('is silent before, and after the last task has ended', async () => {
    const { pve, api, ended } = await taskNode()
    const watcher = createTaskWatcher({ api, node: 'pve1', tickMilliseconds: 5 })
    ended.set(upidOf(1), 'OK')
    await watcher.follow(upidOf(1))
    const calls = pve.received.length
    // Ten ticks' time in which nothing may happen.
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(pve.received.length).toBe(calls)
    ended.set(upidOf(2), 'OK')
    expect(await watcher.follow(upidOf(2))).toMatchObject({ outcome: 'ok' })
  })

  it('a stream of new followers does not put the tick off', async () => {
    const { pve, api, running, ended } = await taskNode()
    const watcher = createTaskWatcher({ api, node: 'pve1', tickMilliseconds: 40 })
    ended.set(upidOf(0), 'OK')
    const first = watcher.follow(upidOf(0))
    const calledOff = new AbortController()
    const others: Promise<unknown>[] = []
    const stream = setInterval(() => {
      const upid = upidOf(others.length + 1)
      running.add(upid)
      others.push(watcher.follow(upid, { signal: calledOff.signal }).catch(() => null))
    }, 5)
    expect(await first).toMatchObject({ outcome: 'ok' })
    clearInterval(stream)
    calledOff.abort()
    await Promise.all(others)
    expect(listCalls(pve)).toHaveLength(1)
  })

  it('looks at a task of a known kind when others of it were over, not before', async () => {
    const { pve, api, running, ended } = await taskNode()
    const usual = createUsual()
    usual.ended('copy', 60, 1)
    const watcher = createTaskWatcher({ api, node: 'pve1', tickMilliseconds: 10, usual })
    running.add(upidOf(1))
    const began = performance.now()
    const copy = watcher.follow(upidOf(1), { kind: 'copy' })
    await anotherTick(pve)
    // A timer may come a moment early.
    expect(performance.now() - began).toBeGreaterThan(55)
    running.delete(upidOf(1))
    ended.set(upidOf(1), 'OK')
    expect(await copy).toMatchObject({ outcome: 'ok' })
    expect(usual.of('copy')).toBeGreaterThan(60)
  })

  it('the pauses of an old task do not grow beyond ten ticks, and a young one beside it is not kept waiting', async () => {
    const { pve, api, running, ended } = await taskNode()
    const usual = createUsual()
    usual.ended('long', 60_000, 1)
    const watcher = createTaskWatcher({ api, node: 'pve1', tickMilliseconds: 5, usual })
    running.add(upidOf(1))
    const calledOff = new AbortController()
    const long = watcher.follow(upidOf(1), { kind: 'long', signal: calledOff.signal })
    await anotherTick(pve)
    ended.set(upidOf(2), 'OK')
    expect(await watcher.follow(upidOf(2))).toMatchObject({ outcome: 'ok' })
    calledOff.abort(new Error('enough'))
    await expect(long).rejects.toThrow('enough')
  })

  it('a task that is in the list twice has ended', async () => {
    const { api, running, ended } = await taskNode()
    running.add(upidOf(1))
    ended.set(upidOf(1), 'OK')
    const watcher = createTaskWatcher({ api, node: 'pve1', tickMilliseconds: 5 })
    expect(await watcher.follow(upidOf(1))).toMatchObject({ outcome: 'ok' })
  })

  it('a task that the list does not show is asked for itself', async () => {
    const { pve, api, running, ended, unlisted } = await taskNode()
    const upid = upidOf(1)
    unlisted.add(upid)
    running.add(upid)
    const watcher = createTaskWatcher({ api, node: 'pve1', tickMilliseconds: 5 })
    const result = watcher.follow(upid)
    await expect.poll(() => directCalls(pve), { interval: 2 }).toBeGreaterThanOrEqual(2)
    running.delete(upid)
    ended.set(upid, 'clone failed: x')
    expect(await result).toEqual({ upid, outcome: 'failed', message: 'clone failed: x' })
  })

  it('a task that is listed a moment late is not asked for', async () => {
    const { pve, api, running, ended } = await taskNode()
    const watcher = createTaskWatcher({ api, node: 'pve1', tickMilliseconds: 30 })
    const result = watcher.follow(upidOf(1))
    await anotherTick(pve)
    running.add(upidOf(1))
    await anotherTick(pve)
    running.delete(upidOf(1))
    ended.set(upidOf(1), 'OK')
    expect(await result).toMatchObject({ outcome: 'ok' })
    expect(directCalls(pve)).toBe(0)
  })

  it('a task that nobody knows ends as unknown, not at the first miss', async () => {
    const { pve, api } = await taskNode()
    const watcher = createTaskWatcher({ api, node: 'pve1', tickMilliseconds: 5 })
    expect(await watcher.follow(upidOf(1))).toEqual({
      upid: upidOf(1),
      outcome: 'unknown',
      message: 'pve1 does not know the task',
    })
    expect(listCalls(pve)).toHaveLength(4)
    expect(directCalls(pve)).toBe(3)
  })

  it.each<[string, Reply]>([
    ['hangs up', drop],
    ['is overloaded', plain(596, 'Connection timed out')],
    ['has trouble', plain(500, 'got timeout')],
  ])('a node that %s for a while is asked again', { timeout: 20_000 }, async (_, trouble) => {
    const { pve, api, ended, answer } = await taskNode()
    ended.set(upidOf(1), 'OK')
    pve.reply(...Array.from({ length: 9 }, () => trouble), answer)
    const watcher = createTaskWatcher({ api, node: 'pve1', tickMilliseconds: 5 })
    expect(await watcher.follow(upidOf(1))).toMatchObject({ outcome: 'ok' })
  })

  it('who may not ask is told so, at every task', async () => {
    const { pve, api } = await taskNode()
    pve.reply(plain(401, 'No ticket'))
    const watcher = createTaskWatcher({ api, node: 'pve1', tickMilliseconds: 5 })
    const failures = await Promise.all([
      failureOf(watcher.follow(upidOf(1))),
      failureOf(watcher.follow(upidOf(2))),
    ])
    expect(failures).toMatchObject([{ status: 401 }, { status: 401 }])
    expect(pve.received).toHaveLength(1)
  })

  it('a task of somebody else fails alone', async () => {
    const { pve, api, running, ended, answer } = await taskNode()
    running.add(upidOf(2))
    pve.reply((response, request) =>
      request.url.endsWith('/status')
        ? plain(403, 'Permission check failed (/nodes/pve1, Sys.Audit)')(response, request)
        : answer(response, request),
    )
    const watcher = createTaskWatcher({ api, node: 'pve1', tickMilliseconds: 5 })
    const own = watcher.follow(upidOf(2))
    expect(await failureOf(watcher.follow(upidOf(1)))).toMatchObject({ status: 403 })
    ended.set(upidOf(2), 'OK')
    expect(await own).toMatchObject({ outcome: 'ok' })
  })

  it('can be called off, which leaves the others', async () => {
    const { pve, api, running, ended } = await taskNode()
    running.add(upidOf(1))
    running.add(upidOf(2))
    const watcher = createTaskWatcher({ api, node: 'pve1', tickMilliseconds: 5 })
    const calledOff = new AbortController()
    const one = watcher.follow(upidOf(1), { signal: calledOff.signal })
    const two = watcher.follow(upidOf(2))
    await anotherTick(pve)
    calledOff.abort(new Error('cancelled'))
    await expect(one).rejects.toThrow('cancelled')
    await expect(watcher.follow(upidOf(1), { signal: calledOff.signal })).rejects.toThrow(
      'cancelled',
    )
    ended.set(upidOf(2), 'OK')
    expect(await two).toMatchObject({ outcome: 'ok' })
  })

  it('refuses the task of another node, and what is no UPID', async () => {
    const { api } = await taskNode()
    const watcher = createTaskWatcher({ api, node: 'pve2' })
    expect(parseUpid(upidOf(1))?.node).toBe('pve1')
    await expect(watcher.follow(upidOf(1))).rejects.toThrow('not the UPID of a task on pve2')
    await expect(watcher.follow('OK')).rejects.toThrow('not the UPID')
  })
})
