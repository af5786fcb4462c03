import { kind } from '#records/kind.ts'
import { attachments, choice, link, many, maybe, text, words } from '#records/fields.ts'

/** A part that many practices can be put together from: what it is for, how it is done, what it needs. */
export const buildingBlock = kind({
  name: 'building-block',
  plural: 'building-blocks',
  area: 'clearing-house',
  schemaType: 'HowTo',
  describedAt: 40,
  line: ['functions', 'technologies', 'levels'],
  snapshot: ['purpose', 'procedure'],
  body: {
    purpose: maybe(text({ weight: 'heading', property: 'abstract', max: 2_000 })),
    procedure: maybe(text({ property: 'description' })),
    enablingFactors: maybe(text()),
    lessons: maybe(text()),
    functions: maybe(many(choice('functions', { facet: 'function' }))),
    areas: maybe(many(choice('areas', { facet: 'area' }))),
    levels: maybe(many(choice('levels', { facet: 'level', property: 'educationalLevel' }))),
    technologies: maybe(many(choice('technologies', { facet: 'technology' }))),
    solutions: maybe(many(link('uses', ['solution']))),
    resources: maybe(many(link('uses', ['resource', 'platform', 'course']))),
    keywords: maybe(words({ property: 'keywords' })),
    attachments: maybe(attachments()),
  },
})
