import { Type, type Static } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { recordId } from '#records/fields.ts'
import { Revision } from '#records/inputs.ts'
import { LinkedName, linkedNames } from '#records/linked-names.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { Changed, changedBetween } from '#records/difference.ts'

const VersionHead = Type.Object({
  revision: Type.Integer(),
  status: Type.String(),
  changedAt: Type.String(),
  changedBy: Type.String(),
  note: Type.Union([Type.String(), Type.Null()]),
})
export type VersionHead = Static<typeof VersionHead>

export const Difference = Type.Object(
  {
    id: Type.String(),
    kind: Type.String(),
    title: Type.Record(Type.String(), Type.String()),
    originalLanguage: Type.String(),
    from: VersionHead,
    to: VersionHead,
    changed: Type.Array(Changed, { description: 'The fields that differ, in the order of the kind' }),
    linked: Type.Array(LinkedName, { description: 'The records that these link to' }),
  },
  { $id: 'Difference' },
)
export type Difference = Static<typeof Difference>

export const difference = operation({
  name: 'records.difference',
  summary: 'Tell what differs between two versions of a record, field by field and word by word',
  http: 'GET /records/:id/difference',
  input: Type.Object(
    {
      id: Type.String({ pattern: recordId }),
      from: Revision,
      to: Type.Optional(Type.Integer({ ...Revision, description: 'The newest where absent' })),
    },
    closed,
  ),
  output: Difference,
  allow: () => true,
  run: async ({ db, services }, { id, from, to }): Promise<Difference> => {
    const store = records(db)
    const record = await store.find(id)
    const kind = record && services.kinds.get(record.kind)
    if (!record || !kind) throw new Problem('recordNotFound', { id })
    // The versions of a withdrawn record are gone with it.
    if (record.status === 'withdrawn')
      throw new Problem('withdrawn', { id, reason: record.note ?? '', at: record.changedAt })
    const at = async (revision: number): Promise<StoredRecord> => {
      const found = revision === record.revision ? record : await store.version(record.number, revision)
      if (!found || found.status === 'withdrawn') throw new Problem('versionNotFound', { id, revision })
      return found
    }
    const [before, after] = [await at(from), await at(to ?? record.revision)]
    return {
      id,
      kind: kind.name,
      title: after.body.title,
      originalLanguage: after.body.originalLanguage,
      from: headOf(before),
      to: headOf(after),
      changed: changedBetween(kind, before.body, after.body),
      linked: await linkedNames(db, kind, [before.body, after.body]),
    }
  },
})

const headOf = ({ revision, status, changedAt, changedBy, note }: StoredRecord): VersionHead => ({
  revision,
  status,
  changedAt,
  changedBy,
  note,
})
