/** What the node keeps is for the user it runs as alone: letters, keys, drafts and the search for them lie in its folder. */
import { chmod, lstat, open } from 'node:fs/promises'
import { join } from 'node:path'

/** What is made from now on, by this process. */
export const privately = () => process.umask(0o077)

const folders = ['outbox', 'keys', 'uploads', 'files', 'search', 'reports']
const besides = ['', '-wal', '-shm', '-journal']
const forOthers = 0o077

const modeOf = (path: string): Promise<number | undefined> =>
  lstat(path).then(
    (found) => (found.isSymbolicLink() ? undefined : found.mode & 0o777),
    () => undefined,
  )

/** A database of one file, before it is opened: the files that SQLite puts beside it get its mode. Earlier versions left it to all. */
export async function keepFilePrivate(path: string): Promise<void> {
  const made = await open(path, 'a', 0o600).catch(() => undefined)
  await made?.close()
  for (const one of besides) await closeToOthers(`${path}${one}`)
}

/** Folders that earlier versions made; the folder of the data itself is the operator’s to set. */
export const keepFoldersPrivate = async (dataDir: string): Promise<void> => {
  for (const name of folders) await closeToOthers(join(dataDir, name))
}

async function closeToOthers(path: string): Promise<void> {
  const mode = await modeOf(path)
  if (mode !== undefined && (mode & forOthers) !== 0) await chmod(path, mode & ~forOthers).catch(() => {})
}

/** What other users of the machine can read, below the folder of the data; nothing where that is closed to them. */
export async function readableByOthers(dataDir: string): Promise<string[]> {
  const own = await modeOf(dataDir)
  if (own !== undefined && (own & 0o011) === 0) return []
  const paths = [...folders, ...besides.map((one) => `qingdao.sqlite${one}`)].map((name) => join(dataDir, name))
  const modes = await Promise.all(paths.map(modeOf))
  return paths.filter((_, at) => modes[at] !== undefined && (modes[at]! & forOthers) !== 0)
}
