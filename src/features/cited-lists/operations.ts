/** Keeping what a search found so that it can be cited, and reading it as it was. */
import type { Kysely } from 'kysely'
import { Type, type Static } from 'typebox'
import { valuesOf } from '#kernel/http/api.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { journalHead } from '#kernel/journal.ts'
import { closed, operation, preparedOperation, type Preparing } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { Problem, noSuch } from '#kernel/problem.ts'
import { validate } from '#kernel/schema.ts'
import { noteEvent } from '#accounts/audit.ts'
import { From } from '#accounts/inputs.ts'
import { countTry, isLetPass } from '#accounts/rate-limit.ts'
import { Done, done } from '#records/inputs.ts'
import { mergedInto } from '#records/merged.ts'
import { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { queryOf } from '#search/address.ts'
import { SearchInput } from '#search/input.ts'
import { search, type Found } from '#search/search.ts'
import { checksumOf, idOf, readContent, writeContent, type Entry, type ListContent } from './content.ts'
import { citedListStore } from './store.ts'
import type { CitedListRow } from './tables.ts'

/** More records than this nobody cites as a list: the dump is for those. */
export const mostCited = 5_000
const atOnce = 500
const longestQuery = 2_000

const Id = Type.String({ pattern: '^[0-9a-f]{32}$', description: 'The beginning of its checksum' })

/** What became of a record since: `erased` where that version is no longer kept. */
export const entryStates = ['unchanged', 'revised', 'withdrawn', 'merged', 'erased'] as const
const State = Type.Enum([...entryStates])
/** The same for all of the list, where merged records count as withdrawn. */
const sinceStates = ['unchanged', 'revised', 'withdrawn', 'erased'] as const

export const CitedList = Type.Object({
  id: Id,
  checksum: Type.String({ description: 'SHA-256 of the text at `/cited-lists/<id>.txt`' }),
  query: Type.String({ description: 'What stands in the address of the search' }),
  citedAt: Type.String({ description: 'When this list was first cited' }),
  journal: Type.Integer({ description: 'How far the journal was then' }),
  total: Type.Integer(),
  since: Type.Record(Type.Enum([...sinceStates]), Type.Integer(), {
    description: 'How many of its records are today in which state; merged ones count as withdrawn',
  }),
  entries: Type.Array(
    Type.Object({
      position: Type.Integer({ minimum: 1 }),
      id: Type.String(),
      revision: Type.Integer(),
      state: State,
      into: Type.Union([Type.String(), Type.Null()], { description: 'The record that it was merged into' }),
      record: Type.Union([StoredRecord, Type.Null()], {
        description: 'The record as it was; null where it may no longer be shown',
      }),
    }),
  ),
})
export type CitedList = Static<typeof CitedList>
type SinceState = (typeof sinceStates)[number]

/** How what is found is shown says nothing about what is found. */
const beside = ['after', 'limit', 'facets', 'facetLimit', 'languages', 'assist']
const asked = Object.keys(SearchInput.properties).filter((name) => !beside.includes(name))

/** All that a search finds, in its order, as the pages of it show. @throws Problem invalid; nothingToCite; listTooLong */
async function everythingFound(context: Preparing, query: string, language: string): Promise<ListContent> {
  const values = valuesOf(new URLSearchParams(query))
  const given = Object.entries(values).filter(([name, value]) => asked.includes(name) && value !== '')
  const fixed = { languages: [language], facets: [], facetLimit: 0, limit: atOnce }
  const input = validate(SearchInput, { ...Object.fromEntries(given), ...fixed }, 'fromText')
  const ask = (after?: string) => search.run({ ...context, journal: () => {} }, { ...input, ...(after && { after }) })
  const entries = new Map<string, Entry>()
  const first = await ask()
  if (first.total === 0) throw new Problem('nothingToCite')
  if (first.total > mostCited) throw new Problem('listTooLong', { most: mostCited, total: first.total })
  for (let found: Found | undefined = first; found; found = found.next ? await ask(found.next) : undefined)
    for (const { id, revision } of found.records) entries.set(id, { id, revision })
  return { query: queryOf(first.understood).toString(), entries: [...entries.values()] }
}

/** Anyone may: a citation is worth most where nobody has to sign in, and the same list is kept only once. */
export const citeList = preparedOperation({
  name: 'citedLists.cite',
  summary: 'Keep what a search finds now, so that it can be cited',
  http: 'POST /cited-lists',
  isOpen: true,
  isForPages: true,
  input: Type.Object(
    {
      query: Type.String({ maxLength: longestQuery, description: 'What stands in the address of a search' }),
      language: Type.Enum([...languages], { description: 'Its words are understood in this language' }),
      remote: From.remote,
    },
    closed,
  ),
  output: Type.Object({ id: Id }),
  allow: () => true,
  prepare: async (context, { query, language }) => writeContent(await everythingFound(context, query, language)),
  run: async ({ db, now }, { remote }, content) => {
    const id = idOf(content)
    const store = citedListStore(db)
    if (await store.find(id)) return { id }
    if (!(await isLetPass(db, 'citedListsFrom', remote, now()))) throw new Problem('tooManyTries')
    await countTry(db, 'citedListsFrom', remote, now())
    const { entries } = readContent(content)
    const citedAt = now().toISOString()
    await store.add({ id, content, total: entries.length, journal: await journalHead(db), citedAt })
    return { id }
  },
})

async function expectList(db: Kysely<unknown>, id: string): Promise<CitedListRow> {
  const row = await citedListStore(db).find(id)
  if (!row) throw noSuch('citedList', id)
  return row
}

/** The text is that of the checksum, so that others can compute it. */
export const readCitedText = operation({
  name: 'citedLists.text',
  summary: 'Read the text that the checksum of a cited list is of',
  http: 'GET /cited-lists/:id/text',
  isForPages: true,
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ text: Type.String() }),
  allow: () => true,
  run: async ({ db }, { id }) => ({ text: (await expectList(db, id)).content }),
})

