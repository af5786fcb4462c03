import { kind } from '#records/kind.ts'
import { choice, date, group, language, line, link, many, maybe, text, url, words } from '#records/fields.ts'

/** A course that can be taken online. */
export const course = kind({
  name: 'course',
  isAskedFor: true,
  plural: 'courses',
  prominence: 0.9,
  area: 'online',
  schemaType: 'Course',
  isWork: true,
  citationType: 'webpage',
  amb: { type: 'course' },
  describedAt: 110,
  line: ['provider', 'languages', 'subjects'],
  body: {
    description: maybe(text({ weight: 'heading', property: 'description' })),
    url: maybe(url({ property: 'url' })),
    provider: maybe(line({ weight: 'text', max: 500, property: 'provider', tellsWho: true })),
    creators: maybe(
      many(group({ name: line({ weight: 'text', max: 500, tellsWho: true }), role: choice('creator-roles') })),
    ),
    languages: many(language({ facet: 'language', property: 'inLanguage' })),
    levels: maybe(many(choice('levels', { facet: 'level', property: 'educationalLevel' }))),
    subjects: maybe(many(choice('subjects', { facet: 'subject', property: 'about' }))),
    keywords: maybe(words({ property: 'keywords' })),
    licence: maybe(choice('licences', { facet: 'licence', property: 'license' })),
    licenceAtSource: maybe(line({ max: 500 })),
    access: maybe(choice('access-conditions', { facet: 'access' })),
    formats: maybe(many(line({ max: 100 }))),
    duration: maybe(line({ max: 200 })),
    effort: maybe(line({ max: 200 })),
    prerequisites: maybe(line({ max: 1_000 })),
    publishedOn: maybe(date({ facet: 'year', property: 'datePublished' })),
    work: maybe(link('work', [])),
    areas: maybe(many(choice('areas', { facet: 'area' }))),
  },
})
