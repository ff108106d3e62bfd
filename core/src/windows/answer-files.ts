/** The files of an answer image: Windows setup looks for autounattend.xml at the top of every CD drive by itself. */
import type { Answers } from './answers.ts'
import { isWindowsOsType } from './drivers.ts'
import { FIRST_LOGON_SCRIPT, firstLogonJson } from './first-logon.ts'
import { unattendXml } from './unattend.ts'

/** Name of the volume. Not one that cloud-init or Cloudbase-Init look for. */
export const ANSWER_LABEL = 'UNATTEND'

/**
 * By their names on the image; the first has the passwords of the answers, so they are made only when the image is built.
 * Throws where the system is no Windows, or an answer has a character that XML cannot carry (see `answerProblems`).
 */
export function answerFiles({ osType, ...answers }: Answers): Record<string, string> {
  if (!isWindowsOsType(osType)) throw new Error(`${osType} has no Windows setup`)
  const input = { ...answers, osType }
  return {
    'autounattend.xml': unattendXml(input),
    'first-logon.ps1': FIRST_LOGON_SCRIPT,
    'first-logon.json': firstLogonJson(input),
  }
}
