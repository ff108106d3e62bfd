import { toast } from '../../ui/Toast.tsx'

/** As much as the server takes. */
const MOST_BYTES = 1024 * 1024

/** Hands over the text of a file, or says why not. */
export async function readFile(file: File, onText: (text: string) => void): Promise<void> {
  if (file.size > MOST_BYTES) {
    toast('bad', `${file.name} is larger than a blueprint can be: 1 MiB`)
    return
  }
  try {
    onText(await file.text())
  } catch {
    toast('bad', `${file.name} cannot be read`)
  }
}
