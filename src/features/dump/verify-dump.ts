/** A dump judged by the log that it brings: its files, its entries, and each record by its digest. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseJson } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'
import { areEqual } from '#codecs/merkle/merkle.ts'
import { parseCheckpoint } from '#codecs/tlog/checkpoint.ts'
import { growingTree } from '#codecs/tlog/growing.ts'
import { filesOf, readDump, type DataPackage, type DumpFile } from './dump.ts'
import { contentDigest, type LogEntry } from '#features/transparency/entry.ts'
import { newFindings, type Findings } from '#features/transparency/findings.ts'
import { orderSubscription } from '#features/transparency/order.ts'
import { parseKeys } from '#features/transparency/source.ts'
import { sinceCheck, type Trust, type Verified } from '#features/transparency/verify-log.ts'
import { verifyKeys, verifySignature } from '#features/transparency/verify-head.ts'
import { packedLines } from './lines.ts'

/** How many wrong records are named; all are counted. */
const mostNamed = 20

/** What the entries say of the records. */
type Told = {
  digests: Map<string, string>
  /** Where the dump's own place in the journal finds each record: there, gone, or changed since. */
  standing: Map<string, 'here' | 'gone' | 'changed'>
}

/** @throws Problem malformedLog when the dump has no log with it. */
export async function verifyDump(folder: string, { trusted, since, tell = () => {} }: Trust = {}): Promise<Verified> {
  const findings = newFindings()
  const description = parseJson(await readFile(join(folder, 'datapackage.json'), 'utf8')) as DataPackage
  const { log } = description
  if (typeof log?.checkpoint !== 'string' || !Array.isArray(description.resources))
    throw new Problem('malformedLog', { what: 'datapackage.json' })
  const files = filesOf(description).map(expectPlain)
  await verifyFiles(findings, folder, files)
  const head = parseCheckpoint(log.checkpoint)
  const keys = verifyKeys(findings, parseKeys({ origin: head.origin, keys: log.keys }), trusted)
  verifySignature(findings, head, keys, { newestOnly: true })

  const seen = sinceCheck(findings, since, keys, head)
  const tree = growingTree()
  const order = orderSubscription(findings)
  const told: Told = { digests: new Map(), standing: new Map() }
  for await (const { text } of packedLines(folder, log.file.path)) {
    const bytes = new TextEncoder().encode(text)
    tree.append(bytes)
    tree.takeFiles()
    const entry = order.next(bytes, tree.size - 1)
    if (entry) remember(told, entry, description.journal)
    await seen.at(tree.size, tree.root)
  }
  if (tree.size === head.size) findings.ok('entries', { count: tree.size })
  else findings.bad('entryCount', { count: tree.size, size: head.size })
  order.end()
  if (areEqual(await tree.root(), head.root)) findings.ok('root', { size: head.size })
  else findings.bad('root', { size: head.size })
  seen.judge()
  await verifyRecords(findings, folder, description.resources, told, tell)
  return { findings: findings.all, size: head.size }
}

/** A name that leads nowhere else. @throws Problem malformedLog */
function expectPlain(file: DumpFile): DumpFile {
  if (!/^[a-z0-9-]+\.jsonl\.gz$/.test(String(file?.path)))
    throw new Problem('malformedLog', { what: 'datapackage.json' })
  return file
}

function expectObject<Value>(value: Value, what: string): Value {
  if (typeof value !== 'object' || value === null) throw new Problem('malformedLog', { what })
  return value
}

async function verifyFiles(findings: Findings, folder: string, files: readonly DumpFile[]): Promise<void> {
  for (const { path, hash } of files) {
    const digest = createHash('sha256')
    for await (const chunk of createReadStream(join(folder, path))) digest.update(chunk as Uint8Array)
    if (`sha256:${digest.digest('hex')}` !== hash) findings.bad('file', { path })
  }
  if (findings.all.every(({ state }) => state !== 'bad')) findings.ok('file', { count: files.length })
}

function remember(
  { digests, standing }: Told,
  { record, revision, sha256, action, seq }: LogEntry,
  journal: number,
): void {
  digests.set(`${record}/${revision}`, sha256)
  const here = action === 'withdraw' ? 'gone' : 'here'
  // What came after the dump was begun may be in it or not.
  standing.set(record, seq <= journal ? here : 'changed')
}

async function verifyRecords(
  findings: Findings,
  folder: string,
  resources: readonly DumpFile[],
  { digests, standing }: Told,
  tell: NonNullable<Trust['tell']>,
): Promise<void> {
  const of = resources.reduce((sum, { rows }) => sum + (Number(rows) || 0), 0)
  const named = { count: 0 }
  const wrong = (step: string, values: Record<string, string | number>) => {
    if (named.count++ < mostNamed) findings.bad(step, values)
  }
  let count = 0
  for (const { path } of resources)
    for await (const record of readDump(folder, path)) {
      const { id, revision } = expectObject(record, path)
      const digest = digests.get(`${id}/${revision}`)
      if (digest === undefined) wrong('recordUnknown', { record: id, revision })
      else if (digest !== contentDigest(record)) wrong('content', { record: id, revision })
      else if (standing.get(id) === 'gone') wrong('recordGone', { record: id, revision })
      standing.delete(id)
      if (++count % 1_000 === 0) tell(count, of)
    }
  for (const [record, state] of standing) if (state === 'here') wrong('recordMissing', { record })
  if (named.count === 0) findings.ok('records', { count })
  else findings.bad('records', { count: named.count })
}
