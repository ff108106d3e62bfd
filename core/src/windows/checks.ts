/** What Windows setup would stumble over, told before. Characters and lengths that the schema refuses are not repeated here. */
import type { WindowsOsType } from './drivers.ts'
import type { ShownUnattended } from './answers.ts'
import { isXmlText } from './xml.ts'

/** `path`: into the answers, dotted: `user.name`. */
export type AnswerProblem = { code: string; message: string; path: string }

/** NetBIOS: what is longer, Windows cuts. */
const MAX_COMPUTER_NAME = 15

/** Names that Windows keeps for itself, in small letters (Microsoft-Windows-Shell-Setup, LocalAccount, Name). */
const reservedNames = [
  'administrator',
  'guest',
  'defaultaccount',
  'defaultuser0',
  'wdagutilityaccount',
  'system',
  'local service',
  'network service',
  'local',
  'network',
  'service',
  'interactive',
  'everyone',
  'users',
  'administrators',
  'guests',
  'none',
  'con',
  'prn',
  'aux',
  'nul',
]

/** The computer's name: that of the VM up to its first dot. */
export function computerNameOf(vmName: string): string {
  return vmName.split('.')[0] ?? ''
}

/** Why a Windows computer cannot have this name; null where it can. */
export function computerNameProblem(name: string): string | null {
  if (name === '') return 'The computer has no name.'
  if (name.length > MAX_COMPUTER_NAME)
    return `${name} has ${name.length} characters. Windows computer names have at most ${MAX_COMPUTER_NAME}.`
  if (!/^[a-z\d-]+$/i.test(name))
    return `${name} is no computer name: it has letters, digits and hyphens only.`
  if (name.startsWith('-') || name.endsWith('-'))
    return `${name} is no computer name: it starts or ends with a hyphen.`
  if (/^\d+$/.test(name)) return `${name} has digits only, which Windows refuses as a name.`
  return null
}

/** Everything that is wrong with the answers, for the computers of these names. A masked password is taken for a good one. */
export function answerProblems(
  { administratorPassword, user, timeZone, edition, commands }: ShownUnattended,
  osType: WindowsOsType,
  computerNames: string[],
): AnswerProblem[] {
  const problems: AnswerProblem[] = []
  const add = (code: string, path: string, message: string | null) => {
    if (message !== null) problems.push({ code, path, message })
  }
  const text = (path: string, value: string | undefined) =>
    add('answer-characters', path, value === undefined ? null : charactersProblem(value))
  text('timeZone', timeZone)
  if ('name' in edition) text('edition.name', edition.name)
  const password = (path: string, account: string, value: string) =>
    add('password', path, passwordProblem(account, value, osType))
  password('administratorPassword', 'Administrator', administratorPassword)
  if (user !== undefined) {
    add('user-name', 'user.name', userNameProblem(user.name, computerNames))
    password('user.password', user.name, user.password)
  }
  for (const [index, command] of (commands ?? []).entries()) {
    add('command-line', `commands.${index}`, commandProblem(command))
  }
  return problems
}

function charactersProblem(value: string): string | null {
  // oxlint-disable-next-line no-control-regex
  if (isXmlText(value) && !/[\u0000-\u001f]/.test(value)) return null
  return 'It has a control character, which an answer file cannot carry.'
}

/** Servers refuse simple ones from the start (policy "Password must meet complexity requirements"), and setup then stops. */
function passwordProblem(account: string, password: string, osType: WindowsOsType): string | null {
  if (/^\*+$/.test(password)) return null
  if (password.trim() === '') return `${account} has no password. Windows setup needs one.`
  if (!osType.startsWith('windows-server')) return null
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password))
  const rule = `Windows Server refuses the password of ${account}`
  if (password.length < 6 || kinds.length < 3)
    return `${rule}: it needs 6 characters or more, of three kinds (small letters, capitals, digits, others).`
  if (account.length > 2 && password.toLowerCase().includes(account.toLowerCase()))
    return `${rule}: it has the name of the account in it.`
  return null
}

function userNameProblem(name: string, computerNames: string[]): string | null {
  const characters = charactersProblem(name)
  if (characters !== null) return characters
  const small = name.trim().toLowerCase()
  if (small !== name.toLowerCase() || small === '')
    return `"${name}" starts or ends with a blank, which Windows does not allow in the name of an account.`
  if (name.endsWith('.')) return `${name} ends with a dot, which Windows does not allow.`
  if (small === 'administrator')
    return 'Administrator is always there, with a password of its own. Give the further account another name, or leave it out.'
  if (reservedNames.includes(small)) return `${name} is a name that Windows keeps for itself.`
  const same = computerNames.find((computer) => computer.toLowerCase() === small)
  return same === undefined
    ? null
    : `${name} is the name of the computer ${same} as well: Windows allows no account of that name on it.`
}

function commandProblem(command: string): string | null {
  if (/[\r\n]/.test(command))
    return 'The command has more than one line, of which cmd.exe would run the first only. Write one command a line.'
  return charactersProblem(command)
}
