/** What stands between a person and a deployment. */
import { doctorReportSchema } from '@deployer/core/doctor/report.ts'
import type { Doctor } from '../doctor/doctor.ts'
import { type App, callerOf, problems } from './http.ts'

/** Public: who cannot sign in because Proxmox does not answer still hears why. It tells no more than the sign-in page. */
export function connectionDoctorRoute(app: App, doctor: Doctor): void {
  app.get(
    '/doctor/connection',
    {
      schema: {
        summary: 'Why there is no connection to Proxmox, and what to do',
        description: 'Each host of PROXMOX_HOST: whether it answers, its certificate, its clock.',
        tags: ['Doctor'],
        security: [],
        response: { 200: doctorReportSchema, ...problems },
      },
    },
    async () => doctor.connection(),
  )
}

export function doctorRoutes(app: App, doctor: Doctor): void {
  app.get(
    '/doctor',
    {
      schema: {
        summary: 'Everything that should be so before VMs are deployed',
        description:
          'Connection, certificates, clocks, version, quorum, what the caller may do and the commands that would grant ' +
          'the rest, storages, templates, database, disk. Only reads. Each finding is `ok`, `info` (worth knowing), ' +
          '`warn` (should be fixed) or `fail` (stops deployments), the worst first. 200 also where Proxmox does not answer.',
        tags: ['Doctor'],
        response: { 200: doctorReportSchema, ...problems },
      },
    },
    async (request) => doctor.examine(callerOf(request)),
  )
}
