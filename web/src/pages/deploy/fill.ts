import { type DraftStorage, keepPrevious, loadDraft, saveDraft } from './draft.ts'
import type { DeployForm } from './form.ts'
import { isEmpty, sameForm } from './useDeployForm.ts'

/** Makes a form the draft. The one before it is put aside where there was something in it. */
export function fillDraft(storage: DraftStorage, form: DeployForm, now: Date): void {
  const draft = loadDraft(storage)?.form ?? form
  if (!isEmpty(draft) && !sameForm(draft, form)) keepPrevious(storage, draft, now)
  saveDraft(storage, form, now)
}
