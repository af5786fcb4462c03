/**
 * Taking in the dump of another node: its records under their own identifiers, with their earlier versions, marks of
 * translations and attachments. What is here already is not doubled, and what people here changed is left as it is.
 */
import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Type, type Static } from 'typebox'
import { hasRole, nameOf, type Context } from '#kernel/context.ts'
import { closed, operation, preparedOperation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { expectDrawable, sniff } from '#codecs/media/sniff.ts'
import { attachedFiles } from '#features/attachments/store.ts'
import { isDemonstration } from '#records/demonstration.ts'
import { violationsOfBody } from '#records/check.ts'
import { fileDigest } from '#records/fields.ts'
import type { Kind } from '#records/kind.ts'
import { StoredRecord } from '#records/record.ts'
import { Refusal } from '#records/sources/ingest.ts'
import { isSame } from '#records/sources/sum-up.ts'
import { records, type StoredRow } from '#records/store.ts'
import { adopt, adoptNewer } from '#records/write.ts'

const Row = Type.Object(
  {
    place: Type.String({ description: 'Where the record stands: file:line' }),
    record: StoredRecord,
    versions: Type.Array(StoredRecord, { maxItems: 1_000, description: 'Earlier ones, in any order' }),
  },
  closed,
)
export type DumpRow = Static<typeof Row>
type Outcome = 'added' | 'changed' | 'unchanged'

export const takeDump = operation({
  name: 'dump.take',
  summary: 'Take in records of the dump of another node, with their versions; what was changed here is left as it is',
  http: 'POST /dump/rows',
  input: Type.Object(
    {
      rows: Type.Array(Row, { maxItems: 1_000 }),
      homepage: Type.Optional(Type.String({ maxLength: 2_000, description: 'Address of the node' })),
      dryRun: Type.Optional(Type.Boolean({ description: 'Say what would be done, and change nothing' })),
    },
    closed,
  ),
  output: Type.Object({
    added: Type.Integer(),
    changed: Type.Integer(),
    unchanged: Type.Integer(),
    refused: Type.Array(Refusal),
  }),
  allow: (actor) => hasRole(actor, 'operator'),
  run: async (context, { rows, homepage, dryRun = false }) => {
    const counts: Record<Outcome, number> = { added: 0, changed: 0, unchanged: 0 }
    const refused: Refusal[] = []
    const held = await records(context.db).findMany(rows.map(({ record }) => record.id))
    const fresh: Taken[] = []
    for (const row of rows) {
      const taken = toTaken(context, row, homepage)
      const outcome = 'code' in taken ? taken : judge(context, taken, held.get(taken.record.id))
      if (typeof outcome === 'object') {
        refused.push(outcome)
        continue
      }
      counts[outcome]++
      if ('code' in taken || dryRun) continue
      if (outcome === 'added') fresh.push(taken)
      if (outcome === 'changed') await adoptNewer(context, taken.kind, held.get(taken.record.id)!, taken)
    }
    await adopt(context, fresh)
    return { ...counts, refused }
  },
})

type Taken = { place: string; kind: Kind; record: StoredRow; versions: StoredRecord[] }

function toTaken(
  context: Context,
  { place, record, versions }: DumpRow,
  homepage: string | undefined,
): Taken | Refusal {
  const kind = context.services.kinds.get(record.kind)
  if (!kind) return { place, code: 'unknownKind', values: { kind: record.kind } }
  const violations = violationsOfBody(kind, record.body)
  const first = violations[0]
  if (first) {
    const values = { field: first.place, rule: first.rule, count: violations.length, ...first.values }
    return { place, code: 'misfit', values }
  }
  const asHere = <Version extends StoredRecord>(version: Version): Version => ({
    ...version,
    number: 0,
    id: record.id,
    kind: record.kind,
    origin: version.origin ?? originOf(record.id, homepage),
    // Accounts of another node name nobody here.
    changedBy: nameOf(context.actor),
  })
  const earlier = versions.filter(({ revision }) => revision < record.revision)
  return { place, kind, record: { ...asHere(record), digest: null }, versions: earlier.map(asHere) }
}

/** What began on that node has its page there. */
function originOf(id: string, homepage: string | undefined) {
  const url = homepage && URL.canParse(homepage) ? new URL(`/records/${id}`, homepage).href : undefined
  return url ? { identifier: url, url } : { identifier: id }
}

function judge({ actor }: Context, { place, kind, record }: Taken, before: StoredRow | undefined): Outcome | Refusal {
  // How another node presents itself is its own.
  if (kind.isOfNode || isDemonstration(record)) return 'unchanged'
  if (!before) return 'added'
  if (isSame(before.body, record.body) || before.revision >= record.revision) return 'unchanged'
  // What a source gave here is the source's to change.
  if (before.changedBy === nameOf(actor)) return 'changed'
  if (before.changedBy.startsWith('system:') && before.status === 'published') return 'unchanged'
  const code = before.status === 'withdrawn' ? 'withdrawnHere' : 'editedHere'
  return { place, code, values: { id: record.id } }
}

export const takeAttachment = preparedOperation({
  name: 'dump.takeAttachment',
  summary: 'Take in an attachment of the dump of another node; its digest and type are checked',
  http: 'POST /dump/attachments',
  isForPages: true,
  input: Type.Object(
    { path: Type.String({ description: 'Where a copy of the file lies' }), file: Type.String({ pattern: fileDigest }) },
    closed,
  ),
  output: Type.Object({ bytes: Type.Integer() }),
  allow: (actor) => hasRole(actor, 'operator'),
  prepare: async ({ services }, { path, file }) => {
    const sent = await readFile(path)
    const found = sniff(sent)
    if (!found) throw new Problem('fileTypeRefused')
    expectDrawable(found)
    await services.scanner?.expectHarmless(sent)
    if (hash('sha256', sent, 'hex') !== file) throw new Problem('malformedLog', { what: `attachments/${file}` })
    const { bytes } = await services.files.keep(path)
    return { ...found, bytes }
  },
  run: async ({ db, now }, { file }, { mediaType, bytes, width = null, height = null }) => {
    await attachedFiles(db).add({ file, mediaType, bytes, width, height, createdAt: now().toISOString() })
    return { bytes }
  },
})
