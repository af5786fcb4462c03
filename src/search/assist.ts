/** What helps people on beside the results: a record meant by its name, best bets, filters that words name, kinds, topics. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { concept } from '#records/vocabularies/concept.ts'
import { isOf, type Kind } from '#records/kind.ts'
import { keyOf, nameOf, ownIdIn } from '#records/names.ts'
import { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import type { SearchHit } from './contract.ts'
import { almostFound } from './almost.ts'
import { Alone, wordsAlone } from './alone.ts'
import { findStrict, inGroup, understandFor, type FoundNumbers } from './find.ts'
import type { SearchInput } from './input.ts'
import { conceptsNamed } from './knowledge.ts'
import { countriesNamed, NamedCountry, Offer, offersFor } from './offers.ts'
import { plainName } from '#records/vocabularies/names.ts'

const Record_ = StoredRecord
const Topic = Type.Object({ record: Record_, total: Type.Integer() })

export const Assistance = Type.Object({
  named: Type.Array(Record_, { description: 'Records of which what was typed is an identifier or an address' }),
  best: Type.Array(Record_, { description: 'What curators put first for this question' }),
  offers: Type.Array(Offer),
  groups: Type.Array(
    Type.Object({
      kind: Type.String(),
      total: Type.Integer(),
      records: Type.Array(Record_),
      foundIn: Type.Array(Type.Union([Type.String(), Type.Null()])),
    }),
    { description: 'The best of each kind, where the question is vague; `foundIn` as of the records found' },
  ),
  broader: Type.Array(Topic),
  narrower: Type.Array(Topic),
  countries: Type.Array(NamedCountry, { description: 'Countries that the words name' }),
  almost: Type.Array(Record_, { description: 'Where nothing was found: what one change of the question would find' }),
  alone: Type.Array(Alone, {
    description: 'Where nothing was found and no one change would help: words that find something alone',
  }),
})
export type Topic = { record: StoredRecord; total: number }
export type Assistance = {
  named: StoredRecord[]
  best: StoredRecord[]
  offers: Offer[]
  groups: { kind: string; total: number; records: StoredRecord[]; foundIn: (string | null)[] }[]
  broader: Topic[]
  narrower: Topic[]
  countries: NamedCountry[]
  almost: StoredRecord[]
  alone: Static<typeof Alone>[]
}

type SearchContext = Pick<Context, 'services' | 'db'>
/** `known`: the published records that were read for the answer, by number. */
type Answered = Omit<FoundNumbers, 'hits'> & { known: ReadonlyMap<number, StoredRecord> }

const none: Assistance = {
  named: [],
  best: [],
  offers: [],
  groups: [],
  broader: [],
  narrower: [],
  countries: [],
  almost: [],
  alone: [],
}
const mostNamed = 5
const mostTopics = 8

export async function assistanceFor(
  runtime: SearchContext,
  input: SearchInput,
  answered: Answered,
): Promise<Assistance> {
  if (input.after !== undefined) return none
  const almost = answered.total + answered.near.length === 0 ? await almostFor(runtime, input, answered) : []
  if (!input.q.trim())
    return { ...none, almost, groups: isVague(answered) ? await groupsOf(runtime, input, answered) : [] }
  const named = await recordsNamed(runtime, input.q)
  if (named.length > 0) return { ...none, named }
  const [best, offers, groups, topics, countries, alone] = await Promise.all([
    bestFor(runtime, input),
    input.exact ? [] : offersFor(runtime.services, input),
    isVague(answered) ? groupsOf(runtime, input, answered) : [],
    topicsOf(runtime, input),
    input.exact ? [] : countriesNamed(runtime.services, input),
    wordsAlone(runtime.services, input, answered),
  ])
  return { named, best, offers, groups, countries, almost, alone, ...topics }
}

