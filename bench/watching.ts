/** Very many people saved a search: what does it cost to find what is new for each, beside asking the whole index? */
import { performance } from 'node:perf_hooks'
import type { App } from '#app'
import { importer } from '#records/sources/import.ts'
import { understandFor } from '#search/find.ts'
import { toRequest } from '#search/input.ts'
import { ingest } from '#records/sources/ingest.ts'
import { newsOf } from '#features/subscriptions/news.ts'
import { inputOf } from '#features/subscriptions/subject.ts'
import { inNewApp } from './alone.ts'
import { inPairs, number, ratiosOf, spreadOf, verdictOf, type Question } from './measure.ts'

const subjects =
  'radio tablet solar lamp teacher school mobile video course open reading mathematics science girls rural internet offline library story game assessment language coding robot health climate'.split(
    ' ',
  )
const countries = ['KE', 'UG', 'TZ', 'IN', 'BR', 'FR', 'CN', 'EG', 'RU', 'MX']
const pick = (at: number, step: number): string => subjects[(at * step + (at >> 3)) % subjects.length]!
const rowsAtOnce = 500
const changes = 200

/** So many records as an import brings them, then what people shared since. Answers the place in the journal between the two. */
async function fill(app: App, records: number): Promise<number> {
  const row = (at: number) => ({
    place: `rows:${at}`,
    kind: 'resource',
    identifier: `https://example.org/${at}`,
    body: {
      title: { en: `${pick(at, 3)} ${pick(at, 5)} ${pick(at, 7)} ${at}` },
      originalLanguage: 'en',
      type: 'book',
      languages: ['en'],
      description: {
        en: `${pick(at, 11)} ${pick(at, 13)} ${pick(at, 17)} ${pick(at, 19)} lessons for ${pick(at, 23)}`,
      },
    },
  })
  for (let from = 0; from < records; from += rowsAtOnce) {
    const rows = Array.from({ length: rowsAtOnce }, (_, at) => row(from + at))
    await app.perform(ingest, importer('phet-simulations'), { name: 'phet-simulations', rows })
  }
  await app.follow()
  const before = app.search.seq
  const curator = { kind: 'person' as const, id: 'curator', roles: ['curator'] }
  for (let at = 0; at < changes; at++)
    await app.perform(app.operation('practices.share')!, curator, {
      title: { en: `${pick(at, 1)} ${pick(at, 7)} practice` },
      originalLanguage: 'en',
      type: 'practice',
      description: { en: pick(at, 3) },
      countries: [countries[at % countries.length]],
    })
  await app.follow()
  return before
}

const savedSearches = (count: number, seq: number) =>
  Array.from({ length: count }, (_, at) => ({
    id: String(at),
    recordId: null,
    language: 'en',
    seq,
    at: new Date(0).toISOString(),
    query: new URLSearchParams({
      q: at % 3 ? `${pick(at, 1)} ${pick(at, 5)}` : pick(at, 1),
      ...(at % 2 && { country: countries[at % countries.length]! }),
    }).toString(),
  }))

export const watching: Question = async ({ quick, say }) => {
  return inNewApp(async (app) => {
    const records = quick ? 5_000 : 30_000
    const seq = await fill(app, records)
    const searches = savedSearches(quick ? 200 : 1_000, seq)
    const asking = { db: app.database.read, services: app.runtime.services }
    const timed = async (work: () => Promise<unknown>) => {
      const begun = performance.now()
      await work()
      return performance.now() - begun
    }
    const ours = () => timed(() => newsOf(asking, searches, { upTo: app.search.seq, most: 10 }))
    const whole = () =>
      timed(async () => {
        for (const { query } of searches) {
          const input = { ...inputOf(query), sort: 'newest' as const, limit: 10, facets: [], facetLimit: 0 }
          const understood = (await understandFor(asking.services, input)).query
          await asking.services.search.search(toRequest(input, understood))
        }
      })
    await ours()
    const pairs = await inPairs(quick ? 3 : 5, ours, whole)
    const ratio = ratiosOf(pairs.ours, pairs.yards)
    const [own, all] = [spreadOf(pairs.ours), spreadOf(pairs.yards)]
    say(`${searches.length} saved searches after ${changes} changes among ${records} records`)
    return [
      {
        question: 'watching',
        what: `news for ${searches.length} saved searches, ${records} records`,
        ours: `${number(own.median)} ms`,
        yardstick: `each asked of all ${number(all.median)} ms`,
        ratio: `${ratio.median.toFixed(2)} (${ratio.least.toFixed(2)}–${ratio.most.toFixed(2)})`,
        aim: 'below 1',
        verdict: verdictOf(ratio.median < 1),
      },
    ]
  })
}
