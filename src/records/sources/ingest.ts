/** Taking in rows of a collection: the same row twice changes nothing, whenever the first attempt was cut short. */
import { Type, type Static } from 'typebox'
import { hasRole, nameOf, type Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { noSuch } from '#kernel/problem.ts'
import type { Kind } from '../kind.ts'
import { isOnlyTranslated, withTranslationsOf } from './keep-translations.ts'
import type { Source } from './source.ts'
import { withdrawAbsent } from './withdraw-absent.ts'
import { isSame, losesMost, summedUp } from './sum-up.ts'
import { violationsOfBody } from '../check.ts'
import { languageTag } from '../fields.ts'
import { idOf } from '../identifier.ts'
import { add, change, digestOf, type New } from '../write.ts'
import type { Body, Origin } from '../record.ts'
import { records, type StoredRow } from '../store.ts'

const Row = Type.Object(
  {
    place: Type.String({ description: 'Where the row stands: file:line' }),
    kind: Type.String(),
    identifier: Type.String({ minLength: 1, maxLength: 2_000 }),
    alsoNamed: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 2_100 }), {
        maxItems: 50,
        description: 'Other spellings of the identifier: a record held under one of them is this record',
      }),
    ),
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
export const Refusal = Type.Object({
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
  input: Type.Object(
    {
      name: Type.String(),
      rows: Type.Array(Row, { maxItems: 5_000 }),
      present: Type.Optional(
        Type.Array(Type.String(), {
          maxItems: 1_000_000,
          description: 'Identifiers of all that a whole file holds; the rest is withdrawn',
        }),
      ),
      whole: Type.Optional(Type.Boolean({ description: 'The file is all of the source' })),
      dryRun: Type.Optional(Type.Boolean({ description: 'Say what would be done, and change nothing' })),
      acceptLosses: Type.Optional(
        Type.Boolean({
          description: 'Take readings that lost most of a record',
        }),
      ),
    },
    closed,
  ),
  output: Type.Object({
    added: Type.Integer(),
    changed: Type.Integer(),
    unchanged: Type.Integer(),
    refused: Type.Array(Refusal),
    absent: Type.Optional(
      Type.Object({
        withdrawn: Type.Integer({ description: 'None where most of what is held is absent' }),
        held: Type.Integer({ description: 'Records of which the file is the whole' }),
        absent: Type.Integer(),
      }),
    ),
  }),
  allow: (actor) => hasRole(actor, 'operator'),
  run: async (context, { name, rows, present, whole: isWhole = false, acceptLosses = false, dryRun = false }) => {
    const source = context.services.sources.get(name)
    if (!source) throw noSuch('source', name)
    const refused: Refusal[] = []
    const { sums = {} } = source
    const candidates = new Map<string, Candidate>()
    for (const row of await asHeld(context, rows)) {
      const candidate = toCandidate(context, name, row)
      if ('code' in candidate) refused.push(candidate)
      else candidates.set(candidate.id, joined(sums, candidates.get(candidate.id), candidate))
    }
    await addToHeld(context, sums, candidates)
    const known = await records(context.db).digests([...candidates.keys()])
    const fresh: Candidate[] = []
    const different: Candidate[] = []
    for (const candidate of candidates.values()) {
      const before = known.get(candidate.id)
      if (!before) fresh.push(candidate)
      else if (before.digest !== candidate.digest) different.push(candidate)
    }
    const outcomes = { added: checked(fresh, refused), changed: checked(different, refused) }
    const { changes, same } = await allowed(context, source, outcomes.changed, refused, acceptLosses)
    if (!dryRun) {
      await add(context, outcomes.added)
      await reviseAll(context, changes)
    }
    const whole = isWhole || source.whole
    const absent =
      present && whole ? await withdrawAbsent(context, source, present, { whole, dryRun, acceptLosses }) : undefined
    return {
      added: outcomes.added.length,
      changed: changes.length,
      unchanged: candidates.size - fresh.length - different.length + same,
      refused,
      ...(absent && { absent }),
    }
  },
})

type Candidate = New & {
  place: string
  origin: Origin
  digest: string
  /** What people here translated of it. */
  kept?: StoredRow['translations']
}
type SumsByKind = NonNullable<Source['sums']>

/** A record of many rows with what another row says of it; the later of two readings of any other record. */
function joined(sums: SumsByKind, before: Pick<Candidate, 'body' | 'origin'> | undefined, said: Candidate): Candidate {
  const ways = sums[said.kind.name]
  if (!ways) return said
  const body = summedUp(ways, before?.body ?? said.body, said.body)
  const url = [before?.origin.url, said.origin.url].filter((one) => one !== undefined).sort()[0]
  const origin = { ...said.origin, ...(url && { url }) }
  return { ...said, body, origin, digest: digestOf(origin, body, said.translations) }
}

