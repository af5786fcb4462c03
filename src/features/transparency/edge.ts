import { Problem } from '#kernel/problem.ts'
import { areEqual, type Hash, type Head } from '#codecs/merkle/merkle.ts'
import { growingTree, type Edge } from '#codecs/tlog/growing.ts'
import { edgeOf, tileWidth, widthIn } from '#codecs/tlog/tiles.ts'
import { parseEntry, type LogEntry } from './entry.ts'
import { readBundle, readTile, type LogSource } from './source.ts'

/** What a log goes on from: its last tiles, made sure of by its root, and its last entry. @throws Problem malformedLog */
export async function readEdge(
  source: LogSource,
  head: Head | undefined,
): Promise<Edge & { last: LogEntry | undefined }> {
  const size = head?.size ?? 0
  if (!head || size === 0) return { size: 0, hashes: [], entries: [], last: undefined }
  const hashes: Hash[][] = []
  for (const name of edgeOf(size)) hashes[name.level as number] = await readTile(source, name)
  const n = Math.floor((size - 1) / tileWidth)
  const bundle = await readBundle(source, n, widthIn(size, { level: 'entries', n }))
  const edge = {
    size,
    hashes: Array.from(hashes, (row) => row ?? []),
    entries: bundle.length === tileWidth ? [] : bundle,
  }
  if (!areEqual(await growingTree(edge).root(), head.root)) throw new Problem('malformedLog', { what: 'checkpoint' })
  return { ...edge, last: parseEntry(bundle.at(-1)!, 'entries') }
}
