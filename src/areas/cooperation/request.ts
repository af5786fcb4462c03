import { kind } from '#records/kind.ts'
import { link, many, maybe } from '#records/fields.ts'
import { stepsOfSupport, supportFields, supportLine } from './support-fields.ts'

/** Support that a country or an organisation looks for. */
export const request = kind({
  name: 'request',
  plural: 'requests',
  prominence: 0.8,
  area: 'cooperation',
  schemaType: 'Demand',
  citationType: 'document',
  isPublishedHere: true,
  describedAt: 121,
  line: supportLine,
  columns: ['supportTypes', 'requestedBy', 'countries', 'workingLanguages', 'areas', 'levels', 'opensOn', 'closesOn'],
  snapshot: ['supportTypes', 'description'],
  steps: stepsOfSupport('requestedBy'),
  body: {
    ...supportFields,
    requestedBy: maybe(many(link('requestsSupport', ['organisation'], { property: 'seller' }))),
  },
})
