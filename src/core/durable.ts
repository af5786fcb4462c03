/** Writing a file so that it is there whole or not at all, whenever the power fails. */
import { mkdir, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Written beside its place, brought to the disk, then put into place. For one writer at a time: what a fallen one left
 * beside is written over.
 */
export async function writeDurably(path: string, bytes: string | Uint8Array, mode = 0o644): Promise<void> {
  const folder = dirname(path)
  const made = await mkdir(folder, { recursive: true })
  const beside = `${path}.making`
  const file = await open(beside, 'w', mode)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(beside, path)
  const last = made ? dirname(made) : folder
  for (let one = folder; ; one = dirname(one)) {
    await syncFolder(one)
    if (one === last || one === dirname(one)) return
  }
}

/** The names in it. Where a folder cannot be opened for that (Windows), the system sees to it. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined)
  await folder?.sync().catch(() => {})
  await folder?.close()
}
