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
  await putInPlace(beside, path, made)
}

/** Brings a file that is already written to the disk and puts it into place, from the same disk. */
export async function placeDurably(from: string, to: string): Promise<void> {
  const made = await mkdir(dirname(to), { recursive: true })
  const file = await open(from, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
  await putInPlace(from, to, made)
}

/** `made`: the outermost folder that was new; its own name must reach the disk too. */
async function putInPlace(from: string, to: string, made: string | undefined): Promise<void> {
  await rename(from, to)
  const folder = dirname(to)
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
