/** Files by what is in them: each lies below its SHA-256, whole or not at all, and once however often it comes. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { placeDurably } from './durable-write.ts'
import { Problem } from './problem.ts'

export type Soundness = 'sound' | 'damaged' | 'missing'

export type FileStore = {
  /** Moves a file here, from the same disk; its place before is empty then. */
  keep: (path: string) => Promise<{ sha256: string; bytes: number }>
  has: (sha256: string) => Promise<boolean>
  path: (sha256: string) => string
  /** @throws Problem fileNotFound */
  bytes: (sha256: string) => Promise<Buffer>
  /** @throws Problem fileNotFound */
  stream: (sha256: string) => Promise<Readable>
  /** Reads a file whole and tells whether it is what it was when it was put here. What cannot be read is damaged. */
  check: (sha256: string) => Promise<Soundness>
  remove: (sha256: string) => Promise<void>
  /** Every digest with the time it was put here. */
  all: () => AsyncIterable<{ sha256: string; since: Date }>
}

const digest = /^[0-9a-f]{64}$/

export function fileStore(folder: string): FileStore {
  const path = (sha256: string) => {
    if (!digest.test(sha256)) throw new Problem('fileNotFound', { file: sha256.slice(0, 64) })
    return join(folder, sha256.slice(0, 2), sha256)
  }
  const notFound = (sha256: string) => (cause: unknown) => {
    throw new Problem('fileNotFound', { file: sha256.slice(0, 64) }, { cause })
  }
  const has = (sha256: string) =>
    stat(path(sha256)).then(
      (found) => found.isFile(),
      () => false,
    )
  /** A disk that cannot say so is not a file that is missing. */
  const isGone = async (sha256: string) =>
    !digest.test(sha256) ||
    (await stat(path(sha256)).then(
      () => false,
      ({ code }: NodeJS.ErrnoException) => code === 'ENOENT' || code === 'ENOTDIR',
    ))
  return {
    path,
    has,
    keep: async (from) => {
      const hash = createHash('sha256')
      let bytes = 0
      for await (const chunk of createReadStream(from)) {
        hash.update(chunk as Buffer)
        bytes += (chunk as Buffer).length
      }
      const sha256 = hash.digest('hex')
      // Put in place again even where it is there: its time begins anew, so that nobody clears it as unused.
      await placeDurably(from, path(sha256))
      return { sha256, bytes }
    },
    bytes: async (sha256) => readFile(path(sha256)).catch(notFound(sha256)),
    stream: async (sha256) => {
      const file = await open(path(sha256)).catch(notFound(sha256))
      return file.createReadStream()
    },
    check: async (sha256) => {
      const hash = createHash('sha256')
      try {
        for await (const chunk of createReadStream(path(sha256))) hash.update(chunk as Buffer)
      } catch {
        return (await isGone(sha256)) ? 'missing' : 'damaged'
      }
      return hash.digest('hex') === sha256 ? 'sound' : 'damaged'
    },
    remove: async (sha256) => {
      // What has another name was never put here.
      if (digest.test(sha256)) await rm(path(sha256), { force: true })
    },
    async *all() {
      for (const part of await readdir(folder).catch(() => []))
        for (const name of await readdir(join(folder, part)).catch(() => []))
          if (digest.test(name)) {
            const found = await stat(join(folder, part, name)).catch(() => undefined)
            if (found) yield { sha256: name, since: found.ctime }
          }
    },
  }
}
