import { kind } from '#records/kind.ts'
import {
  choice,
  date,
  group,
  identifier,
  language,
  line,
  link,
  many,
  maybe,
  text,
  url,
  words,
} from '#records/fields.ts'

/** An open educational resource: a story, simulation, book, lesson. Field names follow LRMI and the AMB profile. */
export const resource = kind({
  name: 'resource',
  plural: 'resources',
  area: 'open',
  schemaType: 'LearningResource',
  isWork: true,
  citationType: 'webpage',
  citationTypeOf: {
    story: 'book',
    book: 'book',
    simulation: 'software',
    video: 'motion_picture',
    exercise: 'document',
  },
  amb: {
    typeOf: {
      story: 'text',
      book: 'text',
      simulation: 'simulation',
      course: 'course',
      tutorial: 'web_page',
      video: 'video',
      reference: 'index',
      exercise: 'drill_and_practice',
    },
  },
  describedAt: 80,
  line: ['type', 'languages', 'licence', 'subjects'],
  body: {
    description: maybe(text({ weight: 'heading', property: 'description' })),
    type: choice('resource-types', { facet: 'type', property: 'learningResourceType' }),
    url: maybe(url({ property: 'url' })),
    creators: maybe(
      many(group({ name: line({ weight: 'text', max: 500, tellsWho: true }), role: choice('creator-roles') })),
    ),
    publisher: maybe(line({ weight: 'text', searchedUntil: ',', max: 500, property: 'publisher', tellsWho: true })),
    languages: many(language({ facet: 'language', property: 'inLanguage' })),
    levels: maybe(many(choice('levels', { facet: 'level', property: 'educationalLevel' }))),
    audiences: maybe(many(choice('audiences', { facet: 'audience', property: 'audience' }))),
    subjects: maybe(many(choice('subjects', { facet: 'subject', property: 'about' }))),
    keywords: maybe(words({ property: 'keywords' })),
    licence: maybe(choice('licences', { facet: 'licence', property: 'license' })),
    licenceAtSource: maybe(line({ max: 500 })),
    access: maybe(choice('access-conditions', { facet: 'access', property: 'conditionsOfAccess' })),
    accessibility: maybe(many(choice('accessibility', { facet: 'accessibility', property: 'accessibilityFeature' }))),
    formats: maybe(many(line({ max: 100, property: 'encodingFormat' }))),
    publishedOn: maybe(date({ facet: 'year', property: 'datePublished' })),
    modifiedOn: maybe(date({ property: 'dateModified' })),
    identifiers: maybe(many(identifier({ property: 'identifier' }))),
    /** The work that this is one language or edition of; records of one work find each other by it. */
    work: maybe(link('work', [])),
    basedOn: maybe(link('basedOn', ['resource'], { property: 'isBasedOn' })),
    /** The whole text, where the licence lets the node carry it. */
    fullText: maybe(text({ max: 200_000, shownApart: true })),
    areas: maybe(many(choice('areas', { facet: 'area' }))),
  },
})
