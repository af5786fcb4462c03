/** Beside search itself: what may be typed next, why a record stands where it stands, what is like it. */
import { Type, type Static } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { recordId } from '#records/fields.ts'
import { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import type { Context } from '#kernel/context.ts'
import { linksOf } from '#records/check.ts'
import { editionOf, type Explanation, type ParsedQuery } from './contract.ts'
import { prominenceOf, searchDocument } from './document.ts'
import { placesOf } from './places.ts'
import { rememberedSimilar } from './remembered-similar.ts'
import { likenessOf } from './embeddings/near.ts'
import { understandFor } from './find.ts'
import { SearchInput, toRequest, withTypedFilters } from './input.ts'
import { Way } from './search.ts'
import { suggestionsFor, Suggestions } from './suggest.ts'

const Id = Type.String({ pattern: recordId, description: 'Identifier of the record' })
const Languages = Type.Optional(Type.Array(Type.String({ maxLength: 35 }), { maxItems: 10 }))

export const complete = operation({
  name: 'search.complete',
  summary: 'Words of the index that begin as given, most frequent first',
  http: 'GET /search/words',
  input: Type.Object(
    {
      prefix: Type.String({ minLength: 1, maxLength: 100 }),
      limit: Type.Integer({ minimum: 1, maximum: 50, default: 10 }),
    },
    closed,
  ),
  output: Type.Object({ words: Type.Array(Type.String()) }),
  allow: () => true,
  run: async ({ services }, { prefix, limit }) => ({ words: await services.search.complete(prefix, limit) }),
})

export const suggest = operation({
  name: 'search.suggest',
  summary: 'Suggest what may be meant by the beginning of a question: words, concepts, filters, records',
  http: 'GET /search/suggestions',
  input: Type.Object({ q: Type.String({ maxLength: 2_000 }), languages: Languages }, closed),
  output: Suggestions,
  allow: () => true,
  run: (context, { q, languages = [] }) => suggestionsFor(context, q, languages),
})

const Term = Type.Object({
  term: Type.String({ description: 'The word as the index holds it' }),
  language: Type.Optional(
    Type.String({ description: 'Not a word of the question: the record is in this language of the asker' }),
  ),
  isStem: Type.Boolean({ description: 'What all forms of the word have in common, rather than the word itself' }),
  documents: Type.Integer({ description: 'How many records hold it' }),
  rarity: Type.Number({ description: 'What that is worth: the fewer, the more' }),
  impact: Type.Number({ description: 'What it says about this record, 0 to 1, by place and length' }),
  weight: Type.Number(),
  score: Type.Number(),
  places: Type.Array(Type.String(), { description: 'The fields of the record in which it stands' }),
})
const Branch = Type.Object({
  way: Type.Optional(Type.Integer()),
  weight: Type.Number(),
  score: Type.Number(),
  counted: Type.Boolean({ description: 'The one that the word’s score comes from' }),
  terms: Type.Array(Term),
})
export const Explained = Type.Object({
  record: StoredRecord,
  edition: Type.Optional(
    Type.Unsafe<StoredRecord>({
      ...StoredRecord,
      description:
        'The edition of the same work by which it is found, where it does not have the words itself: all that follows is of this one',
    }),
  ),
  found: Type.Boolean(),
  score: Type.Number(),
  prominence: Type.Number({
    description: 'How readily its kind comes up, and less for a link with a name alone; part of each impact',
  }),
  likeness: Type.Optional(
    Type.Number({ description: 'How near in meaning it is to the question, where that is known: 1 is the same' }),
  ),
  clauses: Type.Array(Type.Object({ name: Type.String(), score: Type.Number(), branches: Type.Array(Branch) })),
  ways: Type.Array(Way),
})
export type Explained = Static<typeof Explained>

export const explain = operation({
  name: 'search.explain',
  summary: 'Explain why a record stands where it stands in the results of a search',
  http: 'GET /search/explanations/:id',
  input: Type.Object(
    { id: Id, q: SearchInput.properties.q, exact: SearchInput.properties.exact, languages: Languages },
    closed,
  ),
  output: Explained,
  allow: () => true,
  run: async ({ services, db }, { id, q, exact, languages = [] }) => {
    const record = await records(db).find(id)
    const kind = record && services.kinds.get(record.kind)
    if (!record || !kind || record.status !== 'published') throw new Problem('recordNotFound', { id })
    const asked = withTypedFilters(
      { q, exact, languages, sort: 'relevance', editions: true, limit: 1, facetLimit: 0, assist: false },
      services.knowledge.names,
    )
    const { digest: _, ...kept } = record
    const understood = await understandFor(services, asked)
    // What is found only among narrower and broader concepts is explained by them.
    for (const query of [understood.query, understood.widened()]) {
      const own = await services.search.explain({ query }, record.number)
      if (own) return { record: kept, ...(await accountOf(services, asked, kept, own)) }
      const edition = await editionFound({ services, db }, asked, query, kept)
      const found = edition && (await services.search.explain({ query }, edition.number))
      if (found) return { record: kept, edition, ...(await accountOf(services, asked, edition, found)) }
    }
    const prominence = prominenceOf(kind, kept.body)
    const likeness = await likenessOf(services, asked, record.number)
    return { record: kept, found: false, score: 0, prominence, clauses: [], ways: [], ...likeness }
  },
})

/** What an index explains of a record that it finds, with the places where the words stand. */
async function accountOf(
  services: Context['services'],
  asked: SearchInput,
  record: StoredRecord,
  explained: Explanation,
): Promise<Omit<Explained, 'record' | 'edition'>> {
  const kind = services.kinds.get(record.kind)!
  const places = placesOf(kind, record)
  const clauses = explained.clauses.map((clause) => ({
    ...clause,
    branches: clause.branches.map((branch) => ({ ...branch, terms: branch.terms.map(places) })),
  }))
  const likeness = await likenessOf(services, asked, record.number)
  return { ...explained, found: true, prominence: prominenceOf(kind, record.body), clauses, ...likeness }
}

/** The first edition of the same work that a question finds: in the results, one in the asker's language stands in its place. */
async function editionFound(
  { services, db }: Pick<Context, 'services' | 'db'>,
  asked: SearchInput,
  query: ParsedQuery,
  { kind, body }: StoredRecord,
): Promise<StoredRecord | undefined> {
  const links = linksOf(services.kinds.get(kind)!, body).map(({ rel, toId }) => `${rel}:${toId}`)
  const linked = links.filter((link) => link.startsWith(editionOf))
  if (linked.length === 0) return undefined
  const { hits } = await services.search.search(toRequest({ ...asked, linked, facets: [] }, query))
  return (await records(db).byNumbers(hits.map(({ number }) => number))).find(({ status }) => status === 'published')
}

export const similar = operation({
  name: 'records.similar',
  summary: 'Find records that share telling words with one',
  http: 'GET /records/:id/similar',
  input: Type.Object(
    {
      id: Id,
      limit: Type.Integer({ minimum: 1, maximum: 50, default: 5 }),
      without: Type.Optional(
        Type.Array(Id, { maxItems: 1_000, description: 'Records that are not wanted, such as those that it links to' }),
      ),
    },
    closed,
  ),
  output: Type.Object({
    records: Type.Array(StoredRecord),
    shared: Type.Array(Type.Array(Type.String()), { description: 'For each record the words that it shares, folded' }),
  }),
  allow: () => true,
  run: async ({ services, db }, { id, limit, without = [] }) => {
    const state = await records(db).stateOf(id)
    const kind = state && services.kinds.get(state.kind)
    if (!kind || state.status !== 'published') throw new Problem('recordNotFound', { id })
    const most = without.length > 0 ? limit * 2 : limit
    const hits = await rememberedSimilar(services.search, { id, revision: state.revision, limit: most }, async () => {
      const record = await records(db).find(id)
      return record ? services.search.similar(searchDocument(kind, record, { labels: false }), most) : []
    })
    const shown: { record: StoredRecord; shared: string[] }[] = []
    // Seldom are any left out, and a record is long: so no more are read than may be shown.
    for (let at = 0; at < hits.length && shown.length < limit;) {
      const some = hits.slice(at, (at += limit - shown.length))
      const found = await records(db).byNumbers(some.map(({ number }) => number))
      for (const one of found)
        if (one.status === 'published' && !without.includes(one.id))
          shown.push({ record: one, shared: some.find(({ number }) => number === one.number)!.shared })
    }
    return { records: shown.map((one) => one.record), shared: shown.map(({ shared }) => shared) }
  },
})
