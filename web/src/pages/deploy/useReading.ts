import type { DeployForm } from './form.ts'
import { type NameList, namesOf } from './names.ts'
import type { FieldErrors, Parsed } from './request.ts'
import { useProfileBasis } from './scratch/useProfileBasis.ts'
import { isEmpty } from './useDeployForm.ts'
import { useFormReader } from './useFormReader.ts'
import { useInventory } from './useInventory.ts'

/**
 * The form as it reads: what the VMs are made from, their names, the request, or what keeps it from being one.
 * `ready`: the request, once it is known what the VMs are made from.
 */
export function useReading(form: DeployForm) {
  const reader = useFormReader(!isEmpty(form))
  const { inventory, templates } = useInventory()
  const chosen = inventory.templates.find(({ vmid }) => vmid === form.template) ?? null
  const profile = useProfileBasis(form, inventory.nodes.length)
  const fromTemplate = form.source === 'template'
  const template = fromTemplate ? chosen : profile
  const names = namesOf(form, template)
  const parsed = reader?.toRequest(form, template) ?? unread(form, names)
  const errors = parsed.ok ? {} : parsed.errors
  if (fromTemplate && form.template !== null && chosen === null && templates.isSuccess) {
    errors.template = `There is no template ${form.template}, or your account may not see it. Choose another one.`
  }
  const request = parsed.ok ? parsed.request : null
  const ready = template === null ? null : request
  return { reader, inventory, template, names, errors, request, ready }
}

/** What an empty form lacks, and one whose reader is on its way. */
function unread({ source, template }: DeployForm, names: NameList): Parsed {
  const errors: FieldErrors = {}
  if (source === 'template' && template === null) errors.template = 'Choose a template'
  if (names.problem !== null) errors.namePattern = names.problem
  return { ok: false, errors }
}
