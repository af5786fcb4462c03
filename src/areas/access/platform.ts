import { kind } from '#records/kind.ts'
import { choice, language, line, link, many, maybe, text, url, words, year } from '#records/fields.ts'

/** A digital learning platform or repository that the public can use. */
export const platform = kind({
  name: 'platform',
  plural: 'platforms',
  prominence: 0.8,
  isProperName: true,
  area: 'access',
  schemaType: 'WebSite',
  isWork: true,
  citationType: 'webpage',
  describedAt: 100,
  onMapAt: 40,
  line: ['countries', 'languages', 'subjects'],
  body: {
    description: maybe(text({ property: 'description' })),
    otherNames: maybe(words({ weight: 'title', property: 'alternateName' })),
    url: maybe(url({ property: 'url' })),
    otherAddresses: maybe(many(url({ property: 'sameAs' }))),
    providers: maybe(many(link('provider', ['organisation'], { property: 'provider', tellsWho: true }))),
    languages: maybe(many(language({ facet: 'language', property: 'inLanguage' }))),
    levels: maybe(many(choice('levels', { facet: 'level', property: 'educationalLevel' }))),
    audiences: maybe(many(choice('audiences', { facet: 'audience' }))),
    subjects: maybe(many(choice('subjects', { facet: 'subject', property: 'about' }))),
    countries: maybe(many(choice('countries', { facet: 'country' }))),
    licence: maybe(choice('licences', { facet: 'licence', property: 'license' })),
    licenceAtSource: maybe(line({ max: 1_000 })),
    openness: maybe(line({ max: 300 })),
    since: maybe(year({ facet: 'year' })),
    keywords: maybe(words({ property: 'keywords' })),
    areas: maybe(many(choice('areas', { facet: 'area' }))),
  },
})
