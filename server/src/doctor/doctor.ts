/** Looks at everything that stands between a person and a deployment. Only reads. */
import { clusterFindings } from '@deployer/core/doctor/cluster.ts'
import { type ConnectionFacts, connectionFindings } from '@deployer/core/doctor/connection.ts'
import { featureFindings, type Permissions } from '@deployer/core/doctor/features.ts'
import { type OwnFacts, ownFindings } from '@deployer/core/doctor/own.ts'
import {
  type DoctorReport,
  type Finding,
  trouble,
  worstFirst,
} from '@deployer/core/doctor/report.ts'
import type { Api } from '@deployer/proxmox/client.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import type { Caller } from '../identity/caller.ts'
import type { InventoryReader } from '../inventory/inventory.ts'
import { readVersion } from '../inventory/read.ts'
import { proxmoxProblem } from '../proxmox-problem.ts'
import { readAccount, readCluster } from './account-facts.ts'

export type Patient = {
  apiOf: (caller: Caller) => Api
  inventory: InventoryReader
  vmids: { min: number; max: number }
  /** `fresh`: nothing remembered. */
  hosts: (fresh: boolean) => Promise<ConnectionFacts>
  own: () => Promise<OwnFacts>
  /**
   * Whether somebody with these rights is told of the server itself: its folders, its database, its account. Null: they
   * are not known.
   */
  showsOwn: (permissions: Permissions | null) => boolean
  /** Shown where the cluster does not say its name. */
  host: () => string
}

export type Doctor = {
  /** Everything, with the rights of the caller; without one, what needs no account. Never rejects for what it finds. */
  examine: (caller: Caller | null) => Promise<DoctorReport>
  /** Only whether the hosts answer and who vouches for them: for those who cannot sign in because of that. */
  connection: () => Promise<DoctorReport>
}

export const createDoctor = (patient: Patient): Doctor => ({
  examine: async (caller) => {
    const started = performance.now()
    const [hosts, own, cluster] = await Promise.all([
      patient.hosts(true),
      patient.own(),
      caller === null ? null : examineCluster(patient, caller),
    ])
    const connection = connectionFindings(hosts)
    const told = connection.some(({ level }) => level === 'fail')
    const findings = [
      ...connection,
      ...(cluster?.failure && !told ? [cluster.failure] : []),
      ...(cluster?.findings ?? []),
      ...(caller === null ? [nobodySignedIn] : []),
      ...(patient.showsOwn(cluster?.permissions ?? null) ? ownFindings(own) : []),
    ]
    return report(findings, {
      started,
      account: caller?.username ?? null,
      cluster: cluster?.name ?? patient.host(),
    })
  },
  connection: async () => {
    const started = performance.now()
    const findings = connectionFindings(await patient.hosts(false))
    return report(findings, { started, account: null, cluster: patient.host() })
  },
})

const report = (
  findings: Finding[],
  { started, ...about }: { started: number; account: string | null; cluster: string },
): DoctorReport => ({
  checkedAt: new Date().toISOString(),
  milliseconds: performance.now() - started,
  ...about,
  findings: worstFirst(findings),
})

const nobodySignedIn = trouble('info', {
  id: 'account',
  title: 'No account was looked at',
  found: 'What you may do on the cluster, its storages and templates need a sign-in to be seen.',
  remedy: 'On the page Doctor, or here with your name; it asks for the password.',
  commands: [{ where: 'here', text: 'npm run doctor -- --user mira@pve' }],
})

/** `failure`: why nothing more is known, where the connection does not tell already. */
type Examined = {
  findings: Finding[]
  failure?: Finding
  name: string | null
  permissions: Permissions | null
}

/** A cluster that does not answer is told by the connection; what is left says that nothing more is known. */
const examineCluster = async (patient: Patient, caller: Caller): Promise<Examined> => {
  const { apiOf, inventory, vmids } = patient
  try {
    const account = await readAccount(apiOf(caller), caller.username)
    const { version } = await apiOf(caller).call('GET /version', {})
    const features = featureFindings(account, readVersion(version))
    const [facts, state] = await Promise.all([
      readCluster(inventory, caller, vmids),
      inventory.state(caller),
    ])
    return {
      findings: [...features, ...clusterFindings(facts)],
      name: state.clusterName,
      permissions: account.permissions,
    }
  } catch (error) {
    if (!(error instanceof ProxmoxError)) throw error
    const { title, detail, hint } = proxmoxProblem(error)
    return {
      name: null,
      permissions: null,
      findings: [notLookedAt],
      failure: trouble('fail', {
        id: 'cluster',
        title: 'The cluster could not be asked',
        found: `${title}: ${detail}`,
        remedy: hint ?? 'See what is said of the connection.',
      }),
    }
  }
}

const notLookedAt = trouble('info', {
  id: 'account',
  title: 'Rights, storages and templates were not looked at',
  found: 'They come into sight when the cluster answers.',
})
