/** A whole log looked through: every entry, every tile, the root, the times, and that it goes on from what it was. */
import { areEqual, emptyRoot, leafHash, type Hash, type Head } from '#codecs/merkle/merkle.ts'
import { Problem } from '#kernel/problem.ts'
import { parseCheckpoint } from '#codecs/tlog/checkpoint.ts'
import { growingTree } from '#codecs/tlog/growing.ts'
import type { Verifier } from '#codecs/tlog/signed-note.ts'
import { joinHashes, levelOf, tilePath, tileWidth, widthIn } from '#codecs/tlog/tiles.ts'
import { newFindings, type Finding, type Findings } from './findings.ts'
import { orderSubscription } from './order.ts'
import { readCheckpoint, readKeys, readTile, widestBundle, type LogSource } from './source.ts'
import { verifyKeys, verifySignature } from './verify-head.ts'

export type Trust = {
  /** The key that one trusts. */
  trusted?: Verifier | undefined
  /** A checkpoint kept from earlier, as text. */
  since?: string | undefined
  tell?: (done: number, of: number) => void
}
export type Verified = { findings: Finding[]; size: number }

/** @throws Problem malformedLog when its checkpoint or keys cannot be read at all. */
export async function verifyLog(source: LogSource, { trusted, since, tell = () => {} }: Trust = {}): Promise<Verified> {
  const findings = newFindings()
  const head = await readCheckpoint(source)
  if (!head) throw new Problem('malformedLog', { what: 'checkpoint' })
  const keys = verifyKeys(findings, await readKeys(source), trusted)
  verifySignature(findings, head, keys, { newestOnly: true })
  const seen = sinceCheck(findings, since, keys, head)
  const root = await readThrough(findings, source, head.size, { seen: seen.at, tell })
  if (root) {
    if (areEqual(root, head.root)) findings.ok('root', { size: head.size })
    else findings.bad('root', { size: head.size })
    seen.judge()
  }
  return { findings: findings.all, size: head.size }
}

/** Remembers the root at the size of an earlier checkpoint and compares it. */
export function sinceCheck(
  findings: Findings,
  since: string | undefined,
  keys: readonly Verifier[],
  now: Head & { origin: string },
) {
  if (since === undefined)
    return { at: (_size: number, _root: () => Promise<Hash>) => Promise.resolve(), judge: () => {} }
  const earlier = parseCheckpoint(since, '--since')
  const { size } = earlier
  let found: Hash | undefined = size === 0 ? emptyRoot : undefined
  const isSigned = verifySignature(findings, earlier, keys, { newestOnly: false })
  return {
    at: async (grown: number, root: () => Promise<Hash>) => {
      if (grown === size) found = await root()
    },
    judge: () => {
      if (!isSigned || earlier.origin !== now.origin) findings.bad('since', { size, now: now.size })
      else if (size > now.size) findings.bad('sinceShorter', { size, now: now.size })
      else if (size === now.size && !areEqual(earlier.root, now.root)) findings.bad('fork', { size })
      else if (!found || !areEqual(found, earlier.root)) findings.bad('since', { size, now: now.size })
      else findings.ok('since', { size, now: now.size })
    },
  }
}

type Reading = { seen: (size: number, root: () => Promise<Hash>) => Promise<void>; tell: NonNullable<Trust['tell']> }

/** Gives the root that the entries make; nothing when one of them is not what its tile says. */
async function readThrough(
  findings: Findings,
  source: LogSource,
  size: number,
  { seen, tell }: Reading,
): Promise<Hash | undefined> {
  const tree = growingTree()
  const order = orderSubscription(findings)
  let wrongTiles = 0
  for (const { n, width } of levelOf('entries', size)) {
    const hashes = await tileOrNothing(source, n, width)
    const entries = await widestBundle(source, n, width)
    const wrong = compare(entries, hashes, width)
    if (wrong) {
      findings.bad(wrong.step, { index: n * tileWidth + wrong.at })
      return undefined
    }
    for (const [i, bytes] of entries.entries()) {
      tree.append(bytes)
      order.next(bytes, n * tileWidth + i)
      await seen(tree.size, tree.root)
    }
    const isLast = tree.size === size
    for (const file of tree.takeFiles())
      if (file.level !== 'entries' && (isLast || file.width === tileWidth)) {
        const found = await readTile(source, { ...file, width: widthIn(size, file) }).catch(() => undefined)
        if (!found || !areEqual(joinHashes(found), file.bytes)) {
          if (wrongTiles++ === 0) findings.bad('tile', { path: tilePath(file) })
        }
      }
    tell(tree.size, size)
  }
  findings.ok('entries', { count: size })
  order.end()
  return tree.root()
}

const tileOrNothing = (source: LogSource, n: number, width: number): Promise<Hash[] | undefined> =>
  readTile(source, { level: 0, n, width }).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'malformedLog') return undefined
    throw error
  })

/** The first entry that is not the one whose hash its tile holds, and what seems to have happened to it. */
function compare(entries: readonly Uint8Array[], hashes: readonly Hash[] | undefined, width: number) {
  for (let at = 0; at < width; at++) {
    const entry = entries[at]
    if (!entry) return { step: 'entryMissing', at }
    if (!hashes || areEqual(leafHash(entry), hashes[at]!)) continue
    const next = hashes[at + 1]
    return { step: next && areEqual(leafHash(entry), next) ? 'entryMissing' : 'entryChanged', at }
  }
  return undefined
}
