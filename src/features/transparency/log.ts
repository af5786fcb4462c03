/**
 * The transparency log of a node: follows the journal, an entry for each version that was published. Its files are
 * derived; what was signed is not, so a tree that would contradict it is never signed.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from '#kernel/database/database.ts'
import { tryLock } from '#kernel/database/file-lock.ts'
import { writeDurably } from '#kernel/durable-write.ts'
import { catchUp, journalAfter, journalHead, type Follower, type JournalLine } from '#kernel/journal.ts'
import { Problem } from '#kernel/problem.ts'
import { areEqual, emptyRoot, rootOf, type Head } from '#codecs/merkle/merkle.ts'
import { checkpointText, parseCheckpoint } from '#codecs/tlog/checkpoint.ts'
import { growingTree, type GrowingTree } from '#codecs/tlog/growing.ts'
import { parseVerifier, signNote, verifiedBy } from '#codecs/tlog/signed-note.ts'
import { tilePath } from '#codecs/tlog/tiles.ts'
import { compareWithLog } from './compare.ts'
import { entriesOf } from './derive.ts'
import { entryBytes, type LogEntry } from './entry.ts'
import { keysOf, originOf } from './keys.ts'
import { removeNarrower } from './on-disk.ts'
import { remake } from './remake.ts'
import { readEdge } from './edge.ts'
import { noteSigner, notedSigner } from './signers.ts'
import { folderSource, nodesOf, readCheckpoint } from './source.ts'

export type LogOptions = {
  database: Database
  dataDir: string
  nodeId: string
  now: () => Date
  random: (size: number) => Uint8Array
}
export type TransparencyLog = ReturnType<typeof openLog>

const linesAtOnce = 1_024
const seedBytes = 32
const lockTries = 1_200
const lockPauseMs = 50

/** A tree as far as it has grown, and the last entry in it. */
type Grown = { tree: GrowingTree; last: LogEntry | undefined }

export const logFolder = (dataDir: string, nodeId: string): string => join(dataDir, 'log', nodeId)

