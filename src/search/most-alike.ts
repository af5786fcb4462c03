/** Of records that share words with one, those that are most like it: of the same approach, say, and each title once. */
import type { Kind } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import type { SimilarHit } from './contract.ts'

type Of = Pick<StoredRecord, 'number' | 'body'>

const valuesIn = ({ body }: Pick<StoredRecord, 'body'>, field: string): readonly unknown[] =>
  [body[field] ?? []].flat() as unknown[]

/** Which of the fields that make records alike is the first that both share; beyond the last where none is. */
function tierOf(fields: readonly string[], one: Pick<StoredRecord, 'body'>, other: Pick<StoredRecord, 'body'>): number {
  const at = fields.findIndex((field) => {
    const own = new Set(valuesIn(one, field))
    return valuesIn(other, field).some((value) => own.has(value))
  })
  return at < 0 ? fields.length : at
}

const titleOf = ({ body: { title, originalLanguage } }: Pick<StoredRecord, 'body'>): string =>
  (title[originalLanguage] ?? Object.values(title)[0] ?? '').trim().toLowerCase()

/** In tiers, and by words within each. One of each title, and none of its own: findings of one intervention are called alike. */
export function mostAlike(
  { alikeBy = [] }: Pick<Kind, 'alikeBy'>,
  record: Pick<StoredRecord, 'body'>,
  hits: readonly SimilarHit[],
  found: readonly Of[],
): SimilarHit[] {
  const byNumber = new Map(found.map((one) => [one.number, one]))
  const seen = new Set([titleOf(record)])
  return hits
    .flatMap((hit) => {
      const other = byNumber.get(hit.number)
      return other ? [{ hit, title: titleOf(other), tier: tierOf(alikeBy, record, other) }] : []
    })
    .toSorted((a, b) => a.tier - b.tier)
    .filter(({ title }) => !seen.has(title) && seen.add(title))
    .map(({ hit }) => hit)
}
