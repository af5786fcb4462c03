import { kind } from '#records/kind.ts'
import { choice, date, line, link, many, maybe, text, url } from '#records/fields.ts'

/** What those who made a commitment say of it themselves: dated, and signed by who speaks for them. */
export const commitmentReport = kind({
  name: 'commitment-report',
  plural: 'commitment-reports',
  prominence: 0.5,
  area: 'accountability',
  schemaType: 'Report',
  citationType: 'report',
  describedAt: 112,
  isUnreviewed: true,
  translatedBy: 'authors',
  keepsLinks: true,
  toldWhereItLeads: ['reportsOn'],
  line: ['completion', 'saidOn'],
  steps: [
    {
      name: 'identity',
      isSnapshot: true,
      fields: ['title', 'reportsOn', 'saidOn', 'signedBy', 'completion', 'summary', 'documents'],
    },
  ],
  body: {
    reportsOn: link('reportsOn', ['commitment'], { property: 'about' }),
    saidOn: date({ facet: 'year', property: 'datePublished' }),
    /** Name and office, as it is published. */
    signedBy: line({ max: 300, weight: 'text', tellsWho: true }),
    completion: choice('completions'),
    summary: text({ weight: 'heading', max: 10_000, property: 'abstract' }),
    documents: maybe(many(url())),
  },
})