/** Records that go by what was typed: an identifier of this node or of others, or an address. */
async function recordsNamed({ db }: Pick<SearchContext, 'db'>, typed: string): Promise<StoredRecord[]> {
  const id = ownIdIn(typed)
  const own = id && (await records(db).find(id))
  if (own && own.status === 'published') {
    const { digest: _, ...record } = own
    return [record]
  }
  const name = nameOf(typed)
  return name ? records(db).named(keyOf(name), mostNamed) : []
}

async function bestFor({ services, db }: SearchContext, { q }: SearchInput): Promise<StoredRecord[]> {
  const ids = (await services.knowledge.bets()).get(plainName(q)) ?? []
  if (ids.length === 0) return []
  const found = await records(db).findMany(ids)
  return ids.flatMap((id) => {
    const record = found.get(id)
    if (record?.status !== 'published') return []
    const { digest: _, ...rest } = record
    return [rest]
  })
}

async function almostFor(
  { services, db }: SearchContext,
  input: SearchInput,
  answered: Answered,
): Promise<StoredRecord[]> {
  const { query } = await understandFor(services, input)
  const hits = await almostFound(services, input, query, answered)
  return publishedOf(
    db,
    hits.map(({ number }) => number),
    answered.known,
  )
}

const isPublished = ({ status }: StoredRecord) => status === 'published'
async function publishedOf(db: SearchContext['db'], numbers: readonly number[], known: Answered['known']) {
  const read = (await records(db).byNumbers(numbers.filter((number) => !known.has(number)))).filter(isPublished)
  const others = new Map(read.map((record) => [record.number, record]))
  return numbers.flatMap((number) => known.get(number) ?? others.get(number) ?? [])
}

const vagueFrom = 60
const fewestKinds = 3
const mostGroups = 6
/** A kind answers where its best record earns so much of what the best of all does. */
const leastShare = 0.5
/** Or so much of what the second best kind does: one title that happens to have the very words says little of the question. */
const leastShareOfSecond = 0.6

/** One or two words, or none, that many records of several kinds hold: the reader has yet to say what is meant. */
const isVague = ({ words, total, firstOf }: Answered): boolean =>
  firstOf !== undefined && words.length <= 2 && total >= vagueFrom && Object.keys(firstOf).length >= fewestKinds

type GroupHit = Pick<SearchHit, 'number' | 'standsFor'>
type Group = { kind: Kind; total: number; best: number; hits: GroupHit[]; numbers: number[] }

/** The kinds that answer a vague question, in the order in which a page shows them. @returns undefined where it is not vague */
export async function kindsAnswering(
  runtime: SearchContext,
  input: SearchInput,
  answered: Answered,
): Promise<{ kind: string; total: number }[] | undefined> {
  if (!isVague(answered)) return undefined
  const { chosen } = await chosenGroups(runtime, input, answered)
  return chosen.map(({ kind, total }) => ({ kind: kind.name, total }))
}

async function chosenGroups({ services, db }: SearchContext, { q }: SearchInput, { firstOf = {}, known }: Answered) {
  const all = Object.entries(firstOf).flatMap(([name, { total, hits }]): Group[] => {
    const kind = services.kinds.get(name)
    const first = hits.slice(0, inGroup)
    const numbers = first.map(({ number }) => number)
    return kind && first.length > 0 ? [{ kind, total, best: first[0]!.score, hits: first, numbers }] : []
  })
  const proper = q.trim() ? all.filter(({ kind }) => kind.isProperName === true) : []
  const found = await publishedBy(db, proper, known)
  const chosen = inOrderOfKinds(
    all,
    proper.filter(({ numbers }) => isCalled(plainName(q), numbers, found)),
  )
  return { chosen, proper, found }
}

/** The best of each kind that has something to say, in the order in which they are shown. No more are read than are shown. */
async function groupsOf({ services, db }: SearchContext, input: SearchInput, answered: Answered) {
  const { known } = answered
  const { chosen, proper, found } = await chosenGroups({ services, db }, input, answered)
  const others = await publishedBy(
    db,
    chosen.filter((group) => !proper.includes(group)),
    known,
  )
  return chosen
    .map(({ kind, total, hits }) => {
      const shown = hits.flatMap(({ number, standsFor }) => {
        const record = found.get(number) ?? others.get(number)
        return record ? [{ record, foundIn: standsFor?.language ?? null }] : []
      })
      return {
        kind: kind.name,
        total,
        records: shown.map(({ record }) => record),
        foundIn: shown.map((one) => one.foundIn),
      }
    })
    .filter((group) => group.records.length > 0)
}

