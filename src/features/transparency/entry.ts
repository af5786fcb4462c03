/**
 * One entry of the transparency log: that something was published, what it was and when. It holds no person and no
 * text, so nothing in it ever has to be erased; the digest holds the text to what it was.
 */
import { hash } from 'node:crypto'
import { Type, type Static } from 'typebox'
import type { JournalLine } from '#kernel/journal.ts'
import { parseJson } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'
import { violationsOf } from '#kernel/schema.ts'
import { canonicalJson } from '#codecs/jcs/canonical-json.ts'
import { isDemonstration } from '#records/demonstration.ts'
import { recordId } from '#records/fields.ts'
import type { StoredRecord } from '#records/record.ts'

const mostSeq = Number.MAX_SAFE_INTEGER

export const LogEntry = Type.Object(
  {
    v: Type.Literal(1),
    house: Type.String({ minLength: 1, maxLength: 100, description: 'The node whose log it is' }),
    seq: Type.Integer({ minimum: 1, maximum: mostSeq, description: 'The line of the journal that it comes from' }),
    at: Type.String({
      pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$',
      description: 'When; never earlier than the entry before',
    }),
    action: Type.String({ pattern: '^[a-z]{1,30}$' }),
    record: Type.String({ pattern: recordId }),
    kind: Type.String({ minLength: 1, maxLength: 100 }),
    revision: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'Of the canonical public content of this version' }),
  },
  { additionalProperties: false },
)
export type LogEntry = Static<typeof LogEntry>

type Content = Omit<StoredRecord, 'number' | 'changedBy'>

/**
 * What the digest is made of. Not who changed it: a name may have to go one day. Of a withdrawn record not the text
 * either, as it is no longer public: that it was withdrawn, when and why.
 */
export function publicContent({
  id,
  kind,
  status,
  revision,
  sourceRevision,
  createdAt,
  changedAt,
  note,
  ...rest
}: Content) {
  const always = { id, kind, status, revision, sourceRevision, createdAt, changedAt, note }
  if (status === 'withdrawn') return always
  return { ...always, origin: rest.origin, translations: rest.translations, body: rest.body }
}

export const contentDigest = (record: Content): string => hash('sha256', canonicalJson(publicContent(record)), 'hex')

/** Clocks can be set back; the log's time cannot. */
const laterOf = (one: string, other: string) => (one > other ? one : other)

export const entryOf = (
  nodeId: string,
  { seq, at, action, recordId: record, kind, revision }: JournalLine,
  version: Content,
  notBefore: string,
): LogEntry => ({
  v: 1,
  house: nodeId,
  seq,
  at: laterOf(at, notBefore),
  action,
  record,
  kind,
  revision,
  sha256: contentDigest(version),
})

export const entryBytes = (entry: LogEntry): Uint8Array => new TextEncoder().encode(canonicalJson(entry))

/** @throws Problem malformedLog for anything but an entry as this node writes it. */
export function parseEntry(bytes: Uint8Array, what: string): LogEntry {
  const value = readJson(bytes, what)
  const isEntry =
    violationsOf(LogEntry, value, 'strictly').length === 0 && Buffer.from(canonicalJson(value)).equals(bytes)
  if (!isEntry) throw new Problem('malformedLog', { what })
  return value as LogEntry
}

function readJson(bytes: Uint8Array, what: string): unknown {
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes), { bytes: 0xffff, depth: 2 })
  } catch (cause) {
    throw new Problem('malformedLog', { what }, { cause })
  }
}

/** Journal lines that make something public, or take it back. */
const published: ReadonlySet<string> = new Set<JournalLine['action']>([
  'share',
  'revise',
  'translate',
  'withdraw',
  'restore',
])
/** A version that nobody was shown (a draft, one under review) is no entry, whatever its line says. */
export const isPublished = ({ action }: JournalLine, version: Pick<StoredRecord, 'status' | 'origin'>): boolean =>
  published.has(action) &&
  (version.status === 'published' || version.status === 'withdrawn') &&
  !isDemonstration(version)
