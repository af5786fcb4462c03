/** What this node gives in packs: its own records, signed, and copies of others’ as they came. */
import type { Kysely } from 'kysely'
import type { Services } from '#kernel/context.ts'
import { journalAfter, journalHead, type JournalLine } from '#kernel/journal.ts'
import { Problem } from '#kernel/problem.ts'
import { privateKeyOfSeed } from '#codecs/data-integrity/multikey.ts'
import { createPublicKey, type KeyObject } from 'node:crypto'
import { keysOf } from '#features/transparency/keys.ts'
import { isDemonstration } from '#records/demonstration.ts'
import type { Kind } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { signRecord, type SignedRecord } from '../signed-record.ts'
import { federated, type Copy } from '../store.ts'
import { mostHops, type Footer, type Home, type Line } from './pack.ts'

export type Choice = {
  /** A place of the journal: what changed since. */
  after: number
  /** Kinds of records; all where absent. */
  kinds?: readonly string[] | undefined
  /** Records too that were read from sources, which others read themselves. */
  sources?: boolean | undefined
  /** The node that it is for: it is not given what it has. */
  for?: string | undefined
  /** At most this many records. */
  limit?: number | undefined
}

const linesAtOnce = 1_000

/** The signing key of this node, which is that of its log. @throws Problem logKeyMissing */
export async function signingKey(dataDir: string, node: string): Promise<{ key: KeyObject; publicKey: KeyObject }> {
  const { seed } = await keysOf(dataDir, node).signer()
  const key = privateKeyOfSeed(seed)
  return { key, publicKey: createPublicKey(key) }
}

/** Whether records of a kind travel: not how a node presents itself, nor what helps its search. */
export const travels = (kind: Kind | undefined): kind is Kind => kind !== undefined && !kind.isOfNode && !kind.isAid

/** What a source gave and nobody here changed: who wants it reads the source. */
const isOfSource = ({ changedBy }: StoredRecord) => changedBy.startsWith('system:import/')

/** What was withdrawn here alone: its text is not told here by another way either. */
export const isHeldBack = ({ status }: Pick<StoredRecord, 'status'>, { document }: Copy): boolean =>
  status === 'withdrawn' && (JSON.parse(document) as SignedRecord).record.status === 'published'

type Giver = { db: Kysely<unknown>; services: Pick<Services, 'kinds' | 'site'>; dataDir: string; node: string }

/** A record of this node, signed. @throws Problem logKeyMissing */
export async function signedHere(
  { db, services, dataDir, node }: Giver,
  record: StoredRecord,
  keys?: Awaited<ReturnType<typeof signingKey>>,
): Promise<SignedRecord> {
  const { key, publicKey } = keys ?? (await signingKey(dataDir, node))
  const versions = record.revision > 1 ? await records(db).versions(record.number) : []
  const address = `${services.site.address}/records/${record.id}`
  return signRecord({ node, address, record, versions }, key, publicKey)
}

/** The lines of a pack, and how far they go once they were all read. */
export function giving(giver: Giver, { after, kinds, sources = false, for: asker, limit = Infinity }: Choice) {
  const { db, services, dataDir, node } = giver
  let end: Pick<Footer, 'upTo' | 'isWhole'> = { upTo: after, isWhole: false }

  async function* lines(): AsyncIterable<Line> {
    const keys = await signingKey(dataDir, node)
    const head = await journalHead(db)
    const given = new Set<number>()
    let count = 0
    for (let place = after; place < head;) {
      const journal = (await journalAfter(db, place, linesAtOnce)).filter(({ seq }) => seq <= head)
      if (journal.length === 0) break
      for (const group of await chosenOf(journal.filter(({ recordNumber }) => !given.has(recordNumber)))) {
        if (count >= limit) {
          end = { upTo: group.seq - 1, isWhole: false }
          return
        }
        given.add(group.record.number)
        const line = group.copy
          ? {
              chain: [...group.copy.chain, node],
              taken: [...group.copy.taken, group.copy.takenAt],
              signed: JSON.parse(group.copy.document) as Line['signed'],
            }
          : {
              chain: [node],
              taken: [group.record.changedAt],
              signed: await signedHere(giver, group.record, keys),
            }
        if (line.chain.length > mostHops || (asker !== undefined && line.chain.includes(asker))) continue
        count++
        yield line
      }
      place = journal.at(-1)!.seq
      end = { upTo: place, isWhole: place >= head }
    }
    end = { upTo: Math.max(after, head), isWhole: true }
  }

  /** The records of some lines that are to be given, each once, at its first line. */
  async function chosenOf(journal: readonly JournalLine[]) {
    const first = new Map<number, JournalLine>()
    for (const line of journal)
      if (
        !first.has(line.recordNumber) &&
        travels(services.kinds.get(line.kind)) &&
        (kinds?.includes(line.kind) ?? true)
      )
        first.set(line.recordNumber, line)
    const found = await records(db).byNumbers([...first.keys()])
    const copies = await federated(db).copies(found.map(({ id }) => id))
    return found.flatMap((record) => {
      const copy = copies.get(record.id)
      if (isDemonstration(record) || (!copy && !sources && isOfSource(record))) return []
      if (copy && isHeldBack(record, copy)) return []
      return [{ record, copy, seq: first.get(record.number)!.seq }]
    })
  }

  return { lines, end: () => end }
}

/** The nodes whose records may be in a pack, so that these can be verified without asking anybody. */
export async function homesOf(db: Kysely<unknown>): Promise<Home[]> {
  const known = (await federated(db).nodes()).filter(({ keys }) => keys.length > 0)
  return known.map(({ id, address, name, keys }) => ({ node: id, address, name, keys }))
}

/** @throws Problem badRequest for what is no place of the journal */
export function placeIn(text: string | undefined): number {
  if (text === undefined || text === '') return 0
  if (!/^\d{1,15}$/.test(text)) throw new Problem('badRequest', {})
  return Number(text)
}