export const readCitedList = operation({
  name: 'citedLists.read',
  summary: 'Read a list as it was when it was cited, with what became of its records since',
  http: 'GET /cited-lists/:id',
  input: Type.Object(
    {
      id: Id,
      from: Type.Integer({ minimum: 1, maximum: mostCited, default: 1, description: 'The first position' }),
      limit: Type.Integer({ minimum: 1, maximum: atOnce, default: 100 }),
    },
    closed,
  ),
  output: CitedList,
  allow: () => true,
  run: async ({ db }, { id, from, limit }) => {
    const row = await expectList(db, id)
    const { query, entries } = readContent(row.content)
    const states = await records(db).digests(entries.map((entry) => entry.id))
    const shown = entries.slice(from - 1, from - 1 + limit)
    const told = await Promise.all((await asTheyWere(db, shown, states)).map((entry) => withTarget(db, entry)))
    const { citedAt, journal, total } = row
    return {
      id,
      checksum: checksumOf(row.content),
      query,
      citedAt,
      journal,
      total,
      since: countsOf(entries.map((entry) => stateNow(entry, states.get(entry.id)))),
      entries: told.map((entry, i) => ({ position: from + i, ...entry })),
    }
  },
})

type Now = { number: number; revision: number; status: 'published' | 'withdrawn' }

function stateNow({ revision }: Entry, now: Now | undefined): SinceState {
  if (!now) return 'erased'
  if (now.status === 'withdrawn') return 'withdrawn'
  return now.revision === revision ? 'unchanged' : 'revised'
}

function countsOf(states: readonly SinceState[]): CitedList['since'] {
  const counts = Object.fromEntries(sinceStates.map((state) => [state, 0])) as CitedList['since']
  for (const state of states) counts[state] += 1
  return counts
}

/** Of a record that is withdrawn nothing is shown, as on its own page. */
async function asTheyWere(db: Kysely<unknown>, entries: readonly Entry[], states: ReadonlyMap<string, Now>) {
  const wanted = entries.flatMap(({ id, revision }) => {
    const now = states.get(id)
    return now?.status === 'published' ? [{ number: now.number, revision }] : []
  })
  const versions = await records(db).atRevisions(wanted)
  return entries.map((entry) => {
    const now = states.get(entry.id)
    const state = stateNow(entry, now)
    const version = now && versions.get(`${now.number}/${entry.revision}`)
    const record = version?.status === 'published' && state !== 'withdrawn' ? version : null
    return { ...entry, state: state === 'withdrawn' || record ? state : ('erased' as const), record }
  })
}

async function withTarget(db: Kysely<unknown>, entry: Awaited<ReturnType<typeof asTheyWere>>[number]) {
  const into = entry.state === 'withdrawn' ? ((await mergedInto(db, entry.id)) ?? null) : null
  return { ...entry, into, state: into ? ('merged' as const) : entry.state }
}

/** For what should never have been published, such as a name in the words of a search. */
export const removeCitedList = operation({
  name: 'citedLists.remove',
  summary: 'Remove a cited list; its address then answers 404',
  http: 'DELETE /cited-lists/:id',
  changesPages: true,
  input: Type.Object({ id: Id, reason: Type.String({ minLength: 1, maxLength: 500 }) }, closed),
  output: Done,
  allow: permission('record.withdraw'),
  run: async (context, { id, reason }) => {
    await expectList(context.db, id)
    await citedListStore(context.db).remove(id)
    await noteEvent(context, 'citedList.removed', '', `${id}: ${reason}`)
    return done
  },
})