export function openLog({ database, dataDir, nodeId, now, random }: LogOptions) {
  const { read: db, writable } = database
  const folder = logFolder(dataDir, nodeId)
  const source = folderSource(folder)
  const keys = keysOf(dataDir, nodeId)
  const origin = originOf(nodeId)
  let grown: Grown = { tree: growingTree(), last: undefined }
  /** The checkpoint that `grown` goes on from; another process may have gone further since. */
  let knownCheckpoint: string | undefined
  /** Lines taken, those that gave no entry too. */
  let place = 0
  /** Why nothing more is signed. */
  let trouble: Problem | undefined

  /** One process at a time writes. Undefined when that is another. */
  async function locked<Result>(work: () => Promise<Result>): Promise<{ answer: Result } | undefined> {
    await mkdir(folder, { recursive: true })
    const release = tryLock(`${folder}.lock`)
    if (!release) return undefined
    try {
      return { answer: await work() }
    } finally {
      release()
    }
  }

  async function lockedInTime<Result>(work: () => Promise<Result>): Promise<Result> {
    for (let i = 0; i < lockTries; i++) {
      const done = await locked(work)
      if (done) return done.answer
      await new Promise((resume) => setTimeout(resume, lockPauseMs))
    }
    throw new Problem('unavailable', { what: folder })
  }

  /** Goes on from what is on the disk, after making sure that it is what was signed. */
  async function load({ isBegunAnew = false } = {}): Promise<void> {
    const signed = await keys.lastSigned()
    const checkpoint = await readCheckpoint(source)
    const noted = isBegunAnew ? undefined : await notedSigner(db)
    const wasSigned = signed !== undefined || checkpoint !== undefined || noted !== undefined
    await keys.make(random(seedBytes), now().toISOString(), wasSigned)
    await keys.expectHeld(noted)
    await noteNewest(noted)
    if (checkpoint?.text !== knownCheckpoint || !checkpoint) {
      const edge = await readEdge(source, checkpoint)
      await expectSame(signed, checkpoint)
      await expectSameJournal(edge.last)
      grown = { tree: growingTree(edge), last: edge.last }
      place = edge.last?.seq ?? 0
      knownCheckpoint = checkpoint?.text
    }
    if (!checkpoint && !signed) await publish({ size: 0, root: emptyRoot })
    if (checkpoint && !(await isSignedByNewest(checkpoint.text)))
      await publish({ size: checkpoint.size, root: checkpoint.root })
  }

  async function noteNewest(noted?: string): Promise<void> {
    const { verifier } = (await keys.publicKeys())!.keys.at(-1)!
    if (verifier !== noted) await noteSigner(database, verifier)
  }

  /** Either may have been put back from an older copy, and the checkpoint may be damaged: then the other holds. */
  async function furthestSigned(): Promise<Head | undefined> {
    const signed = await keys.lastSigned()
    const served = await readCheckpoint(source).catch((error: unknown) => {
      if (error instanceof Problem) return undefined
      throw error
    })
    const verifiers = (await keys.publicKeys())?.keys.map(({ verifier }) => parseVerifier(verifier)) ?? []
    const isOurs = served && verifiedBy(served.note, verifiers).length > 0
    return isOurs && served.size > (signed?.size ?? -1) ? { size: served.size, root: served.root } : signed
  }

  async function isSignedByNewest(checkpoint: string): Promise<boolean> {
    const newest = (await keys.publicKeys())!.keys.at(-1)!
    return verifiedBy(parseCheckpoint(checkpoint).note, [parseVerifier(newest.verifier)]).length > 0
  }

  /** The tree on the disk must go on from the one that was signed last. */
  async function expectSame(signed: Head | undefined, now: Head | undefined): Promise<void> {
    if (!signed || !now || signed.size > now.size) return
    const root = await rootOf(signed.size, nodesOf(source, now.size))
    if (!areEqual(root, signed.root)) throw new Problem('logStandsStill', { seq: signed.size })
  }

  /** The journal must still hold the line of the last entry: it may have been put back from an older copy. */
  async function expectSameJournal(last: LogEntry | undefined): Promise<void> {
    if (!last) return
    const [line] = await journalAfter(db, last.seq - 1, 1)
    const isSame =
      line?.seq === last.seq &&
      line.recordId === last.record &&
      line.revision === last.revision &&
      line.action === last.action
    if (!isSame) throw new Problem('logStandsStill', { seq: last.seq })
  }

  /** First the head is noted as signed, then it is: if the power fails between, the same tree is signed again. */
  async function publish(head: Head): Promise<void> {
    const signer = await keys.signer()
    await keys.keepSigned(head)
    const text = signNote(checkpointText(origin, head), [signer])
    await writeDurably(join(folder, 'keys'), `${JSON.stringify(await keys.publicKeys(), null, 2)}\n`)
    await writeDurably(join(folder, 'checkpoint'), text)
    knownCheckpoint = text
  }

  async function take(lines: readonly JournalLine[]): Promise<void> {
    const entries = await entriesOf(db, nodeId, lines, grown.last?.at ?? '')
    const signed = await keys.lastSigned()
    for (const entry of entries) {
      grown.tree.append(entryBytes(entry))
      grown.last = entry
      if (grown.tree.size === signed?.size && !areEqual(await grown.tree.root(), signed.root))
        throw new Problem('logStandsStill', { seq: entry.seq })
    }
    if (entries.length > 0) await keep(signed)
    place = lines.at(-1)!.seq
  }

  async function keep(signed: Head | undefined): Promise<void> {
    const { tree } = grown
    const files = tree.takeFiles()
    await Promise.all(files.map((file) => writeDurably(join(folder, tilePath(file)), file.bytes)))
    if (tree.size < (signed?.size ?? 0)) return
    await publish({ size: tree.size, root: await tree.root() })
    await Promise.all(files.map((file) => removeNarrower(folder, file)))
  }

  /** What went wrong half-way is not gone on from. */
  const forget = (error: unknown): never => {
    knownCheckpoint = undefined
    grown = { tree: growingTree(), last: undefined }
    place = 0
    if (error instanceof Problem) trouble = error
    throw error
  }

  /** What is signed is there, and the journal goes on from it. Looks at all that `run` would meet, and changes nothing. */
  async function expectContinues(): Promise<void> {
    await keys.expectHeld(await notedSigner(db))
    const signed = await keys.lastSigned()
    const checkpoint = await readCheckpoint(source)
    await expectSame(signed, checkpoint)
    await expectSameJournal((await readEdge(source, checkpoint)).last)
    if (!signed || signed.size <= (checkpoint?.size ?? 0)) return
    const { size, behind, changed } = await compareWithLog(db, nodeId, source)
    if (changed.length === 0 && size + behind < signed.size)
      throw new Problem('logStandsStill', { seq: await journalHead(db) })
  }

  const follower: Follower = { name: 'log', place: () => place, atOnce: linesAtOnce, take }
  let running: Promise<void> | undefined
  let isBegun = false

  async function run(): Promise<void> {
    if (!writable || (isBegun && (await journalHead(db)) <= place)) return
    await locked(async () => {
      await load()
      await catchUp(follower, db)
      const signed = await keys.lastSigned()
      if (signed && grown.tree.size < signed.size) throw new Problem('logStandsStill', { seq: place })
      isBegun = true
      trouble = undefined
    }).catch(forget)
  }

  return {
    folder,
    source,
    /** Up to the head of the journal, unless another process is at it. */
    follow: (): Promise<void> => (running ??= run().finally(() => (running = undefined))),
    /** Until the log holds this line of the journal, whichever process enters it. @throws Problem unavailable */
    reach: async (seq: number): Promise<void> => {
      if (seq > place)
        await lockedInTime(async () => {
          await load()
          await catchUp(follower, db)
        }).catch(forget)
    },
    publicKeys: keys.publicKeys,
    /** Why this process signs nothing more, as it met it last. */
    trouble: (): Problem | undefined => trouble,
    /** The same, looked for on the disk: for who asks beside the node. */
    findTrouble: (): Promise<Problem | undefined> =>
      expectContinues().then(
        () => undefined,
        (error: unknown) => {
          if (error instanceof Problem) return error
          throw error
        },
      ),
    /** A log of its own where the one before is lost for good and its files were moved aside. @throws Problem logKeyMissing */
    begin: (): Promise<void> => lockedInTime(() => load({ isBegunAnew: true })),
    /** A new key signs from now on; the checkpoint is signed with it at once. */
    rotateKey: (): Promise<void> =>
      lockedInTime(async () => {
        await load()
        await keys.rotate(random(seedBytes), now().toISOString())
        await noteNewest()
        const checkpoint = await readCheckpoint(source)
        if (checkpoint) await publish(checkpoint)
      }),
    /** A key does not count from a time on, for others have it; the one that signs now is replaced. */
    revokeKey: (since: string, verifier?: string): Promise<void> =>
      lockedInTime(async () => {
        await load()
        await keys.revoke(random(seedBytes), now().toISOString(), since, verifier)
        await noteNewest()
        const checkpoint = await readCheckpoint(source)
        if (checkpoint) await publish(checkpoint)
      }),
    /** Makes all files anew from the journal; those that differ are mended, if the tree is the one that was signed. */
    rebuild: (): Promise<{ size: number; mended: number }> =>
      lockedInTime(async () => {
        const head = await furthestSigned()
        if (!head) return { size: 0, mended: 0 }
        const mended = await remake({ db, nodeId, folder, head })
        await publish(head)
        knownCheckpoint = undefined
        return { size: head.size, mended }
      }),
    settled: (): Promise<void> => (running ?? Promise.resolve()).catch(() => {}),
  }
}
