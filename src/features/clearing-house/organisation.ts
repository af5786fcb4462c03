import { kind } from '#records/kind.ts'
import { choice, group, identifier, line, link, many, maybe, place, text, url, words, year } from '#records/fields.ts'
import { references } from './references.ts'

/** A ministry, school, university, agency, foundation, company or association. */
export const organisation = kind({
  name: 'organisation',
  plural: 'organisations',
  prominence: 0.6,
  isProperName: true,
  area: 'clearing-house',
  schemaType: 'Organization',
  describedAt: 70,
  onMapAt: 20,
  line: ['types', 'countries', 'city'],
  body: {
    description: maybe(text({ property: 'description' })),
    otherNames: maybe(words({ weight: 'title', property: 'alternateName' })),
    types: maybe(many(choice('organisation-types', { facet: 'organisationType' }))),
    countries: maybe(many(choice('countries', { facet: 'country' }))),
    city: maybe(line({ weight: 'text', max: 300 })),
    coordinates: maybe(place()),
    established: maybe(year({ property: 'foundingDate', facet: 'year' })),
    status: maybe(choice('organisation-statuses', { facet: 'status' })),
    websites: maybe(many(url({ property: 'url' }))),
    identifiers: maybe(many(identifier({ property: 'identifier', weight: 'text' }))),
    references: references(),
    related: maybe(
      many(
        group({
          organisation: link('relatedOrganisation', ['organisation']),
          relation: choice('organisation-relations'),
        }),
      ),
    ),
  },
})
