/** What is asked of a log that is there: where an entry stands, its proof, its newest entries. Keeps nothing. */
import { inclusionProof } from '#codecs/merkle/merkle.ts'
import { toBase64 } from '#codecs/tlog/base64.ts'
import { formatProof } from '#codecs/tlog/tlog-proof.ts'
import { tileWidth, widthIn } from '#codecs/tlog/tiles.ts'
import { parseEntry, type LogEntry } from './entry.ts'
import type { LogKeys } from './keys.ts'
import { nodesOf, readBundle, readCheckpoint, readKeys, type LogSource } from './source.ts'

export type EntryProof = {
  entry: LogEntry
  index: number
  size: number
  root: string
  hashes: string[]
  checkpoint: string
  /** All of it in one text (https://c2sp.org/tlog-proof). */
  proof: string
}
export type LogState = {
  origin: string
  size: number
  root: string
  checkpoint: string
  keys: LogKeys['keys']
  newest: (LogEntry & { index: number })[]
}

const bundleOf = (source: LogSource, size: number, n: number) =>
  readBundle(source, n, widthIn(size, { level: 'entries', n }))
const entryOf = (bytes: Uint8Array, index: number) => parseEntry(bytes, `entry ${index}`)

/** The entry that a line of the journal gave, if it gave one and that is in the tree. */
async function findEntry(source: LogSource, size: number, seq: number) {
  // Entries stand in the order of their lines: the last bundle that begins at or before the line has it.
  let [from, to] = [0, Math.ceil(size / tileWidth) - 1]
  while (from < to) {
    const middle = Math.ceil((from + to) / 2)
    const [first] = await bundleOf(source, size, middle)
    if (entryOf(first!, middle * tileWidth).seq <= seq) from = middle
    else to = middle - 1
  }
  const bundle = size > 0 ? await bundleOf(source, size, from) : []
  const entries = bundle.map((bytes, i) => ({ bytes, entry: entryOf(bytes, from * tileWidth + i) }))
  const at = entries.findIndex(({ entry }) => entry.seq === seq)
  return at < 0 ? undefined : { ...entries[at]!, index: from * tileWidth + at }
}

/** Undefined while the line is not under a signed checkpoint. */
export async function proofOf(source: LogSource, seq: number): Promise<EntryProof | undefined> {
  const head = await readCheckpoint(source)
  const found = head && (await findEntry(source, head.size, seq))
  if (!found) return undefined
  const { entry, bytes, index } = found
  const hashes = await inclusionProof(index, head.size, nodesOf(source, head.size))
  return {
    entry,
    index,
    size: head.size,
    root: toBase64(head.root),
    hashes: hashes.map(toBase64),
    checkpoint: head.text,
    proof: formatProof({ extra: bytes, index, hashes, checkpoint: head.text }),
  }
}

/** The last line of the journal that is in the log. */
export async function lastSeqIn(source: LogSource): Promise<number> {
  const head = await readCheckpoint(source)
  return head ? ((await newestOf(source, head.size, 1))[0]?.seq ?? 0) : 0
}

async function newestOf(source: LogSource, size: number, limit: number): Promise<LogState['newest']> {
  const entries: LogState['newest'] = []
  for (let n = Math.ceil(size / tileWidth) - 1; n >= 0 && entries.length < limit; n--) {
    const bundle = await bundleOf(source, size, n)
    for (let i = bundle.length - 1; i >= 0 && entries.length < limit; i--) {
      const index = n * tileWidth + i
      entries.push({ ...entryOf(bundle[i]!, index), index })
    }
  }
  return entries
}

/** Undefined before the first checkpoint. */
export async function stateOf(source: LogSource, limit: number): Promise<LogState | undefined> {
  const head = await readCheckpoint(source)
  if (!head) return undefined
  const { origin, size, root, text } = head
  const keys = (await readKeys(source))?.keys ?? []
  return { origin, size, root: toBase64(root), checkpoint: text, keys, newest: await newestOf(source, size, limit) }
}
