/** Small files in one folder of a node, each there whole or not at all. */
import { randomBytes } from 'node:crypto'
import { posix } from 'node:path'
import type { SFTPWrapper } from 'ssh2'

/** Only root reads them: they may hold password hashes. */
const MODE = 0o600

export type TextFile = { name: string; text: string }

const done = (start: (callback: (error?: Error | null) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    start((error) => (error ? reject(error) : resolve()))
  })

const open = (sftp: SFTPWrapper, path: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    sftp.open(path, 'wx', { mode: MODE }, (error, handle) =>
      error ? reject(error) : resolve(handle),
    )
  })

const list = (sftp: SFTPWrapper, folder: string): Promise<string[]> =>
  new Promise((resolve, reject) => {
    sftp.readdir(folder, (error, entries) =>
      error ? reject(error) : resolve(entries.map(({ filename }) => filename)),
    )
  })

const unlink = (sftp: SFTPWrapper, path: string) => done((callback) => sftp.unlink(path, callback))

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 2

/** Beside its file, in the same folder, so that it can be renamed over it. */
const temporaryOf = (name: string) => `.${name}.${randomBytes(6).toString('hex')}.tmp`
const isTemporaryOf = (name: string, entry: string) =>
  entry.startsWith(`.${name}.`) && /\.[0-9a-f]{12}\.tmp$/.test(entry)

const writeOne = async (sftp: SFTPWrapper, folder: string, { name, text }: TextFile) => {
  const temporary = posix.join(folder, temporaryOf(name))
  const bytes = Buffer.from(text)
  const handle = await open(sftp, temporary)
  try {
    if (bytes.length > 0)
      await done((callback) => sftp.write(handle, bytes, 0, bytes.length, 0, callback))
    await done((callback) => sftp.close(handle, callback))
    // Atomic, and over a file that is there; plain SFTP refuses that (OpenSSH PROTOCOL, 4.3).
    await done((callback) => sftp.ext_openssh_rename(temporary, posix.join(folder, name), callback))
  } catch (error) {
    await unlink(sftp, temporary).catch(() => {})
    throw error
  }
}

export const writeFiles = async (
  sftp: SFTPWrapper,
  folder: string,
  files: TextFile[],
): Promise<void> => {
  for (const file of files) await writeOne(sftp, folder, file)
}

/** Removes them, and what a broken connection left of them. Files that are not there are what was wanted. */
export const removeFiles = async (
  sftp: SFTPWrapper,
  folder: string,
  names: string[],
): Promise<void> => {
  const entries = await list(sftp, folder).catch((error: unknown) => {
    if (isMissing(error)) return []
    throw error
  })
  const ours = entries.filter((entry) =>
    names.some((name) => entry === name || isTemporaryOf(name, entry)),
  )
  for (const entry of ours)
    await unlink(sftp, posix.join(folder, entry)).catch((error: unknown) => {
      if (!isMissing(error)) throw error
    })
}

/** Rejects where the folder is not there or cannot be read. */
export const checkFolder = async (sftp: SFTPWrapper, folder: string): Promise<void> => {
  await list(sftp, folder)
}
