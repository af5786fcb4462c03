import { kind } from '../kind.ts'
import { choice, identifier, line, link, many, maybe, text, url, words } from '../fields.ts'

/** A controlled vocabulary: a thesaurus, a classification, a code list. */
export const vocabulary = kind({
  name: 'vocabulary',
  prominence: 0.5,
  plural: 'vocabularies',
  area: 'clearing-house',
  schemaType: 'DefinedTermSet',
  citationType: 'dataset',
  isFromSourcesAlone: true,
  translatedBy: 'curators',
  line: ['publisher', 'licence'],
  body: {
    description: maybe(text({ property: 'description' })),
    uri: identifier({ property: 'identifier' }),
    publisher: maybe(line({ weight: 'text', property: 'publisher', max: 300 })),
    version: maybe(line({ max: 100, property: 'version' })),
    licence: maybe(choice('licences', { facet: 'licence', property: 'license' })),
    url: maybe(url({ property: 'url' })),
  },
})

/** A term of a vocabulary, with its labels in many languages (SKOS). */
export const concept = kind({
  name: 'concept',
  prominence: 0.3,
  plural: 'concepts',
  area: 'clearing-house',
  schemaType: 'DefinedTerm',
  isFromSourcesAlone: true,
  translatedBy: 'curators',
  line: ['vocabulary', 'notation'],
  body: {
    otherLabels: maybe(words({ weight: 'title', property: 'alternateName' })),
    definition: maybe(text({ property: 'description' })),
    note: maybe(text()),
    notation: maybe(line({ weight: 'heading', max: 100, property: 'termCode' })),
    uri: identifier({ property: 'identifier' }),
    vocabulary: link('vocabulary', ['vocabulary'], { property: 'inDefinedTermSet' }),
    broader: maybe(many(link('broader', ['concept']))),
    related: maybe(many(link('related', ['concept']))),
    matches: maybe(many(identifier({ property: 'sameAs' }))),
    permits: maybe(many(choice('licence-terms'))),
    requires: maybe(many(choice('licence-terms'))),
    prohibits: maybe(many(choice('licence-terms'))),
  },
})
