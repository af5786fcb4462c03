import { kind } from '#records/kind.ts'
import { choice, date, group, inOrder, link, many, maybe, money, text, url } from '#records/fields.ts'

/** What somebody promised: to whom, against which problem, in which steps, by when and with what money. */
export const commitment = kind({
  name: 'commitment',
  plural: 'commitments',
  prominence: 0.9,
  area: 'accountability',
  schemaType: 'PlanAction',
  citationType: 'report',
  isPublishedHere: true,
  describedAt: 110,
  onMapAt: 40,
  line: ['countries', 'stakeholder', 'promisedOn'],
  columns: ['countries', 'stakeholder', 'promisedBy', 'areas', 'promisedOn', 'endsOn', 'amount'],
  totals: ['amount'],
  snapshot: ['stakeholder', 'actions', 'promisedOn'],
  needsOneOf: ['countries', 'promisedBy'],
  steps: [
    {
      name: 'identity',
      isSnapshot: true,
      fields: ['title', 'stakeholder', 'countries', 'promisedBy', 'promisedTo', 'problem', 'actions', 'promisedOn'],
    },
    { name: 'milestones', fields: ['milestones', 'endsOn', 'indicator', 'measuredBy', 'amount'] },
    {
      name: 'sources',
      fields: ['areas', 'oerActions', 'follows', 'practices', 'fundedBy', 'document', 'documentDate', 'basis'],
    },
  ],
  body: {
    stakeholder: maybe(choice('organisation-types', { facet: 'organisationType' })),
    countries: maybe(many(choice('countries', { facet: 'country', property: 'spatialCoverage' }))),
    promisedBy: maybe(many(link('promisedBy', ['organisation'], { property: 'agent' }))),
    promisedTo: maybe(text({ max: 1_000 })),
    problem: maybe(text()),
    actions: maybe(text({ weight: 'heading', property: 'description' })),
    milestones: maybe(
      inOrder(group({ what: text({ max: 1_000, shownApart: true }), dueOn: date({ shownApart: true }) }), 50),
    ),
    promisedOn: maybe(date({ facet: 'year', property: 'startTime', endsIn: 'endsOn' })),
    endsOn: maybe(date({ property: 'endTime' })),
    indicator: maybe(text({ max: 2_000 })),
    measuredBy: maybe(many(link('measuredBy', ['indicator']))),
    amount: maybe(money()),
    fundedBy: maybe(many(link('fundedBy', ['funding']))),
    practices: maybe(many(link('carriedOutBy', ['practice']))),
    areas: maybe(many(choice('areas', { facet: 'area' }))),
    oerActions: maybe(many(choice('oer-action-areas'))),
    follows: maybe(many(link('followsDeclaration', ['declaration-recommendation']))),
    document: maybe(url({ property: 'url' })),
    documentDate: maybe(date()),
    basis: maybe(choice('commitment-bases')),
  },
})
