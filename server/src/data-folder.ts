/** The folder of everything that must survive. */
import { codeOf, messageOf } from '@deployer/proxmox/caught.ts'
import { accessSync, constants, mkdirSync } from 'node:fs'

/** Makes it where it is missing. @throws {Error} in words for the operator. */
export function openDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
  } catch (cause) {
    const why = reasons[codeOf(cause)] ?? messageOf(cause)
    throw new Error(
      `The data folder ${folder} cannot be used: ${why}. Choose another with DATA_DIR.`,
      { cause },
    )
  }
}

const reasons: Record<string, string> = {
  EACCES: 'this account may not write there',
  EPERM: 'this account may not write there',
  EROFS: 'its file system is read-only',
  EEXIST: 'it is a file',
  ENOTDIR: 'a part of the path is a file',
  ENOSPC: 'the disk is full',
}
