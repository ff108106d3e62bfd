/** First-boot settings of single VMs, as cells of the table. What has no column of its own stands as JSON in the last one. */
import { type CloudInitRequest, cloudInitSchema } from '@deployer/core/cloud-init/request.ts'
import { z } from 'zod'
import { cloudInitFormSchema } from '../cloud-init/form-schema.ts'
import { type CloudInitForm, type UserForm, withoutSecrets } from '../cloud-init/state.ts'
import { toCloudInit } from '../cloud-init/to-cloud-init.ts'
import { parseList } from '../reading.ts'
import type { Cells } from './columns.ts'

export type Commands = NonNullable<CloudInitForm['commands']>
type Users = NonNullable<CloudInitRequest['users']>

const commandList = z.array(z.union([z.string(), z.array(z.string())]))

/** One line of shell as it is; several, or programs with their arguments, as a list in JSON. */
export function commandsText(commands: Commands): string {
  const [first] = commands
  const plain = commands.length === 1 && typeof first === 'string' && isLine(first)
  return plain ? first : commands.length === 0 ? 'none' : JSON.stringify(commands)
}

/** [ is also a program, the one that tests: it has a blank after it. */
const list = /^\[\s*["[]/

function isLine(command: string): boolean {
  return !list.test(command) && !command.includes('\n') && command !== 'none'
}

/** The commands that a cell asks for; null where it begins as a list and is none. */
export function parseCommands(text: string): Commands | null {
  if (text === 'none') return []
  if (!list.test(text)) return [text]
  const read = commandList.safeParse(jsonOf(text))
  return read.success ? read.data : null
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const otherSchema = z.strictObject(cloudInitFormSchema.shape)

/** Settings as JSON; null where they cannot be read. */
function parseOther(text: string): CloudInitForm | null {
  const read = otherSchema.safeParse(jsonOf(text))
  return read.success ? read.data : null
}

/** Why the cell of other settings cannot be what it says; null where it can. */
export function otherProblem(text: string): string | null {
  const form = parseOther(text)
  if (form === null) {
    return 'Settings as JSON, named as under cloudInit in the API: {"timezone":"Europe/Berlin"}'
  }
  const { cloudInit, problems } = toCloudInit(form)
  const checked = cloudInitSchema.safeParse(cloudInit ?? {})
  const issue = checked.success ? undefined : checked.error.issues[0]
  return problems[0]?.message ?? (issue ? `${issue.path.join('.')}: ${issue.message}` : null)
}

/** What a row of the request says for its cells. `users`: those of the form, of whom a cell names some. */
export function cloudInitOfCells(cells: Cells, users: Users): CloudInitRequest | undefined {
  const own: CloudInitRequest = {
    ...(cells.firstBoot !== undefined && toCloudInit(parseOther(cells.firstBoot) ?? {}).cloudInit),
    ...(cells.hostname !== undefined && { hostname: cells.hostname }),
    ...(cells.users !== undefined && {
      users: namesIn(cells.users).flatMap((name) => users.filter((user) => user.name === name)),
    }),
    ...(cells.packages !== undefined && { packages: namesIn(cells.packages) }),
    ...(cells.commands !== undefined && { commands: parseCommands(cells.commands) ?? [] }),
  }
  return Object.keys(own).length === 0 && cells.firstBoot === undefined ? undefined : own
}

function namesIn(text: string): string[] {
  return text === 'none' ? [] : parseList(text)
}

/** The cells in which a row of an earlier request differs from what is set for all. */
export function cellsOfCloudInit(
  row: CloudInitForm | undefined,
  defaults: CloudInitForm | undefined,
): Cells {
  if (row === undefined) return {}
  const own = withoutSecrets(row)
  const base = withoutSecrets(defaults ?? {})
  const changed = withoutSame(own, base)
  const { hostname, packages, commands, users, ...rest } = changed
  const names = users === undefined ? undefined : namesAmong(users, base.users ?? [])
  const other: CloudInitForm =
    users !== undefined && names === undefined ? { ...rest, users } : rest
  // Without anything set for all, even an empty row says that there is a first boot to prepare.
  const alone = defaults === undefined && Object.keys(changed).length === 0
  return {
    ...(hostname !== undefined && { hostname }),
    ...(names !== undefined && { users: names }),
    ...(packages !== undefined && { packages: packages.join(' ') || 'none' }),
    ...(commands !== undefined && { commands: commandsText(commands) }),
    ...((alone || Object.keys(other).length > 0) && { firstBoot: JSON.stringify(other) }),
  }
}

/** What the cell of other settings says for a column that has none of its own here. */
export function fromOther(cells: Cells, column: keyof Cells): string | undefined {
  const other = cells.firstBoot === undefined ? null : parseOther(cells.firstBoot)
  if (other === null) return undefined
  if (column === 'hostname') return other.hostname
  if (column === 'users')
    return other.users && (other.users.map(({ name }) => name).join(' ') || 'none')
  if (column === 'packages') return other.packages && (other.packages.join(' ') || 'none')
  if (column === 'commands') return other.commands && commandsText(other.commands)
  return undefined
}

function withoutSame(own: CloudInitForm, base: CloudInitForm): CloudInitForm {
  const inherited = new Map(Object.entries(base))
  const entries = Object.entries(own).filter(
    ([key, value]) => value !== undefined && !same(value, inherited.get(key)),
  )
  return Object.fromEntries(entries)
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** Users by their names, where all of them are as the form has them. */
function namesAmong(users: readonly UserForm[], known: readonly UserForm[]): string | undefined {
  const all = users.every((user) => known.filter((each) => same(each, user)).length === 1)
  return all ? users.map(({ name }) => name).join(' ') || 'none' : undefined
}