const publishedBy = async (db: SearchContext['db'], groups: readonly Group[], known: Answered['known']) =>
  new Map(
    (
      await publishedOf(
        db,
        groups.flatMap(({ numbers }) => numbers),
        known,
      )
    ).map((record) => [record.number, record]),
  )

/** Whether one of these records, of a kind whose titles are proper names, bears the very name that was typed. */
const isCalled = (typed: string, numbers: readonly number[], found: ReadonlyMap<number, StoredRecord>): boolean =>
  numbers.some((number) =>
    Object.values(found.get(number)?.body.title ?? {}).some((title) => plainName(title) === typed),
  )

/**
 * What bears the very name that was typed comes first; then the kinds that tell what was done and learned, in their own
 * order, where they answer nearly as well as anything does; then the kinds with most finds, the best first.
 */
function inOrderOfKinds(groups: readonly Group[], called: readonly Group[]): Group[] {
  const [most = 0, second = most] = groups
    .filter((group) => !called.includes(group))
    .map(({ best }) => best)
    .toSorted((a, b) => b - a)
  const least = Math.min(leastShare * most, leastShareOfSecond * second)
  const leads = ({ kind, best }: Group) => kind.leadsAt !== undefined && best >= least
  const leading = groups
    .filter((group) => !called.includes(group) && leads(group))
    .sort((a, b) => a.kind.leadsAt! - b.kind.leadsAt!)
  const first = [...called, ...leading].slice(0, mostGroups)
  const others = groups
    .filter((group) => !first.includes(group))
    .sort((a, b) => b.total - a.total)
    .slice(0, mostGroups - first.length)
    .sort((a, b) => b.best - a.best)
  return [...first, ...others]
}

/** Concepts above and below the one that was typed, with how much each finds. */
async function topicsOf(
  { services, db }: SearchContext,
  input: SearchInput,
): Promise<Pick<Assistance, 'broader' | 'narrower'>> {
  const ids = conceptsNamed((await services.knowledge.concepts()).labels, input.q)
  if (ids.length === 0) return { broader: [], narrower: [] }
  const store = records(db)
  const here: StoredRecord[] = [...(await store.findMany(ids)).values()].filter(({ status }) => status === 'published')
  const above = here
    .filter(isOf(concept))
    .flatMap(({ body }) => body.broader ?? [])
    .slice(0, mostTopics)
  const below = await store.linksTo(ids, 'broader', mostTopics)
  const [broader, narrower] = await Promise.all([
    counted(services, input, [...(await store.findMany(above)).values()].filter(isPublished)),
    counted(services, input, await store.byNumbers(below)),
  ])
  return { broader, narrower }
}

async function counted(
  services: SearchContext['services'],
  input: SearchInput,
  concepts: readonly StoredRecord[],
): Promise<Topic[]> {
  const counts = await Promise.all(
    concepts.map(({ body }) =>
      findStrict(services, { ...input, q: `"${labelFor(body, input)}"`, facets: [], limit: 0 }).then(
        ({ total }) => total,
      ),
    ),
  )
  return concepts
    .map(({ number, body, ...rest }, i) => ({ record: { number, body, ...rest }, total: counts[i]! }))
    .filter(({ record, total }) => total > 0 && record.kind === concept.name)
}

/** What a concept is called in the asker's language, else in its own. */
export const labelFor = (
  { title, originalLanguage }: StoredRecord['body'],
  { languages = [] }: Pick<SearchInput, 'languages'>,
) =>
  languages.map((language) => title[language]).find(Boolean) ?? title[originalLanguage] ?? Object.values(title)[0] ?? ''
