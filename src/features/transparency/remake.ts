/** The files of the log made anew from the journal, as far as it was signed. */
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { writeDurably } from '#kernel/durable-write.ts'
import { journalAfter } from '#kernel/journal.ts'
import { Problem } from '#kernel/problem.ts'
import { areEqual, type Head } from '#codecs/merkle/merkle.ts'
import { growingTree } from '#codecs/tlog/growing.ts'
import { tilePath, tileWidth } from '#codecs/tlog/tiles.ts'
import { entriesOf } from './derive.ts'
import { entryBytes } from './entry.ts'
import { sameOnDisk } from './on-disk.ts'

type Remaking = { db: Kysely<unknown>; nodeId: string; folder: string; head: Head }
type Put = (path: string, bytes: Uint8Array) => Promise<void>

const linesAtOnce = 1_024

/**
 * Mends what differs and tells how many files did. Nothing is touched before the journal has given the tree that was
 * signed. @throws Problem logStandsStill when it gives another.
 */
export async function remake(of: Remaking): Promise<number> {
  const made = await grow(of, async () => {})
  if (made.size !== of.head.size || !areEqual(made.root, of.head.root))
    throw new Problem('logStandsStill', { seq: made.size })
  let mended = 0
  await grow(of, async (path, bytes) => {
    if (await sameOnDisk(join(of.folder, path), bytes)) return
    mended++
    await writeDurably(join(of.folder, path), bytes)
  })
  return mended
}

async function grow({ db, nodeId, head }: Remaking, put: Put): Promise<Head> {
  const tree = growingTree()
  let lastAt = ''
  for (let after = 0; tree.size < head.size;) {
    const lines = await journalAfter(db, after, linesAtOnce)
    if (lines.length === 0) break
    after = lines.at(-1)!.seq
    for (const entry of (await entriesOf(db, nodeId, lines, lastAt)).slice(0, head.size - tree.size)) {
      tree.append(entryBytes(entry))
      lastAt = entry.at
    }
    const isLast = tree.size === head.size
    for (const file of tree.takeFiles()) if (isLast || file.width === tileWidth) await put(tilePath(file), file.bytes)
  }
  return { size: tree.size, root: await tree.root() }
}
