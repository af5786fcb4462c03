/** What offers of support and requests for it say alike, so that one can be held against the other. */
import { choice, date, language, link, many, maybe, text, url } from '#records/fields.ts'

/** None of a list: any. So for countries, languages, areas and levels. */
export const supportFields = {
  supportTypes: many(choice('support-types')),
  description: maybe(text({ weight: 'heading', property: 'description' })),
  /** Who pays for what, what is expected in return, what becomes of data and results. */
  terms: maybe(text({ max: 10_000 })),
  countries: maybe(many(choice('countries', { facet: 'country', property: 'areaServed' }))),
  workingLanguages: maybe(many(language({ facet: 'language' }))),
  areas: maybe(many(choice('areas', { facet: 'area' }))),
  levels: maybe(many(choice('levels', { facet: 'level' }))),
  practices: maybe(many(link('supportFor', ['practice']))),
  opensOn: maybe(date({ facet: 'year', property: 'validFrom', endsIn: 'closesOn' })),
  closesOn: maybe(date({ property: 'validThrough' })),
  url: maybe(url({ property: 'url' })),
}

export const supportLine = ['supportTypes', 'countries', 'closesOn']

export const stepsOfSupport = (madeBy: string) =>
  [
    {
      name: 'identity',
      isSnapshot: true,
      fields: [
        'title',
        'supportTypes',
        'description',
        madeBy,
        'countries',
        'workingLanguages',
        'areas',
        'levels',
        'closesOn',
      ],
    },
    { name: 'more', fields: ['terms', 'practices', 'opensOn', 'url'] },
  ] as const
