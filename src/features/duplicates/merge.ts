/** Two records that tell of one thing become one: the other's address leads to it, and both histories stay. */
import { Type } from 'typebox'
import { nameOf, type Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { violation, Problem } from '#kernel/problem.ts'
import { permission } from '#kernel/permission.ts'
import { ownerOf } from '#features/stewardship/stewardship.ts'
import type { Kind } from '#records/kind.ts'
import { checkChange } from '#records/check.ts'
import { recordId } from '#records/fields.ts'
import { Id, Revision } from '#records/inputs.ts'
import { change, expectRevision } from '#records/write.ts'
import { mergedFrom, mergeMarks, noteMerged } from '#records/merged.ts'
import { StoredRecord, type Body } from '#records/record.ts'
import { isMergeable } from './mergeable.ts'
import { records, type StoredRow } from '#records/store.ts'

/** All in one transaction, so that no link leads nowhere in between. */
export const mostLinks = 2_000
/** The reason of a version that says only that a link leads elsewhere now. */
export const relinkNote = (from: string, to: string) => `${from} → ${to}`

export const merge = operation({
  name: 'records.merge',
  summary: 'Merge a record into another of its kind: its address leads there, links to it do too',
  http: 'POST /records/:id/merge',
  input: Type.Object(
    {
      id: Type.String({ pattern: recordId, description: 'The record that goes' }),
      revision: Revision,
      into: Type.String({ pattern: recordId, description: 'The record that stays' }),
      intoRevision: Revision,
      take: Type.Array(Type.String({ maxLength: 100 }), {
        default: [],
        maxItems: 200,
        description: 'Fields in which the one that stays takes over what the other says',
      }),
      join: Type.Array(Type.String({ maxLength: 100 }), {
        default: [],
        maxItems: 200,
        description: 'Lists in which the one that stays has what both say',
      }),
      reason: Type.String({ minLength: 3, maxLength: 2_000, pattern: '\\S', description: 'Shown to readers' }),
    },
    closed,
  ),
  output: StoredRecord,
  allow: permission('record.merge'),
  run: async (context, { id, revision, into, intoRevision, take, join, reason }) => {
    const { kind, from, target } = await bothOf(context, id, into)
    expectRevision(from, revision)
    expectRevision(target, intoRevision)
    const strange = take.filter((name) => !(name in kind.body.properties) || name === 'originalLanguage')
    if (strange.length > 0) throw violation('take', 'enum')
    if (join.some((name) => !isJoinable(kind, name))) throw violation('join', 'enum')
    const note = reason.trim()
    const merged = withJoined(withFields(target.body, from.body, take), from.body, join)
    const body = checkChange(kind, target.body, merged)
    // That they became one is told once, and not as two changes.
    const told = [await ownerOf(context.db, id), await ownerOf(context.db, into)].filter((one) => one !== undefined)
    const kept = await change(context, kind, target, 'revise', { body, note: note + mergeMarks.from(id), told })
    await relink(context, id, into, body)
    await change(context, kind, from, 'withdraw', { status: 'withdrawn', note: note + mergeMarks.into(into), told })
    await noteMerged(context.db, {
      fromId: id,
      intoId: into,
      at: context.now().toISOString(),
      by: nameOf(context.actor),
      reason: note,
    })
    await context.services.hooks.merged(context, { from: id, into })
    return kept
  },
})

async function bothOf({ db, services }: Context, id: string, into: string) {
  if (id === into) throw violation('into', 'sameRecord')
  const found = await records(db).findMany([id, into])
  const [from, target] = [id, into].map((one) => {
    const record = found.get(one)
    if (!record) throw new Problem('recordNotFound', { id: one })
    if (record.status === 'withdrawn')
      throw new Problem('withdrawn', { id: one, reason: record.note ?? '', at: record.changedAt })
    return record
  }) as [StoredRow, StoredRow]
  if (from.kind !== target.kind) throw new Problem('kindsDiffer', { kinds: `${from.kind}, ${target.kind}` })
  const kind = services.kinds.get(from.kind)!
  if (!isMergeable(kind)) throw violation('id', 'notMerged')
  return { kind, from, target }
}

/** Takes over the languages of a title that only the other record has. */
function withFields(target: Body, from: Body, take: readonly string[]): Body {
  const taken = Object.fromEntries(take.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])))
  const title = take.includes('title') ? { ...target.title, ...from.title } : target.title
  return { ...target, ...taken, title }
}

