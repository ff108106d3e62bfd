import { describe, expect, test } from 'vitest'
import type { ShownUnattended } from './answers.ts'
import { answerProblems, computerNameOf, computerNameProblem } from './checks.ts'
import { languages, keyboards, timeZones } from './places.ts'
import { unattendedSchema } from './request.ts'

const answers: ShownUnattended = {
  edition: { index: 1 },
  administratorPassword: 'Ein-Passwort-7',
}

describe('computer names', () => {
  test.each(['w', 'win11-01', 'A23456789012345', '1a', 'web--01'])('%s can be one', (name) => {
    expect(computerNameProblem(name)).toBeNull()
  })

  test.each([
    ['', 'no name'],
    ['a234567890123456', 'has 16 characters'],
    ['web_01', 'letters, digits and hyphens only'],
    ['wéb', 'letters, digits and hyphens only'],
    ['-web', 'starts or ends with a hyphen'],
    ['web-', 'starts or ends with a hyphen'],
    ['2025', 'digits only'],
  ])('%s cannot', (name, message) => {
    expect(computerNameProblem(name)).toContain(message)
  })

  test('come from the first part of the name of the VM', () => {
    expect(computerNameOf('web-01.lab.example')).toBe('web-01')
  })
})

const problems = (more: Partial<ShownUnattended>) =>
  answerProblems({ ...answers, ...more }, 'windows-11', ['web-01', 'web-02'])
const user = (name: string) => ({ user: { name, password: 'x', administrator: true } })

describe('answers', () => {
  test('with nothing wrong', () => {
    expect(problems({ ...user('Jörg'), timeZone: 'UTC', commands: ['echo a & echo b'] })).toEqual(
      [],
    )
  })

  test.each<[string, Partial<ShownUnattended>, string, string]>([
    ['no password', { administratorPassword: ' ' }, 'administratorPassword', 'has no password'],
    ['the built-in account again', user('administrator'), 'user.name', 'is always there'],
    ['a reserved name', user('Guest'), 'user.name', 'keeps for itself'],
    ['a name with a blank at its end', user('ops '), 'user.name', 'blank'],
    ['a name with a dot at its end', user('ops.'), 'user.name', 'dot'],
    ['the name of a computer', user('WEB-02'), 'user.name', 'web-02'],
    ['a control character', user('o\u0007ps'), 'user.name', 'control character'],
    ['a time zone with one', { timeZone: 'a\u0000' }, 'timeZone', 'control character'],
    ['an edition with one', { edition: { name: 'a\nb' } }, 'edition.name', 'control character'],
    ['a command of two lines', { commands: ['a', 'b\nc'] }, 'commands.1', 'more than one line'],
  ])('%s', (_name, more, path, message) => {
    const found = problems(more)
    expect(found).toHaveLength(1)
    expect(found[0]?.path).toBe(path)
    expect(found[0]?.message).toContain(message)
  })

  test.each([
    ['simple', 'windows-11' as const, []],
    ['simple', 'windows-server-2022' as const, ['6 characters']],
    ['Ab1-', 'windows-server-2025' as const, ['6 characters']],
    ['Administrator1', 'windows-server-2019' as const, ['the name of the account']],
    ['Ein-Passwort', 'windows-server-2016' as const, []],
    ['********', 'windows-server-2022' as const, []],
  ])('the password %s on %s', (administratorPassword, osType, told) => {
    const found = answerProblems({ ...answers, administratorPassword }, osType, [])
    expect(found.map(({ message }) => message)).toEqual(
      told.map((part) => expect.stringContaining(part)),
    )
  })
})

describe('places', () => {
  test.each([...languages.map(({ value }) => value), undefined])('the language %s', (language) => {
    expect(() => unattendedSchema.parse({ ...answers, language })).not.toThrow()
  })

  test.each(keyboards.map(({ value }) => value))('the keyboard %s', (keyboard) => {
    expect(() => unattendedSchema.parse({ ...answers, keyboard })).not.toThrow()
  })

  test('nothing is there twice', () => {
    for (const list of [languages, keyboards, timeZones])
      expect(new Set(list.map(({ value }) => value)).size).toBe(list.length)
  })
})