/** What rows say of records of many rows is added to what is held of them; what people here changed is left as it is. */
async function addToHeld(context: Context, sums: SumsByKind, candidates: Map<string, Candidate>): Promise<void> {
  const summed = [...candidates.values()].filter(({ kind }) => sums[kind.name])
  if (summed.length === 0) return
  const held = await records(context.db).findMany(summed.map(({ id }) => id))
  for (const candidate of summed) {
    const before = held.get(candidate.id)
    if (!before?.origin || before.changedBy !== nameOf(context.actor)) continue
    const sum = joined(sums, { body: before.body, origin: before.origin }, candidate)
    const isKept = before.digest !== null && isSame(before.body, sum.body) && isSame(before.origin, sum.origin)
    candidates.set(candidate.id, isKept ? { ...sum, digest: before.digest! } : sum)
  }
}

/** Rows under that spelling of their identifier by which the record is held already. */
async function asHeld({ db }: Context, rows: Static<typeof Row>[]): Promise<Static<typeof Row>[]> {
  const names = rows.flatMap(({ identifier, alsoNamed }) => (alsoNamed ? [identifier, ...alsoNamed] : []))
  if (names.length === 0) return rows
  const held = await records(db).digests(names.map(idOf))
  return rows.map((row) => {
    const identifier = [row.identifier, ...(row.alsoNamed ?? [])].find((name) => held.has(idOf(name)))
    return identifier ? { ...row, identifier } : row
  })
}

function toCandidate(
  { services }: Context,
  collection: string,
  { place, kind: kindName, identifier, url, body, translations }: Static<typeof Row>,
): Candidate | Refusal {
  const kind = services.kinds.get(kindName)
  if (!kind) return { place, code: 'unknownKind', values: { kind: kindName } }
  const isDemonstration = services.sources.get(collection)?.isDemonstration
  const origin: Origin = { collection, identifier, ...(url && { url }), ...(isDemonstration && { isDemonstration }) }
  const digest = digestOf(origin, body, translations)
  return { place, id: idOf(identifier), kind: kind as Kind, body: body as Body, origin, translations, digest }
}

/** Why a body is not taken as a record of its kind; undefined where it fits. */
export function misfitOf(kind: Kind, body: unknown): Omit<Refusal, 'place'> | undefined {
  const violations = violationsOfBody(kind, body)
  const [first] = violations
  if (!first) return undefined
  return { code: 'misfit', values: { field: first.place, rule: first.rule, count: violations.length, ...first.values } }
}

/** Rows already known are not checked again: they were checked when they came. */
function checked(candidates: readonly Candidate[], refused: Refusal[]): Candidate[] {
  return candidates.filter(({ place, kind, body }) => {
    const why = misfitOf(kind, body)
    if (why) refused.push({ place, ...why })
    return !why
  })
}

type Revision = { before: StoredRow; candidate: Candidate }

/**
 * A record that people of this node changed or withdrew is theirs: the source does not overwrite it. Nor does a
 * reading replace a record that held far more.
 */
async function allowed(
  context: Context,
  source: Source,
  given: readonly Candidate[],
  refused: Refusal[],
  acceptLosses: boolean,
): Promise<{ changes: Revision[]; same: number }> {
  const held = await records(context.db).findMany(given.map(({ id }) => id))
  const candidates = source.harvestedAt === undefined ? given : given.map((one) => translated(held.get(one.id)!, one))
  const isHeld = ({ id, body, origin, translations }: Candidate) => {
    const before = held.get(id)!
    return !translations && before.status === 'published' && isSame(before.body, body) && isSame(before.origin!, origin)
  }
  // The same fields in another order are no change.
  const others = candidates.filter((candidate) => !isHeld(candidate))
  const changes: Revision[] = []
  for (const candidate of others) {
    const { id, place, body, kind } = candidate
    const before = held.get(id)!
    const isOwn =
      before.changedBy === nameOf(context.actor) ||
      (candidate.kept !== undefined && (await isOnlyTranslated(context, kind, before)))
    if (!isOwn) {
      refused.push({ place, code: before.status === 'withdrawn' ? 'withdrawnHere' : 'editedHere', values: { id } })
    } else if (losesMost(before.body, body) && !acceptLosses) refused.push({ place, code: 'losesMost', values: { id } })
    else changes.push({ before, candidate })
  }
  return { changes, same: candidates.length - others.length }
}

/** With what people here translated of it, where its source sends no translations of its own. */
function translated(before: StoredRow, candidate: Candidate): Candidate {
  if (candidate.translations || Object.keys(before.translations).length === 0) return candidate
  const { body, kept } = withTranslationsOf(candidate.kind, before, candidate.body)
  return { ...candidate, body, kept }
}

async function reviseAll(context: Context, revisions: readonly Revision[]): Promise<void> {
  for (const { before, candidate } of revisions) {
    const { kind, body, origin, translations, digest, kept } = candidate
    // What was absent from its source and is back again.
    const action = before.status === 'withdrawn' ? 'restore' : 'revise'
    await change(context, kind, before, action, {
      status: 'published',
      body,
      origin,
      digest,
      ...(kept ? { translations: kept } : { madeAnew: translations ?? {} }),
    })
  }
}
