/** Keeping records: new ones, new versions, withdrawals. Always inside the transaction of a writing operation. */
import { hash } from 'node:crypto'
import { nameOf, type Context } from '#kernel/context.ts'
import type { JournalLine } from '#kernel/journal.ts'
import { Problem } from '#kernel/problem.ts'
import type { Kind } from './kind.ts'
import { isSourceChanged, linksOf } from './check.ts'
import { keysOf } from './names.ts'
import type { Body, StoredRecord, Origin } from './record.ts'
import { records, type StoredRow } from './store.ts'

type Action = JournalLine['action']

/** Which texts of a body are translations, and whether by a machine. */
export type TranslationMarks = Readonly<Record<string, { machine: boolean }>>

export const digestOf = (origin: Origin, body: unknown, translations?: TranslationMarks): string =>
  hash(
    'sha256',
    `${JSON.stringify(origin)}\n${JSON.stringify(body)}${translations ? `\n${JSON.stringify(translations)}` : ''}`,
    'hex',
  )

/** Translations that came with the text they were made from. */
const translationsOf = (marks: TranslationMarks, ofRevision: number): StoredRow['translations'] =>
  Object.fromEntries(Object.entries(marks).map(([language, { machine }]) => [language, { ofRevision, machine }]))

export type New = {
  id: string
  kind: Kind
  body: Body
  origin: Origin | null
  translations?: TranslationMarks | undefined
  digest?: string | null
}

// Embeddings and overrides (Unicode UAX #9) turn round what stands after them; isolates and marks do not, and stay.
const overrides = /[\u{202A}-\u{202E}]/gu

/** Texts that write themselves alone. */
function withoutOverrides<Value>(value: Value): Value {
  if (typeof value === 'string') return value.replaceAll(overrides, '') as Value
  if (Array.isArray(value)) return value.map(withoutOverrides) as Value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutOverrides(inner)])) as Value
}
const plain = (body: Body): Body => (/[\u202A-\u202E]/.test(JSON.stringify(body)) ? withoutOverrides(body) : body)

const asPlain = <Kept extends { body: Body }>(record: Kept): Kept => ({ ...record, body: plain(record.body) })
const earlierOf = (versions: readonly StoredRecord[], number: number): StoredRecord[] =>
  versions.map((version) => ({ ...asPlain(version), number }))

/** Adds records that are not there yet. One round trip per five hundred. */
export async function add(context: Context, added: readonly New[]): Promise<StoredRecord[]> {
  const at = context.now().toISOString()
  const stored = added.map(({ id, kind, body, origin, translations = {}, digest = null }): StoredRow => ({
    number: 0,
    id,
    kind: kind.name,
    status: 'published',
    revision: 1,
    sourceRevision: 1,
    createdAt: at,
    changedAt: at,
    changedBy: nameOf(context.actor),
    note: null,
    origin,
    translations: translationsOf(translations, 1),
    body: plain(body),
    digest,
  }))
  return keepNew(
    context,
    added.map(({ kind }, i) => ({ kind, record: stored[i]! })),
  )
}

/** Records and their earlier versions as another node kept them, under the identifiers that they have there. */
export async function adopt(
  context: Context,
  adopted: readonly { kind: Kind; record: StoredRow; versions: readonly StoredRecord[] }[],
): Promise<StoredRecord[]> {
  const kept = await keepNew(
    context,
    adopted.map(({ kind, record }) => ({ kind, record: asPlain(record) })),
  )
  const earlier = adopted.flatMap(({ versions }, i) => earlierOf(versions, kept[i]!.number))
  if (earlier.length > 0) await records(context.db).insertVersions(earlier)
  return kept
}

/** A record that was adopted goes on as it went on in its node. */
export async function adoptNewer(
  context: Context,
  kind: Kind,
  before: StoredRow,
  { record, versions }: { record: StoredRow; versions: readonly StoredRecord[] },
): Promise<void> {
  const { number } = before
  const after: StoredRow = { ...asPlain(record), number }
  const store = records(context.db)
  const action = before.status === after.status ? 'revise' : after.status === 'withdrawn' ? 'withdraw' : 'restore'
  await store.replace(before, after)
  const between = versions.filter(({ revision }) => revision > before.revision)
  if (between.length > 0) await store.insertVersions(earlierOf(between, number))
  await store.putLinks([{ number, links: linksOf(kind, after.body) }], { replacing: true })
  await store.putNames([{ number, keys: keysOf(kind, after) }], { replacing: true })
  await context.services.hooks.written(context, [after])
  await context.services.hooks.changed(context, { action, before, after, told: [] })
  tell(context, action, after)
}

async function keepNew(context: Context, added: readonly { kind: Kind; record: StoredRow }[]): Promise<StoredRecord[]> {
  const store = records(context.db)
  const numbers = await store.insert(added.map(({ record }) => record))
  const kept = added.map(({ record }) => ({ ...record, number: numbers.get(record.id)! }))
  await store.putLinks(
    kept.map(({ number, body }, i) => ({ number, links: linksOf(added[i]!.kind, body) })),
    { replacing: false },
  )
  await store.putNames(
    kept.map((record, i) => ({ number: record.number, keys: keysOf(added[i]!.kind, record) })),
    { replacing: false },
  )
  await context.services.hooks.written(context, kept)
  await context.services.hooks.added(context, kept)
  for (const record of kept) tell(context, 'share', record)
  return kept.map(withoutDigest)
}

export type Change = Partial<Pick<StoredRow, 'body' | 'origin' | 'status' | 'translations' | 'digest'>> & {
  note?: string | null
  /** Translations that came with this version, in place of those before. */
  madeAnew?: TranslationMarks
  /** Accounts that hear of it otherwise, such as the authors of the draft that makes it. */
  told?: readonly string[]
}

/** Makes a new version. `revision` is the version that the change was made from. */
export async function change(
  context: Context,
  kind: Kind,
  before: StoredRow,
  action: Action,
  { madeAnew, told = [], ...changes }: Change,
): Promise<StoredRecord> {
  const body = changes.body ? plain(changes.body) : before.body
  const revision = before.revision + 1
  const sourceRevision = isSourceChanged(kind, before.body, body) ? revision : before.sourceRevision
  const after: StoredRow = {
    ...before,
    note: null,
    ...changes,
    body,
    revision,
    sourceRevision,
    ...(madeAnew && { translations: translationsOf(madeAnew, sourceRevision) }),
    changedAt: context.now().toISOString(),
    changedBy: nameOf(context.actor),
  }
  const store = records(context.db)
  await store.replace(before, after)
  if (changes.body) await store.putLinks([{ number: before.number, links: linksOf(kind, body) }], { replacing: true })
  if (changes.body || changes.origin)
    await store.putNames([{ number: before.number, keys: keysOf(kind, after) }], { replacing: true })
  if (changes.body) await context.services.hooks.written(context, [after])
  await context.services.hooks.changed(context, { action, before, after, told })
  tell(context, action, after)
  return withoutDigest(after)
}

/** @throws Problem conflict when somebody changed it since. */
export function expectRevision(record: StoredRecord, revision: number): void {
  if (record.revision !== revision)
    throw new Problem('conflict', { id: record.id, yours: revision, newest: record.revision })
}

const tell = ({ journal }: Context, action: Action, { number, id, kind, revision }: StoredRecord) =>
  journal({ action, recordNumber: number, recordId: id, kind, revision })

const withoutDigest = ({ digest: _, ...record }: StoredRow): StoredRecord => record
