import { templateHealthSchema } from '@deployer/core/template-health.ts'
import { startedSchema } from '@deployer/core/vm.ts'
import { z } from 'zod'
import { noteAudit } from '../audit/requests.ts'
import type { Endings } from '../images/endings.ts'
import type { Convert } from '../templates/convert.ts'
import type { TemplateHealthReader } from '../templates/health.ts'
import { type App, callerOf, problems } from './http.ts'
import { vmParams } from './vms.ts'

export type TemplateDeps = { health: TemplateHealthReader; convert: Convert; endings: Endings }

export function templateRoutes(app: App, { health, convert, endings }: TemplateDeps): void {
  app.get(
    '/templates/health',
    {
      schema: {
        summary:
          'The health of each template, with what to fix, and the linked clones that hang on it',
        description:
          'From its config: agent, cloud-init drive, disk bus, serial console, firmware, TPM, age and more. Those whose node ' +
          'does not answer are left out.',
        tags: ['Inventory'],
        response: { 200: z.object({ templates: z.array(templateHealthSchema) }), ...problems },
      },
    },
    async (request) => ({ templates: await health.read(callerOf(request)) }),
  )

  app.post(
    '/vms/:vmid/convert-to-template',
    {
      schema: {
        summary: 'Make a VM a template, for good',
        description:
          'It must be stopped and have no snapshots. A VM that a deployment made belongs to it no longer: the undo of the ' +
          'deployment leaves the template alone.',
        tags: ['VMs'],
        params: vmParams,
        response: { 202: startedSchema, ...problems },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const done = await convert.convert(caller, request.params.vmid)
      const { vmid, name, node, upid } = done
      noteAudit(request, {
        vm: { vmid, name, node },
        upids: [upid],
        changes: { template: { from: false, to: true } },
        outcome: endings.of(caller, upid),
      })
      return reply.code(202).send(done)
    },
  )
}
