/** A tree that grows entry by entry, and gives out its tiles and bundles as they become what they are. */
import { leafHash, rootOf, type Hash } from '../merkle/merkle.ts'
import { combine, encodeBundle, joinHashes, nodesFromTiles, tileWidth, type TileName } from './tiles.ts'

export type GrownFile = TileName & { bytes: Uint8Array }
/** What must be known of a tree to let it grow: the partial tile of each level, and the partial bundle. */
export type Edge = { size: number; hashes: readonly (readonly Hash[])[]; entries: readonly Uint8Array[] }
export type GrowingTree = ReturnType<typeof growingTree>

export function growingTree(from: Edge = { size: 0, hashes: [], entries: [] }) {
  let size = from.size
  let entries = [...from.entries]
  const hashes = from.hashes.map((row) => [...row])
  const full: GrownFile[] = []
  const rowAt = (level: number) => (hashes[level] ??= [])
  const tileNow = (level: TileName['level'], width: number, bytes: Uint8Array): GrownFile => {
    const n = Math.ceil(size / tileWidth ** (level === 'entries' ? 1 : level + 1)) - 1
    return { level, n, width, bytes }
  }

  function addHash(level: number, hash: Hash): void {
    const row = rowAt(level)
    row.push(hash)
    if (row.length < tileWidth) return
    full.push(tileNow(level, tileWidth, joinHashes(row)))
    hashes[level] = []
    addHash(level + 1, combine(row))
  }

  return {
    get size() {
      return size
    },
    append: (entry: Uint8Array): void => {
      size++
      entries.push(entry)
      if (entries.length === tileWidth) {
        full.push(tileNow('entries', tileWidth, encodeBundle(entries)))
        entries = []
      }
      addHash(0, leafHash(entry))
    },
    /** The files that became full since last asked for, and those that are partial now. */
    takeFiles: (): GrownFile[] => [
      ...full.splice(0),
      ...(entries.length ? [tileNow('entries', entries.length, encodeBundle(entries))] : []),
      ...hashes.flatMap((row, level) => (row.length ? [tileNow(level, row.length, joinHashes(row))] : [])),
    ],
    /** Only the last tile of each level is needed: the others are hashed into the level above. */
    root: (): Promise<Hash> =>
      rootOf(
        size,
        nodesFromTiles(size, async ({ level }) => rowAt(level as number)),
      ),
  }
}