type Lists = unknown[] | Record<string, unknown[]>

/** Whether what two records say in a field can stand beside one another: lists, and lists of words by language. */
export function isJoinable(kind: Kind, name: string): boolean {
  const shape = kind.body.properties[name] as { items?: unknown; 'x-field'?: { type: string } } | undefined
  return shape !== undefined && (shape.items !== undefined || shape['x-field']?.type === 'words')
}

function withJoined(target: Body, from: Body, names: readonly string[]): Body {
  const joined = names.flatMap((name) => {
    const [one, other] = [target[name], from[name]] as [Lists | undefined, Lists | undefined]
    return one === undefined || other === undefined ? [] : [[name, joinedOf(one, other)] as const]
  })
  return { ...target, ...Object.fromEntries(joined) }
}

function joinedOf(one: Lists, other: Lists): Lists {
  if (Array.isArray(one) && Array.isArray(other))
    return [...new Map([...one, ...other].map((value) => [JSON.stringify(value), value])).values()]
  const [words, more] = [one, other] as [Record<string, unknown[]>, Record<string, unknown[]>]
  const languages = [...new Set([...Object.keys(words), ...Object.keys(more)])]
  return Object.fromEntries(
    languages.map((language) => [language, joinedOf(words[language] ?? [], more[language] ?? []) as unknown[]]),
  )
}

/** Every record that links to the one that goes links to the one that stays, as a version of its own. */
async function relink(context: Context, id: string, into: string, body: Body): Promise<void> {
  const store = records(context.db)
  const counts = await store.countLinksTo(id)
  if (counts.reduce((sum, { count }) => sum + count, 0) > mostLinks) throw violation('id', 'tooManyLinks')
  const numbers = new Set<number>()
  for (const { rel } of counts) for (const number of await store.linksTo([id], rel, mostLinks)) numbers.add(number)
  const linking = await store.byNumbers([...numbers])
  const whole = await store.findMany(linking.map((one) => one.id))
  for (const record of whole.values()) {
    const kind: Kind | undefined = context.services.kinds.get(record.kind)
    if (!kind || kind.keepsLinks || record.id === id || record.id === into) continue
    const refusal = record.status === 'published' ? kind.refusesLink?.(record.body, body) : undefined
    if (refusal) throw violation('id', refusal)
    const linked = withLink(record.body, id, into) as Body
    await change(context, kind, record, 'revise', { body: linked, note: relinkNote(id, into) })
  }
}

/** An identifier stands nowhere by chance: wherever it is a whole value, it is a link. A list names each record once. */
function withLink(value: unknown, id: string, into: string): unknown {
  if (value === id) return into
  if (Array.isArray(value)) {
    const all = value.map((one) => withLink(one, id, into))
    return all.every((one) => typeof one === 'string') ? [...new Set(all)] : all
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withLink(inner, id, into)]))
}

export const mergedHere = operation({
  name: 'records.merged',
  summary: 'List the records that were merged into one',
  http: 'GET /records/:id/merged',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    merged: Type.Array(Type.Object({ id: Type.String(), at: Type.String(), reason: Type.String() })),
  }),
  allow: () => true,
  run: async ({ db }, { id }) => ({
    merged: (await mergedFrom(db, id)).map(({ fromId, at, reason }) => ({ id: fromId, at, reason })),
  }),
})
