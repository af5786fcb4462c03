import { kind } from '#records/kind.ts'
import { choice, date, group, line, link, many, maybe, text, url, words } from '#records/fields.ts'

/** Open software, standard, content collection, data or AI model that others can take and run. */
export const solution = kind({
  name: 'solution',
  plural: 'solutions',
  prominence: 1.02,
  isProperName: true,
  area: 'open',
  schemaType: 'SoftwareApplication',
  isWork: true,
  citationType: 'software',
  isRun: true,
  describedAt: 90,
  onMapAt: 30,
  line: ['types', 'licences', 'status', 'countries'],
  checkedAtSource: 'status',
  body: {
    description: maybe(text({ weight: 'heading', property: 'description' })),
    otherNames: maybe(words({ weight: 'title', property: 'alternateName' })),
    types: maybe(many(choice('solution-types', { facet: 'type', property: 'applicationCategory' }))),
    status: maybe(choice('solution-statuses', { facet: 'status', shownApart: true })),
    website: maybe(url({ property: 'url' })),
    repositories: maybe(many(url({ property: 'codeRepository' }))),
    documentation: maybe(many(url())),
    licences: maybe(many(choice('licences', { facet: 'licence', property: 'license' }))),
    owners: maybe(
      many(group({ organisation: link('owner', ['organisation'], { tellsWho: true }), role: choice('roles') })),
    ),
    sdgs: maybe(
      many(
        group({
          goal: choice('sdg-goals', { facet: 'sdgGoal' }),
          // What it does for a goal repeats the goal: whoever asks for teachers, water and cities would find each of them.
          evidence: maybe(text({ max: 20_000, weight: undefined })),
          address: maybe(url()),
        }),
      ),
    ),
    countries: maybe(many(choice('countries', { facet: 'country' }))),
    developedIn: maybe(many(choice('countries'))),
    /** Answers to the indicators of the Digital Public Goods Standard, in its order. */
    indicators: maybe(inOrderOfStandard()),
    startedOn: maybe(date({ facet: 'year' })),
    version: maybe(line({ max: 100 })),
    areas: maybe(many(choice('areas', { facet: 'area' }))),
  },
})

function inOrderOfStandard() {
  return many(
    group({
      indicator: choice('dpg-indicators', { shownApart: true }),
      answer: choice('answers', { shownApart: true }),
      // Licences and privacy in the words of an application form; no one looks for these.
      note: maybe(text({ shownApart: true, weight: undefined })),
      addresses: maybe(many(url({ shownApart: true }))),
    }),
  )
}
