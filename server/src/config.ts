/** Every environment variable that the server and its tools can be set up by, once. */
import { codeOf } from '@deployer/proxmox/caught.ts'
import { normalizeFingerprint } from '@deployer/proxmox/certificates.ts'
import { parseFlag } from '@deployer/proxmox/property-string.ts'
import { existsSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { withFormerSettings } from './former-settings.ts'
import type { ServiceAccountConfig } from './identity/service-account.ts'

const within = (min: number, max: number, value: number) => value >= min && value <= max

const whole = (min: number, max: number, preset: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/)
    .transform(Number)
    .refine((value) => within(min, max, value))
    .default(preset)
    .meta({ expected: `a whole number from ${min} to ${max}` })

/** In any case, as the Python application took it. */
const truth = z.string().transform(parseFlag).pipe(z.boolean())
const flag = (preset: boolean) => truth.default(preset).meta({ expected: '`true` or `false`' })

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
)

/** `pve1`, `pve1:8006`, and what people paste from the address bar: `https://pve1:8006/`. */
const hostList = list
  .transform((hosts) => hosts.map((host) => host.replace(/^https?:\/\//i, '').replace(/\/.*$/, '')))
  .refine((hosts) =>
    hosts.every((host) => {
      const port = /^(?:\[[0-9a-f:]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/i.exec(host)
      return port !== null && within(1, 65_535, Number(port[1] ?? 1))
    }),
  )

/** SHA-256 as Proxmox and openssl (`sha256 Fingerprint=…`) print it. */
const fingerprintList = list
  .transform((prints) => prints.map((print) => normalizeFingerprint(print.replace(/^.*=/, ''))))
  .refine((prints) => !prints.includes(null))
  .transform((prints) => prints.filter((print) => print !== null))

/** `10.0.0.1`, `10.0.0.0/8`. */
const isNetwork = (text: string): boolean => {
  const [address = '', bits = '0'] = text.trim().split(/\/(.*)/)
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  return /^\d{1,3}$/.test(bits) && Number(bits) <= most
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const demoVersions = ['7.4', '8.4', '9.2'] as const

/**
 * In the order of `.env.example`, which explains each; a test holds both together. `expected` completes the sentence
 * "NAME must be …".
 */
export const variables = z.object({
  PORT: whole(1, 65_535, 3001),
  HOST: z.string().default('127.0.0.1').meta({ expected: 'an address of this machine' }),
  DATA_DIR: z.string().default('./data').meta({ expected: 'a folder' }),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .meta({ expected: 'a URL that starts with postgresql://' }),
  APP_SECRET: z.string().min(16).optional().meta({ expected: 'at least 16 characters long' }),
  LOG_LEVEL: z
    .enum(logLevels)
    .default('info')
    .meta({ expected: `one of ${logLevels.join(', ')}` }),
  TRUST_PROXY: z
    .string()
    .toLowerCase()
    .refine((text) => text === 'true' || text === 'false' || text.split(',').every(isNetwork))
    .default('false')
    .meta({ expected: '`true`, `false`, or addresses with commas between them' }),
  WRITES_PER_MINUTE: whole(1, 1_000_000, 600),
  METRICS_TOKEN: z.string().min(16).optional().meta({ expected: 'at least 16 characters long' }),

  PROXMOX_HOST: hostList.optional().meta({
    expected:
      'host names or addresses, with a port from 1 to 65535 or none, and commas between them',
  }),
  PROXMOX_PORT: whole(1, 65_535, 8006),
  PROXMOX_CA_FILE: z.string().optional().meta({ expected: 'the path of a PEM file' }),
  PROXMOX_FINGERPRINT: fingerprintList.optional().meta({
    expected: 'SHA-256 fingerprints (32 pairs of hex digits each) with commas between them',
  }),
  PROXMOX_VERIFY_SSL: flag(true),
  PROXMOX_USER: z
    .string()
    .regex(/^[^\s!]+@[^\s@!]+$/)
    .optional()
    .meta({ expected: 'an account with its realm, such as deployer@pve' }),
  PROXMOX_PASSWORD: z.string().optional(),
  PROXMOX_TOKEN_ID: z
    .string()
    .regex(/^[^\s!]+@[^\s@!]+![^\s!]+$/)
    .optional()
    .meta({ expected: 'the id of an API token, such as deployer@pve!vm-deployer' }),
  PROXMOX_TOKEN_SECRET: z.string().optional(),
  PROXMOX_SSH_USER: z
    .string()
    .regex(/^[a-z_][a-z0-9_.-]{0,31}$/)
    .optional()
    .meta({ expected: 'the name of a user on the nodes, such as root' }),
  PROXMOX_SSH_KEY_FILE: z.string().optional().meta({ expected: 'the path of a private key' }),
  PROXMOX_SSH_PASSWORD: z.string().optional(),
  PROXMOX_SSH_PORT: whole(1, 65_535, 22),
  PROXMOX_SSH_HOST_KEYS: list
    .refine((prints) => prints.every((print) => /^SHA256:[A-Za-z0-9+/]{43}$/.test(print)))
    .optional()
    .meta({ expected: 'fingerprints as `ssh-keygen -l` prints them (SHA256:…), with commas' }),
  PROXMOX_SSH_HOSTS: list
    .refine((pairs) => pairs.every((each) => /^[^=\s]+=[^=\s]+$/.test(each)))
    .optional()
    .meta({ expected: 'pairs such as pve1=10.0.0.1 with commas between them' }),
  SNIPPET_STORAGE: z
    .string()
    .regex(/^[A-Za-z][\w.-]*$/)
    .default('local')
    .meta({ expected: 'the name of a storage' }),
  GUEST_PROXY: z
    .url({ protocol: /^http$/ })
    .optional()
    .meta({ expected: 'a URL that starts with http://' }),

  VMID_MIN: whole(100, 999_999_999, 100),
  VMID_MAX: whole(100, 999_999_999, 999_999_999),
  CLONES_PER_LOCAL_STORAGE: whole(1, 100, 4),
  CLONES_PER_SHARED_STORAGE: whole(1, 100, 2),
  FULL_COPIES_PER_STORAGE: whole(1, 100, 2),
  STARTS_PER_NODE: whole(1, 100, 4),
  AGENT_CALLS_PER_NODE: whole(1, 100, 2),

  ENABLE_VM_DELETION: truth.optional().meta({ expected: '`true` or `false`' }),

  UPLOAD_MAX_GIB: whole(1, 100_000, 64),
  CATALOGUE_FILE: z.string().optional().meta({ expected: 'the path of a JSON file' }),

  AUDIT_LOG_MIB: whole(1, 10_000, 10),
  AUDIT_LOG_FILES: whole(0, 1000, 10),

  VALIDATION_SSH_PORT: whole(1, 65_535, 22),
  VALIDATION_RDP_PORT: whole(1, 65_535, 3389),
  VALIDATION_RETRY_INTERVAL: whole(1, 300, 5),
  VALIDATION_MAX_RETRIES: whole(0, 100, 3),
  VALIDATION_TIMEOUT: whole(10, 3600, 300),

  DEMO_SPEED: whole(1, 1000, 1),
  DEMO_VERSION: z
    .enum(demoVersions)
    .default('9.2')
    .meta({ expected: `one of ${demoVersions.join(', ')}` }),
})

export type Config = ReturnType<typeof parseConfig>

/** What is wrong with the environment: one sentence for each variable. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** @throws {ConfigError} */
export function parseConfig(given: Record<string, string | undefined>) {
  const { environment, notices } = withFormerSettings(given)
  const known = Object.fromEntries(
    Object.keys(variables.shape)
      .map((name) => [name, environment[name]?.trim()] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = variables.safeParse(known)
  if (!parsed.success) throw new ConfigError(complaints(parsed.error, known).join('\n'))
  const set = parsed.data
  if (set.VMID_MIN > set.VMID_MAX)
    throw new ConfigError(
      `VMID_MIN must not be above VMID_MAX (they are ${set.VMID_MIN} and ${set.VMID_MAX}).`,
    )
  const home = resolve(set.DATA_DIR)
  const demo = (set.PROXMOX_HOST?.length ?? 0) === 0
  return {
    /** Sentences for the operator: what became of variables of the former application. */
    notices,
    port: set.PORT,
    host: set.HOST,
    /** Where `./start.sh` keeps its log and the id of its process. */
    home,
    /** What must survive. Of the simulated cluster it is apart: what is unfinished there must never go on on a real one. */
    dataDir: demo ? join(home, 'demo') : home,
    /** Null: the embedded PostgreSQL. */
    databaseUrl: set.DATABASE_URL ?? null,
    /** Null: a generated one in the data folder. */
    appSecret: set.APP_SECRET ?? null,
    logLevel: set.LOG_LEVEL,
    trustProxy: trustProxy(set.TRUST_PROXY),
    writesPerMinute: set.WRITES_PER_MINUTE,
    /** Null: only this machine may read the metrics. */
    metricsToken: set.METRICS_TOKEN ?? null,
    /** Null: the demo on the simulated cluster. */
    proxmox:
      set.PROXMOX_HOST === undefined || set.PROXMOX_HOST.length === 0
        ? null
        : {
            hosts: set.PROXMOX_HOST,
            port: set.PROXMOX_PORT,
            caFile: set.PROXMOX_CA_FILE ?? null,
            fingerprints: set.PROXMOX_FINGERPRINT ?? [],
            verifySsl: set.PROXMOX_VERIFY_SSL,
          },
    /** Does the work of all deployments; null: each is carried out with the rights of who asked for it. */
    serviceAccount: serviceAccount(set),
    ssh: sshOf(set),
    /** `http://host:port` of a CONNECT proxy for port checks, or null. */
    guestProxy: set.GUEST_PROXY ?? null,
    vmids: { min: set.VMID_MIN, max: set.VMID_MAX },
    limits: {
      clonesPerLocalStorage: set.CLONES_PER_LOCAL_STORAGE,
      clonesPerSharedStorage: set.CLONES_PER_SHARED_STORAGE,
      fullCopiesPerStorage: set.FULL_COPIES_PER_STORAGE,
      startsPerNode: set.STARTS_PER_NODE,
      agentCallsPerNode: set.AGENT_CALLS_PER_NODE,
    },
    /** Whether VMs may be deleted one by one, beside the undo of deployments. In the demo nothing real is lost. */
    vmDeletion: set.ENABLE_VM_DELETION ?? demo,
    images: {
      maxUploadGiB: set.UPLOAD_MAX_GIB,
      catalogueFile: resolve(set.CATALOGUE_FILE ?? join(set.DATA_DIR, 'catalogue.json')),
    },
    auditLog: { maxBytes: set.AUDIT_LOG_MIB * 1024 * 1024, keep: set.AUDIT_LOG_FILES },
    validation: {
      sshPort: set.VALIDATION_SSH_PORT,
      rdpPort: set.VALIDATION_RDP_PORT,
      intervalSeconds: set.VALIDATION_RETRY_INTERVAL,
      patienceSeconds: set.VALIDATION_RETRY_INTERVAL * set.VALIDATION_MAX_RETRIES,
      timeoutSeconds: set.VALIDATION_TIMEOUT,
    },
    demo: { speed: set.DEMO_SPEED, version: set.DEMO_VERSION },
  }
}

/** @throws {ConfigError} */
function serviceAccount(set: z.infer<typeof variables>): ServiceAccountConfig | null {
  const password = bothOrNone(set, 'PROXMOX_USER', 'PROXMOX_PASSWORD')
  const token = bothOrNone(set, 'PROXMOX_TOKEN_ID', 'PROXMOX_TOKEN_SECRET')
  if (password !== null && token !== null)
    throw new ConfigError(
      'Set PROXMOX_USER and PROXMOX_PASSWORD, or PROXMOX_TOKEN_ID and PROXMOX_TOKEN_SECRET, not both: one service account does the work.',
    )
  if (password !== null) return { kind: 'password', username: password[0], password: password[1] }
  return token && { kind: 'token', tokenId: token[0], secret: token[1] }
}

type Text = 'PROXMOX_USER' | 'PROXMOX_PASSWORD' | 'PROXMOX_TOKEN_ID' | 'PROXMOX_TOKEN_SECRET'

function bothOrNone(
  set: z.infer<typeof variables>,
  one: Text,
  other: Text,
): [one: string, other: string] | null {
  const [first, second] = [set[one], set[other]]
  if (first === undefined && second === undefined) return null
  if (first === undefined) throw new ConfigError(`${other} is set, and ${one} is missing.`)
  if (second === undefined) throw new ConfigError(`${one} is set, and ${other} is missing.`)
  return [first, second]
}

/** The way onto the nodes for snippets; null without a user. @throws {ConfigError} */
function sshOf(set: z.infer<typeof variables>) {
  const { PROXMOX_SSH_USER: user, PROXMOX_SSH_KEY_FILE: keyFile } = set
  const password = set.PROXMOX_SSH_PASSWORD ?? null
  if (user === undefined) return null
  if (keyFile === undefined && password === null)
    throw new ConfigError(
      'PROXMOX_SSH_USER needs PROXMOX_SSH_KEY_FILE or PROXMOX_SSH_PASSWORD beside it.',
    )
  const pairs = (set.PROXMOX_SSH_HOSTS ?? []).map((each): [string, string] => {
    const [node = '', host = ''] = each.split('=')
    return [node, host]
  })
  return {
    user,
    keyFile: keyFile ?? null,
    password,
    port: set.PROXMOX_SSH_PORT,
    hostKeys: set.PROXMOX_SSH_HOST_KEYS ?? [],
    /** Node name to address, where it differs from the cluster's. */
    hosts: Object.fromEntries(pairs),
    storage: set.SNIPPET_STORAGE,
  }
}

/**
 * The configuration of this process, `.env` included; what is set in the environment itself wins. Ends the process
 * with one line for each wrong variable.
 */
export function readConfig(): Config {
  try {
    process.loadEnvFile()
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    // Node says the same of a file that is missing and of one that may not be read.
    if (existsSync('.env')) {
      process.stderr.write(
        'There is a file .env, and this account may not read it. Give it to the account that runs the server: chown.\n',
      )
      process.exit(1)
    }
  }
  try {
    return parseConfig(process.env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\nSee .env.example for every variable.\n`)
    process.exit(1)
  }
}

function complaints(error: z.ZodError, given: Record<string, string | undefined>): string[] {
  const names = new Set(error.issues.map((issue) => String(issue.path[0])))
  return [...names].map((name) => {
    const schema: z.ZodType | undefined = Object.entries(variables.shape).find(
      ([key]) => key === name,
    )?.[1]
    // The value of a secret is not repeated.
    const secret = ['APP_SECRET', 'DATABASE_URL', 'METRICS_TOKEN', 'GUEST_PROXY'].includes(name)
    const value = secret ? '' : ` (it is "${given[name]}")`
    return `${name} must be ${String(schema?.meta()?.expected)}${value}.`
  })
}

function trustProxy(text: string): boolean | string {
  if (text === 'true') return true
  return text === 'false' ? false : text.replaceAll(' ', '')
}
