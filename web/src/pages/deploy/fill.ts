import { keepPrevious, saveDraft } from './draft.ts'
import type { FormReader } from './form-reader.ts'
import type { DeployForm } from './form.ts'
import type { DraftStorage } from './kept-text.ts'
import { isEmpty, sameForm } from './useDeployForm.ts'

/** Makes a form the draft. The one before it is put aside where there was something in it. */
export function fillDraft(
  reader: FormReader,
  storage: DraftStorage,
  form: DeployForm,
  now: Date,
): void {
  const draft = reader.loadDraft(storage)?.form ?? form
  if (!isEmpty(draft) && !sameForm(draft, form)) keepPrevious(storage, draft, now)
  saveDraft(storage, form, now)
}
