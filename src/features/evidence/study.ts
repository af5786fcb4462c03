import { withCited } from '#features/export/cited.ts'
import { kind } from '#records/kind.ts'
import {
  choice,
  flag,
  group,
  identifier,
  line,
  link,
  many,
  maybe,
  number,
  orcid,
  text,
  url,
  year,
} from '#records/fields.ts'

/** A piece of research on whether something works, and how far it can be trusted. */
export const study = kind({
  name: 'study',
  plural: 'studies',
  isAskedFor: true,
  area: 'clearing-house',
  schemaType: 'ScholarlyArticle',
  prominence: 1.1,
  leadsAt: 50,
  citationType: 'article',
  describedAt: 130,
  onMapAt: 50,
  line: ['year', 'design', 'evidenceLevel', 'ratings.rating'],
  columns: [
    'design',
    'evidenceLevel',
    'ratings.rating',
    'sampleSize',
    { name: 'effectSize', rel: 'study', by: 'evidence', field: 'effectSize' },
    'technologies',
    'citation',
  ],
  complete: withCited,
  body: {
    citation: maybe(line({ weight: 'heading', max: 4_000 })),
    /** A person has a given name; an organisation has none. */
    authors: maybe(
      many(
        group({
          name: line({ weight: 'text', max: 300, tellsWho: true, shownApart: true }),
          given: maybe(line({ weight: 'text', max: 100, tellsWho: true, shownApart: true })),
          orcid: maybe(orcid({ tellsWho: true, shownApart: true })),
        }),
      ),
    ),
    publicationType: maybe(choice('publication-types')),
    /** The journal, or the book or proceedings that it stands in. */
    container: maybe(line({ weight: 'text', max: 500 })),
    volume: maybe(line({ max: 50, shownApart: true })),
    issue: maybe(line({ max: 50, shownApart: true })),
    pages: maybe(line({ max: 50, shownApart: true })),
    publisher: maybe(line({ weight: 'text', max: 500 })),
    publisherPlace: maybe(line({ max: 200, shownApart: true })),
    publication: maybe(line({ weight: 'text', max: 2_000 })),
    year: maybe(year({ facet: 'year', property: 'datePublished' })),
    url: maybe(url({ property: 'url' })),
    identifiers: maybe(many(identifier({ property: 'identifier' }))),
    interventions: maybe(many(link('examines', ['intervention']))),
    design: maybe(choice('study-designs', { facet: 'design' })),
    evidenceLevel: maybe(choice('evidence-levels', { facet: 'evidence' })),
    ratings: maybe(
      many(
        group({
          scheme: choice('rating-schemes'),
          rating: line({ max: 200, usual: 'ratings' }),
          reason: maybe(text({ max: 2_000 })),
          version: maybe(line({ max: 50 })),
        }),
      ),
    ),
    protocol: maybe(line({ weight: 'text', max: 500 })),
    levels: maybe(many(choice('levels', { facet: 'level', property: 'educationalLevel' }))),
    gradesAtSource: maybe(line({ max: 100 })),
    subjects: maybe(many(choice('subjects', { facet: 'subject', property: 'about' }))),
    technologies: maybe(many(choice('technologies', { facet: 'technology' }))),
    approaches: maybe(many(link('approach', ['approach'], { weight: 'text' }))),
    countries: maybe(many(choice('countries', { facet: 'country' }))),
    settings: maybe(many(choice('settings', { facet: 'setting' }))),
    delivery: maybe(many(line({ max: 200 }))),
    areas: maybe(many(choice('areas', { facet: 'area' }))),
    multisite: maybe(flag()),
    sampleSize: maybe(number({ minimum: 0, isCount: true })),
    findings: maybe(number({ minimum: 0, isCount: true })),
  },
})
