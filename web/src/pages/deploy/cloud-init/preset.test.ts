import { presets } from '@deployer/core/cloud-init/presets.ts'
import { expect, test } from 'vitest'
import { presetOf, withPreset } from './preset.ts'

const preset = (id: string) => {
  const found = presets.find((each) => each.id === id)
  if (found === undefined) throw new Error(`no preset ${id}`)
  return found
}
const docker = preset('docker')
const users = [{ name: 'ops' }]

test('each preset is known again, and leaves users as they are', () => {
  for (const each of presets) {
    const form = withPreset({ users }, each)
    expect(form.users).toEqual(users)
    expect(presetOf(form)).toBe(each.id)
  }
})

test('another preset takes the place of the one before', () => {
  expect(withPreset(withPreset({}, docker), preset('kubernetes'))).toEqual(
    withPreset({}, preset('kubernetes')),
  )
})

test('what the person has typed stays in front of it', () => {
  const form = withPreset({ packages: ['git', 'docker.io'], commands: ['echo mine'] }, docker)
  expect(form.packages).toEqual(['git', 'docker.io'])
  expect(form.commands).toEqual(['echo mine', ...(docker.cloudInit.commands ?? [])])
})

test('nothing set is no preset', () => {
  expect(presetOf({})).toBeNull()
  expect(presetOf({ packages: ['git'] })).toBeNull()
})
