/** What was built, as code. */
import { asAnsible } from './ansible.ts'
import { asCurl } from './curl.ts'
import type { ExportedDeployment, ExportFormat } from './deployment.ts'
import { asTerraform } from './terraform.ts'

export const exportFiles: Record<ExportFormat, { type: string; name: string }> = {
  json: { type: 'application/json', name: 'request.json' },
  curl: { type: 'text/x-shellscript', name: 'deploy.sh' },
  terraform: { type: 'text/plain', name: 'main.tf' },
  ansible: { type: 'application/yaml', name: 'playbook.yml' },
}

/** An undo has its calls alone: Terraform and Ansible say what there is, not what goes. */
export const canExport = (deployment: Pick<ExportedDeployment, 'isUndo'>, format: ExportFormat) =>
  !deployment.isUndo || format === 'curl' || format === 'json'

/** The whole file, which ends with a line feed. No secret is in it. */
export const exportAs = (format: ExportFormat, deployment: ExportedDeployment): string => {
  switch (format) {
    case 'json':
      return `${JSON.stringify(deployment.request, null, 2)}\n`
    case 'curl':
      return asCurl(deployment)
    case 'terraform':
      return asTerraform(deployment)
    case 'ansible':
      return asAnsible(deployment)
  }
}
