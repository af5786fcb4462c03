/** What the log does to its files beside writing them. */
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { tilePath, tileWidth, type TileName } from '#codecs/tlog/tiles.ts'

/** Partial files that a wider one has taken the place of; readers who still ask for them get its beginning. */
export async function removeNarrower(folder: string, name: TileName): Promise<void> {
  const partials = join(folder, `${tilePath({ ...name, width: tileWidth })}.p`)
  if (name.width === tileWidth) return rm(partials, { recursive: true, force: true })
  const narrower = (await readdir(partials).catch(() => [])).filter((one) => Number.parseInt(one, 10) < name.width)
  for (const one of narrower) await rm(join(partials, one), { force: true })
}

export async function sameOnDisk(path: string, bytes: Uint8Array): Promise<boolean> {
  const found = await readFile(path).catch(() => undefined)
  return found !== undefined && found.equals(bytes)
}
