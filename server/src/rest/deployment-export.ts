/** What was built, as code. */
import { type ExportedDeployment, exportFormats } from '@deployer/core/export/deployment.ts'
import { canExport, exportAs, exportFiles } from '@deployer/core/export/exports.ts'
import { z } from 'zod'
import { ProblemError } from '../problem.ts'
import type { Visibility } from '../deployments/visibility.ts'
import { idParams, noSuchDeployment, refuseHidden } from './deployment-access.ts'
import { type App, callerOf, problems } from './http.ts'

const text = { schema: z.string() }

export function deploymentExportRoutes(
  app: App,
  read: (id: string) => Promise<ExportedDeployment | null>,
  visible: Visibility['among'],
): void {
  app.get(
    '/deployments/:id/export',
    {
      schema: {
        summary: 'Take it along as code',
        description:
          '`json`: the request. `curl`: every call of the plan as a shell script. `terraform`: for the provider bpg/proxmox. ' +
          '`ansible`: for the collection community.proxmox. Secrets are variables; what a format has no words for is said in it.',
        tags: ['Deployments'],
        params: idParams,
        querystring: z.strictObject({ format: z.enum(exportFormats).default('json') }),
        response: {
          200: {
            description: 'The file',
            content: Object.fromEntries(Object.values(exportFiles).map(({ type }) => [type, text])),
          },
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { format } = request.query
      await refuseHidden(visible, callerOf(request), id)
      const deployment = await read(id)
      if (deployment === null) throw noSuchDeployment(id)
      if (!canExport(deployment, format))
        throw new ProblemError({
          kind: 'nothing-to-export',
          status: 409,
          title: 'An undo is not exported in this format',
          detail: `${id} destroys VMs; Terraform and Ansible say what there is.`,
          hint: 'format=curl has its calls.',
        })
      const { type, name } = exportFiles[format]
      return reply
        .header('content-disposition', `attachment; filename="${id}-${name}"`)
        .type(`${type}; charset=utf-8`)
        .send(exportAs(format, deployment))
    },
  )
}
