import { expect, test } from 'vitest'
import { clearDraft, clearPrevious, keepPrevious, saveDraft } from './draft.ts'
import type { DraftStorage } from './kept-text.ts'
import { loadDraft, loadPrevious } from './load-draft.ts'
import { emptyForm, type DeployForm } from './form.ts'

const now = new Date('2026-11-23T14:01:00Z')

function memoryStorage(): DraftStorage & { items: Map<string, string> } {
  const items = new Map<string, string>()
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  }
}

const halfTyped: DeployForm = {
  ...emptyForm,
  template: 9000,
  namePattern: 'web-{01..',
  vlan: 'twen',
  table: { overrides: { '1': { cores: '4' } }, gone: [0], rows: [{ name: 'db-1' }] },
}

test('a reload finds the form as it was typed, broken fields included', () => {
  const storage = memoryStorage()
  expect(saveDraft(storage, halfTyped, now)).toBe(true)
  expect(loadDraft(storage)).toEqual({ savedAt: now, form: halfTyped })
})

test('without a draft there is none', () => {
  expect(loadDraft(memoryStorage())).toBeNull()
})

test('after a deployment the draft is gone', () => {
  const storage = memoryStorage()
  saveDraft(storage, halfTyped, now)
  clearDraft(storage)
  expect(loadDraft(storage)).toBeNull()
})

test.each([
  ['another version', { version: 2, savedAt: 0, form: emptyForm }],
  ['a form with a field missing', { version: 1, savedAt: 0, form: { template: 9000 } }],
  ['a field of another type', { version: 1, savedAt: 0, form: { ...emptyForm, start: 'yes' } }],
])('%s is not loaded', (_what, stored) => {
  const storage = memoryStorage()
  storage.setItem('deploy-draft', JSON.stringify(stored))
  expect(loadDraft(storage)).toBeNull()
})

test('text that is no JSON is not loaded', () => {
  const storage = memoryStorage()
  storage.setItem('deploy-draft', '{"version":1')
  expect(loadDraft(storage)).toBeNull()
})

const forbidden = () => {
  throw new Error('The operation is insecure.')
}

test('a browser that forbids storage is survived', () => {
  const storage = { getItem: forbidden, setItem: forbidden, removeItem: forbidden }
  expect(saveDraft(storage, halfTyped, now)).toBe(false)
  expect(loadDraft(storage)).toBeNull()
  expect(loadPrevious(storage)).toBeNull()
  expect(() => clearDraft(storage)).not.toThrow()
})

test('a replaced form can be had back until it is dropped', () => {
  const storage = memoryStorage()
  keepPrevious(storage, halfTyped, now)
  expect(loadPrevious(storage)).toEqual(halfTyped)
  clearPrevious(storage)
  expect(loadPrevious(storage)).toBeNull()
})

test('a draft holds nothing but the form and its time', () => {
  const storage = memoryStorage()
  saveDraft(storage, halfTyped, now)
  expect(JSON.parse(storage.items.get('deploy-draft') ?? '')).toEqual({
    version: 1,
    savedAt: now.getTime(),
    form: halfTyped,
  })
})

test('a password is never in the storage, and is asked for after a reload', () => {
  const storage = memoryStorage()
  const form: DeployForm = {
    ...halfTyped,
    cloudInit: { users: [{ name: 'ops', password: 'geheim' }], adminPassword: 'geheim' },
    table: {
      overrides: {},
      gone: [],
      rows: [{ firstBoot: '{"users":[{"name":"db","password":"geheim"}]}' }],
    },
  }
  saveDraft(storage, form, now)
  keepPrevious(storage, form, now)
  expect(JSON.stringify([...storage.items])).not.toContain('geheim')
  expect(loadDraft(storage)?.form.cloudInit).toEqual({
    users: [{ name: 'ops', askPassword: true }],
    askAdminPassword: true,
  })
})
