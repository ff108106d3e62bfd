/** The files of an answer image: Windows setup looks for autounattend.xml at the top of every CD drive by itself. */
import { type FirstLogonAnswers, FIRST_LOGON_SCRIPT, firstLogonJson } from './first-logon.ts'
import { type SetupAnswers, unattendXml } from './unattend.ts'

/** Name of the volume. Not one that cloud-init or Cloudbase-Init look for. */
export const ANSWER_LABEL = 'UNATTEND'

export type AnswerInput = SetupAnswers & Pick<FirstLogonAnswers, 'nics'>

/**
 * By their names on the image, without passwords: `withAnswerPasswords` puts them in when the image is written, so that
 * neither the plan nor the database has them. Throws where `answerProblems` has something to say of characters.
 */
export function answerFiles(input: AnswerInput): Record<string, string> {
  const { osType, diskBus, nics, unattended } = input
  const commands = unattended.commands ?? []
  return {
    'autounattend.xml': unattendXml(input),
    'first-logon.ps1': FIRST_LOGON_SCRIPT,
    'first-logon.json': firstLogonJson({ osType, diskBus, nics, commands }),
  }
}
