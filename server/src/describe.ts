/** The OpenAPI document of the app, without starting anything: for the code generator and for tests. */
import { buildApp } from './app.ts'
import { createLogger } from './logger.ts'
import { version } from './version.ts'

const notForCalls = (): never => {
  throw new Error('This app is for its description only')
}

export async function describeApi(): Promise<object> {
  const app = await buildApp({
    version,
    logger: createLogger('silent'),
    trustProxy: false,
    page: '',
    authenticate: notForCalls,
    health: { version, readiness: notForCalls },
    metrics: { read: notForCalls, requestEnded: notForCalls, token: null },
    writesPerMinute: 1,
    session: { signInOptions: notForCalls, signIn: notForCalls, signOut: notForCalls },
    proxmox: { status: notForCalls },
    inventory: {
      nodes: notForCalls,
      storages: notForCalls,
      networks: notForCalls,
      pools: notForCalls,
      cpuTypes: notForCalls,
      templates: notForCalls,
      template: notForCalls,
      state: notForCalls,
      resources: notForCalls,
      permissions: notForCalls,
      privileges: notForCalls,
      holds: notForCalls,
      forPlan: notForCalls,
    },
    templates: {
      health: { read: notForCalls },
      convert: { convert: notForCalls },
      endings: { of: notForCalls, stop: notForCalls },
    },
    images: {
      images: { list: notForCalls, targets: notForCalls, forget: notForCalls },
      endings: { of: notForCalls, stop: notForCalls },
      sending: { upload: notForCalls, download: notForCalls, lookUp: notForCalls },
      transfers: { list: notForCalls, get: notForCalls, cancel: notForCalls },
      removal: { uses: notForCalls, remove: notForCalls },
      catalogue: { read: notForCalls, checksum: notForCalls },
    },
    planner: {
      prepared: notForCalls,
      plan: notForCalls,
      planAgain: notForCalls,
      planRetry: notForCalls,
    },
    deployments: {
      deployments: {
        findByKey: notForCalls,
        submit: notForCalls,
        list: notForCalls,
        get: notForCalls,
        cancel: notForCalls,
        retry: notForCalls,
        failedVms: notForCalls,
        retryPlan: notForCalls,
        undoPlan: notForCalls,
        undo: notForCalls,
      },
      visible: notForCalls,
      hasServiceAccount: false,
      isAdministrator: notForCalls,
    },
    validation: {
      validations: { begin: notForCalls, read: notForCalls, list: notForCalls },
      schedules: { add: notForCalls, list: notForCalls, remove: notForCalls },
      apiOf: notForCalls,
      vmsOf: notForCalls,
      deploymentVms: notForCalls,
      mayAskAgent: notForCalls,
      isAdministrator: notForCalls,
      hasServiceAccount: false,
    },
    exports: notForCalls,
    consoles: { serve: notForCalls, stop: () => {} },
    doctor: { examine: notForCalls, connection: notForCalls },
    blueprints: {
      list: notForCalls,
      get: notForCalls,
      save: notForCalls,
      change: notForCalls,
      remove: notForCalls,
    },
    sshKeys: { list: notForCalls, add: notForCalls, remove: notForCalls },
    vms: {
      list: notForCalls,
      detail: notForCalls,
      agent: notForCalls,
      metrics: notForCalls,
      cloudInitDocument: notForCalls,
      task: notForCalls,
      power: notForCalls,
      powerOfMany: notForCalls,
      snapshotMany: notForCalls,
      removeMany: notForCalls,
      tagMany: notForCalls,
      checkMany: notForCalls,
      bulk: notForCalls,
      makeSnapshot: notForCalls,
      rollBack: notForCalls,
      deleteSnapshot: notForCalls,
      resizeDisk: notForCalls,
      change: notForCalls,
      regenerateCloudInit: notForCalls,
      remove: notForCalls,
      find: { place: notForCalls, known: notForCalls, at: notForCalls },
    },
    audit: {
      write: notForCalls,
      server: '',
      list: notForCalls,
      statistics: notForCalls,
      read: notForCalls,
      lines: notForCalls,
      operations: notForCalls,
      verify: notForCalls,
      lastVerified: notForCalls,
      seesAll: notForCalls,
    },
    events: {
      events: { subscribe: notForCalls },
      watchSession: notForCalls,
    },
  })
  await app.ready()
  const document = app.swagger()
  await app.close()
  return document
}
