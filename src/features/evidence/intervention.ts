import { kind } from '#records/kind.ts'
import { choice, flag, line, link, many, maybe, text, url } from '#records/fields.ts'

/** A programme, product or policy that studies examine. */
export const intervention = kind({
  name: 'intervention',
  plural: 'interventions',
  prominence: 0.9,
  isProperName: true,
  area: 'clearing-house',
  schemaType: 'Thing',
  describedAt: 140,
  line: ['types', 'technologies'],
  columns: [
    'types',
    'technologies',
    'levels',
    { name: 'effectSize', rel: 'intervention', by: 'evidence', field: 'effectSize' },
  ],
  body: {
    description: maybe(text({ property: 'description' })),
    product: maybe(line({ weight: 'heading', max: 500 })),
    types: maybe(many(choice('intervention-types', { facet: 'type' }))),
    technologies: maybe(many(choice('technologies', { facet: 'technology' }))),
    approaches: maybe(many(link('approach', ['approach']))),
    usesComputer: maybe(flag()),
    levels: maybe(many(choice('levels', { facet: 'level' }))),
    areas: maybe(many(choice('areas', { facet: 'area' }))),
    url: maybe(url({ property: 'url' })),
  },
})
