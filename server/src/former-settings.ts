/** The variables of the Python application of the same name: each has its effect here, or is told what replaced it. */

type Environment = Record<string, string | undefined>

type Former = {
  /** Variable that has its meaning here. */
  becomes?: string
  /** What replaced it, as the end of the sentence "NAME has no effect: …". */
  replacedBy?: string
}

/** Those that have the same name and meaning here are in `config.ts` alone. */
export const formerVariables: Record<string, Former> = {
  API_HOST: { becomes: 'HOST' },
  API_PORT: { becomes: 'PORT' },
  CORS_ORIGINS: {
    replacedBy:
      'page and API have one address, and pages of other sites are refused; scripts need no permission',
  },
  DEFAULT_NODE: {
    replacedBy:
      'all nodes are listed, and `placement` of a request says where VMs go (docs/placement.md)',
  },
  DEFAULT_STORAGE: {
    replacedBy:
      '`storage` in a request, or in a blueprint; left out, it is the storage of the template',
  },
  DEFAULT_NETWORK_BRIDGE: {
    replacedBy: '`networks` in a request, or in a blueprint; left out, it is what the template has',
  },
  LINUX_TEMPLATE_VMID: { replacedBy: 'templates are read from the cluster; a blueprint keeps one' },
  WINDOWS_TEMPLATE_VMID: {
    replacedBy: 'templates are read from the cluster; a blueprint keeps one',
  },
  ENABLE_AUTO_START: { replacedBy: '`start` in a request, or in a blueprint' },
  REQUIRE_POST_VALIDATION: {
    replacedBy: 'every VM that is started is checked; `validate` in a request adds ports',
  },
}

/** Python's names of levels. */
const levels: Record<string, string> = { warning: 'warn', critical: 'fatal', notset: 'trace' }

/** The environment in the names of today, and a sentence about each variable that was found under its old one. */
export function withFormerSettings(environment: Environment): {
  environment: Environment
  notices: string[]
} {
  const today = { ...environment }
  const notices: string[] = []
  for (const [name, { becomes, replacedBy }] of Object.entries(formerVariables)) {
    if (!isSet(environment[name])) continue
    if (becomes === undefined) notices.push(`${name} has no effect: ${replacedBy}.`)
    else if (isSet(environment[becomes]))
      notices.push(`${name} has no effect: ${becomes} is set, which replaced it.`)
    else {
      today[becomes] = environment[name]
      notices.push(`${name} is taken as ${becomes}, which replaced it.`)
    }
  }
  const level = environment['LOG_LEVEL']?.trim().toLowerCase()
  if (level !== undefined) today['LOG_LEVEL'] = levels[level] ?? level
  return { environment: today, notices }
}

const isSet = (value: string | undefined): boolean => value !== undefined && value.trim() !== ''
