import { kind } from '#records/kind.ts'
import { link, many, maybe } from '#records/fields.ts'
import { stepsOfSupport, supportFields, supportLine } from './support-fields.ts'

/** Support that a partner can give: expertise, training, content, equipment and so on, to whom and until when. */
export const offer = kind({
  name: 'offer',
  plural: 'offers',
  prominence: 0.8,
  area: 'cooperation',
  schemaType: 'Offer',
  citationType: 'document',
  isPublishedHere: true,
  describedAt: 120,
  line: supportLine,
  columns: ['supportTypes', 'offeredBy', 'countries', 'workingLanguages', 'areas', 'levels', 'opensOn', 'closesOn'],
  snapshot: ['supportTypes', 'description'],
  steps: stepsOfSupport('offeredBy'),
  body: {
    ...supportFields,
    offeredBy: maybe(many(link('offersSupport', ['organisation'], { property: 'offeredBy' }))),
  },
})
