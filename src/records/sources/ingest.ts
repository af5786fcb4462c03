/** Taking in rows of a collection: the same row twice changes nothing, whenever the first attempt was cut short. */
import { Type, type Static } from 'typebox'
import { hasRole, nameOf, type Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import type { Kind } from '../kind.ts'
import { violationsOfBody } from '../check.ts'
import { languageTag } from '../fields.ts'
import { idOf } from '../identifier.ts'
import { add, change, digestOf, type New } from '../write.ts'
import type { Body, Origin } from '../record.ts'
import { records } from '../store.ts'

const Row = Type.Object(
  {
    place: Type.String({ description: 'Where the row stands: file:line' }),
    kind: Type.String(),
    identifier: Type.String({ minLength: 1, maxLength: 2_000 }),
    url: Type.Optional(Type.String()),
    body: Type.Unknown(),
    translations: Type.Optional(
      Type.Record(Type.String({ pattern: languageTag }), Type.Object({ machine: Type.Boolean() }, closed), {
        description: 'By language: texts in the body that were translated, and whether by a machine',
      }),
    ),
  },
  closed,
)
const Refusal = Type.Object({
  place: Type.String(),
  code: Type.String(),
  values: Type.Record(Type.String(), Type.Unknown()),
})
export type Refusal = Static<typeof Refusal>

export const ingest = operation({
  name: 'sources.ingest',
  summary:
    'Take in rows of a collection, all in one transaction; rows that do not fit are refused one by one with the reason',
  http: 'POST /sources/:name/rows',
  input: Type.Object({ name: Type.String(), rows: Type.Array(Row, { maxItems: 5_000 }) }, closed),
  output: Type.Object({
    added: Type.Integer(),
    changed: Type.Integer(),
    unchanged: Type.Integer(),
    refused: Type.Array(Refusal),
  }),
  allow: (actor) => hasRole(actor, 'operator'),
  run: async (context, { name, rows }) => {
    if (!context.services.sources.has(name)) throw new Problem('notFound', { what: name })
    const refused: Refusal[] = []
    const candidates = new Map<string, Candidate>()
    for (const row of rows) {
      const candidate = toCandidate(context, name, row)
      if ('code' in candidate) refused.push(candidate)
      else candidates.set(candidate.id, candidate)
    }
    const known = await records(context.db).digests([...candidates.keys()])
    const fresh: Candidate[] = []
    const different: Candidate[] = []
    for (const candidate of candidates.values()) {
      const before = known.get(candidate.id)
      if (!before) fresh.push(candidate)
      else if (before.digest !== candidate.digest) different.push(candidate)
    }
    const outcomes = { added: checked(fresh, refused), changed: checked(different, refused) }
    await add(context, outcomes.added)
    const changed = await reviseAll(context, outcomes.changed, refused)
    return {
      added: outcomes.added.length,
      changed,
      unchanged: candidates.size - fresh.length - different.length,
      refused,
    }
  },
})

type Candidate = New & { place: string; origin: Origin; digest: string }

function toCandidate(
  { services }: Context,
  collection: string,
  { place, kind: kindName, identifier, url, body, translations }: Static<typeof Row>,
): Candidate | Refusal {
  const kind = services.kinds.get(kindName)
  if (!kind) return { place, code: 'unknownKind', values: { kind: kindName } }
  const origin: Origin = { collection, identifier, ...(url && { url }) }
  const digest = digestOf(origin, body, translations)
  return { place, id: idOf(identifier), kind: kind as Kind, body: body as Body, origin, translations, digest }
}

/** Rows already known are not checked again: they were checked when they came. */
function checked(candidates: readonly Candidate[], refused: Refusal[]): Candidate[] {
  return candidates.filter(({ place, kind, body }) => {
    const violations = violationsOfBody(kind, body)
    const first = violations[0]
    if (first)
      refused.push({
        place,
        code: 'misfit',
        values: { field: first.place, rule: first.rule, count: violations.length, ...first.values },
      })
    return !first
  })
}

/** A record that people of this node changed or withdrew is theirs: the source does not overwrite it. */
async function reviseAll(context: Context, candidates: readonly Candidate[], refused: Refusal[]): Promise<number> {
  const before = await records(context.db).findMany(candidates.map(({ id }) => id))
  let changed = 0
  for (const { id, place, kind, body, origin, translations, digest } of candidates) {
    const record = before.get(id)!
    if (record.changedBy !== nameOf(context.actor)) {
      refused.push({ place, code: record.status === 'withdrawn' ? 'withdrawnHere' : 'editedHere', values: { id } })
      continue
    }
    await change(context, kind, record, 'revise', { body, origin, digest, madeAnew: translations ?? {} })
    changed++
  }
  return changed
}
