/** Files that are there whole or not at all, and whose bytes are known by their SHA-256. */
import { createHash } from 'node:crypto'
import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

const chunkBytes = 32 * 1024 * 1024
let temporary = 0

export const draftPattern = /^[\w-]+\.tmp$/

export const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

/** Written aside, forced to the disk, and then given its name. */
export async function writeWhole(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const draft = join(folder, `${process.pid}-${temporary++}-${name.replace(/\W/g, '-')}.tmp`)
  try {
    const handle = await open(draft, 'w')
    try {
      for (let at = 0; at < bytes.length;) {
        const { bytesWritten } = await handle.write(bytes, at, Math.min(chunkBytes, bytes.length - at))
        at += bytesWritten
      }
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, join(folder, name))
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/** Fills the buffer with a file of just this length and hash; false where it is another, or none. */
export async function readChecked(path: string, bytes: Uint8Array, check: string): Promise<boolean> {
  const handle = await unlessAbsent(open(path, 'r'))
  if (!handle) return false
  const hash = createHash('sha256')
  try {
    if ((await handle.stat()).size !== bytes.length) return false
    for (let at = 0; at < bytes.length;) {
      const { bytesRead } = await handle.read(bytes, at, Math.min(chunkBytes, bytes.length - at), at)
      if (bytesRead === 0) return false
      hash.update(bytes.subarray(at, at + bytesRead))
      at += bytesRead
    }
  } finally {
    await handle.close()
  }
  return hash.digest('hex') === check
}

const isAbsent = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'

async function unlessAbsent<Result>(asked: Promise<Result>): Promise<Result | null> {
  try {
    return await asked
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

export const infoOf = (path: string) => unlessAbsent(stat(path))
export const textOf = (path: string) => unlessAbsent(readFile(path, 'utf8'))

export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder, and needs no sync of it.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
