import { kind } from '#records/kind.ts'
import { choice, date, identifier, language, line, link, many, maybe, number, text, url } from '#records/fields.ts'

/** A framework of what learners or teachers should know and be able to do. */
export const framework = kind({
  name: 'framework',
  plural: 'frameworks',
  area: 'quality',
  schemaType: 'DefinedTermSet',
  isWork: true,
  citationType: 'standard',
  describedAt: 160,
  line: ['publisher', 'languages', 'subjects'],
  body: {
    description: maybe(text({ property: 'description' })),
    uri: identifier({ property: 'identifier' }),
    publisher: maybe(line({ weight: 'text', property: 'publisher', max: 300, tellsWho: true })),
    url: maybe(url({ property: 'url' })),
    licence: maybe(choice('licences', { facet: 'licence', property: 'license' })),
    adoptionStatus: maybe(line({ max: 100 })),
    languages: maybe(many(language({ facet: 'language', property: 'inLanguage' }))),
    subjects: maybe(many(choice('subjects', { facet: 'subject', property: 'about' }))),
    levels: maybe(many(choice('levels', { facet: 'level', property: 'educationalLevel' }))),
    audiences: maybe(many(choice('audiences', { facet: 'audience' }))),
    countries: maybe(many(choice('countries', { facet: 'country' }))),
    createdOn: maybe(date({ property: 'dateCreated', facet: 'year' })),
    areas: maybe(many(choice('areas', { facet: 'area' }))),
  },
})

/** One statement of a framework (CASE 1.0 CFItem, SKOS concept). */
export const competency = kind({
  name: 'competency',
  prominence: 0.75,
  plural: 'competencies',
  area: 'quality',
  schemaType: 'DefinedTerm',
  line: ['code', 'framework', 'levels'],
  body: {
    code: maybe(line({ weight: 'heading', max: 200, property: 'termCode' })),
    uri: identifier({ property: 'identifier' }),
    note: maybe(text()),
    itemType: maybe(line({ max: 100 })),
    framework: link('framework', ['framework'], { weight: 'text', property: 'inDefinedTermSet' }),
    parent: maybe(link('parent', ['competency'])),
    related: maybe(many(link('related', ['competency']))),
    position: maybe(number({ minimum: 0 })),
    gradesAtSource: maybe(line({ max: 200 })),
    levels: maybe(many(choice('levels', { facet: 'level', property: 'educationalLevel' }))),
    subjects: maybe(many(choice('subjects', { facet: 'subject' }))),
    matches: maybe(many(identifier({ property: 'sameAs' }))),
    areas: maybe(many(choice('areas', { facet: 'area' }))),
  },
})
