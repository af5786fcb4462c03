import { isAskedByTitle } from './asked-by-title.ts'
import { unknownValues } from './known-values.ts'
import { Type, type Static } from 'typebox'
import { operation } from '#kernel/operation.ts'
import { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { Assistance, assistanceFor, kindsAnswering } from './assist.ts'
import type { SearchHit } from './contract.ts'
import { find } from './find.ts'
import { SearchInput, Understood, withTypedFilters } from './input.ts'

const FoundIn = Type.Union([Type.String(), Type.Null()])
const Count = Type.Object({ value: Type.String(), count: Type.Integer() })

export const Way = Type.Object(
  {
    kind: Type.Enum(['translation', 'synonym', 'narrower', 'spelling', 'prefix', 'meaning']),
    typed: Type.String({ description: 'The typed words that it stands for' }),
    words: Type.String({ description: 'The words that were found instead' }),
    language: Type.Optional(Type.String()),
    concept: Type.Optional(Type.String({ description: 'The concept that joins them, by its identifier' })),
  },
  { description: 'Why something is found that was not typed' },
)

export const Found = Type.Object({
  total: Type.Integer({ description: 'How many records hold all that was asked' }),
  works: Type.Integer({ description: 'How many results that is, where the editions of one work are one' }),
  records: Type.Array(StoredRecord),
  next: Type.Union([Type.String(), Type.Null()]),
  facets: Type.Record(Type.String(), Type.Array(Count)),
  words: Type.Array(Type.String(), { description: 'The words as search understood them' }),
  ways: Type.Array(Way),
  foundBy: Type.Array(Type.Array(Type.Integer()), {
    description: 'For each record the places in `ways` of what it was found by; empty where it was found as typed',
  }),
  editions: Type.Array(
    Type.Union([
      Type.Object({
        link: Type.String({ description: 'The value of `linked` that finds all editions' }),
        count: Type.Integer(),
        values: Type.Array(Type.String(), { description: 'The languages that there are' }),
      }),
      Type.Null(),
    ]),
    { description: 'For each record the editions of its work, where it is one of several' },
  ),
  foundIn: Type.Array(FoundIn, {
    description:
      'For each record the language of the edition that has the words, where the edition in a language of the asker is shown in its place and does not have them; `foundBy` is then of that one',
  }),
  nearMissing: Type.Array(Type.Array(Type.String()), {
    description: 'For each of the near records the words of the question that it lacks',
  }),
  near: Type.Array(StoredRecord, {
    description:
      'Where few records hold all that was asked: some that hold most of it, or a narrower concept, or that are near in meaning. They are in no count',
  }),
  nearFoundBy: Type.Array(Type.Array(Type.Integer()), { description: 'The same as `foundBy`, for the near records' }),
  nearFoundIn: Type.Array(FoundIn, { description: 'The same as `foundIn`, for the near records' }),
  totalWithout: Type.Record(Type.String(), Type.Integer(), {
    description: 'How many would be found without the filter of this facet; `year` for the years',
  }),
  totalWithoutClause: Type.Array(Type.Object({ clause: Type.String(), total: Type.Integer() }), {
    description: 'Where nothing was found: how many there would be without this word',
  }),
  spared: Type.Optional(
    Type.Array(Type.String(), {
      description:
        'Words that nearly everything here is of: since few records have all words, they need not have these',
    }),
  ),
  withoutMeaning: Type.Optional(
    Type.Boolean({ description: 'The service that tells what is near in meaning did not answer in time' }),
  ),
  rebuilding: Type.Optional(
    Type.Object(
      { done: Type.Integer(), of: Type.Integer() },
      { description: 'The index is being made anew: lines of the journal taken in so far, of how many' },
    ),
  ),
  understood: Understood,
  groups: Type.Optional(
    Type.Array(Type.Object({ kind: Type.String(), total: Type.Integer() }), {
      description:
        'Where the question is vague: the kinds of which a page shows the first records, in its order. Each group is the part of this list that `kind` narrows it to; the list itself is in one order, as on a page with `flat=true`',
    }),
  ),
  assistance: Type.Optional(Assistance),
})
export type Found = Static<typeof Found>

const foundIn = ({ standsFor }: Pick<SearchHit, 'standsFor'>): string | null => standsFor?.language ?? null

export const search = operation({
  name: 'search',
  summary: 'Search everything, with filters and counts',
  http: 'GET /search',
  input: SearchInput,
  output: Found,
  allow: () => true,
  doubts: ({ services }, input) => unknownValues(services, input),
  run: async ({ services, db }, given) => {
    const input = withTypedFilters(given, services.knowledge.names)
    const { hits, near: allNear, firstOf, ...answer } = await find(services, input)
    const found = new Map(
      (await records(db).byNumbers([...hits, ...allNear].map(({ number }) => number)))
        .filter(({ status }) => status === 'published')
        .map((record) => [record.number, record]),
    )
    const shown = hits.filter(({ number }) => found.has(number))
    const isTitle =
      allNear.length > 0 &&
      isAskedByTitle(
        input.q,
        shown.map(({ number }) => found.get(number)!),
      )
    const near = isTitle ? [] : allNear
    const shownNear = near.filter(({ number }) => found.has(number))
    const { rebuilding } = services.search.memory()
    const answered = { ...answer, firstOf, near, known: found }
    const assistance = input.assist ? await assistanceFor({ services, db }, input, answered) : undefined
    const groups = assistance?.groups ?? (await kindsAnswering({ services, db }, input, answered)) ?? []
    return {
      ...answer,
      ...(rebuilding && { rebuilding }),
      records: shown.map(({ number }) => found.get(number)!),
      foundBy: shown.map(({ ways }) => ways),
      editions: shown.map(({ editions }) => (editions && editions.count > 1 ? editions : null)),
      foundIn: shown.map(foundIn),
      near: shownNear.map(({ number }) => found.get(number)!),
      nearFoundBy: shownNear.map(({ ways }) => ways),
      nearFoundIn: shownNear.map(foundIn),
      nearMissing: shownNear.map(({ lacks }) => lacks),
      understood: input,
      ...(groups.length > 0 && { groups: groups.map(({ kind, total }) => ({ kind, total })) }),
      ...(assistance && { assistance }),
    }
  },
})
